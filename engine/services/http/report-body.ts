/** The body of a report: whatever it calls itself (phones label XML as a form), up to a limit. */
import type { IncomingMessage } from 'node:http';

const most = 1024 * 1024;

/** The whole body; `too-large` as soon as it is, the rest being thrown away; `broken` when the phone goes before its end. Never rejects. */
export async function readBody(request: IncomingMessage): Promise<Uint8Array | 'too-large' | 'broken'> {
  const { promise, resolve } = Promise.withResolvers<Uint8Array | 'too-large' | 'broken'>();
  const parts: Uint8Array[] = [];
  let size = Number(request.headers['content-length'] ?? 0) > most ? Infinity : 0;
  request.on('data', (part: Uint8Array) => {
    size += part.length;
    if (size <= most) return void parts.push(part);
    parts.length = 0;
    resolve('too-large');
  });
  request.once('end', () => resolve(Buffer.concat(parts)));
  request.once('close', () => resolve('broken'));
  request.once('error', () => resolve('broken'));
  if (size > most) resolve('too-large');
  return promise;
}
