/** How a response goes out: always with its length, never chunked, for embedded clients read to the length or to the end. */
import type { ServerResponse } from 'node:http';
import type { Content } from '../content.js';
import type { Connection } from './connection.js';

/** Bytes handed over at a time: what one phone keeps in memory here. */
const piece = 64 * 1024;

/** A short answer in words nobody but an engineer with a packet capture reads. */
export function sendShort(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  const words = Buffer.from(`${status}\n`);
  response.writeHead(status, { 'Content-Type': 'text/plain', 'Content-Length': words.length, ...headers });
  response.end(words);
}

/** Sends content piece by piece as the phone takes it; resolves when it is all on its way, or the connection is at its end. */
export async function sendContent(
  response: ServerResponse,
  content: Content,
  connection: Connection,
  onBytes: (count: number) => void,
): Promise<void> {
  const take = (bytes: Uint8Array) => (error?: Error | null) => {
    if (error) return;
    onBytes(bytes.length);
    connection.progress();
  };
  for (let from = 0; from < content.size; from += piece) {
    const to = Math.min(content.size, from + piece);
    const bytes = await content.read(from, to);
    if (bytes === undefined) return connection.abort('error'); // shorter than was promised: the phone must not take it for whole
    if (response.destroyed) return;
    if (to === content.size && connection.phoneEnded) {
      response.write(bytes.subarray(0, -1), take(bytes.subarray(0, -1)));
      await connection.untilSettled();
      response.write(bytes.subarray(-1), take(bytes.subarray(-1)));
    } else if (!response.write(bytes, take(bytes))) await untilDrained(response, connection);
  }
  if (!response.destroyed) response.end();
}

async function untilDrained(response: ServerResponse, connection: Connection): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once('drain', resolve);
  const forget = connection.onGone(resolve);
  await promise;
  response.off('drain', resolve);
  forget();
}
