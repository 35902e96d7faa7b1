/** Reads the body of a request, up to a limit. */
import type { IncomingMessage } from 'node:http';

/** The bytes; undefined as soon as it is clear that there are more than `limit`. Rejects when the client breaks off. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return undefined;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}
