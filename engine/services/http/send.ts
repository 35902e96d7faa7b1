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
  const write = (bytes: Uint8Array) =>
    response.write(bytes, (error) => {
      if (error) return;
      onBytes(bytes.length);
      connection.progress();
    });
  let last: Uint8Array = new Uint8Array();
  for (let from = 0; from < content.size; from += piece) {
    const to = Math.min(content.size, from + piece);
    const bytes = await content.read(from, to);
    if (bytes === undefined) return connection.abort('error'); // shorter than was promised: the phone must not take it for whole
    if (to === content.size) last = bytes;
    else if (!write(bytes)) await untilDrained(response, connection);
    if (response.destroyed) return;
  }
  await connection.untilHeard();
  if (connection.phoneEnded && last.length > 0) {
    write(last.subarray(0, -1));
    last = last.subarray(-1);
    await connection.untilSettled();
  }
  response.once('finish', () => onBytes(last.length));
  response.end(last);
}

async function untilDrained(response: ServerResponse, connection: Connection): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once('drain', resolve);
  const forget = connection.onGone(resolve);
  await promise;
  response.off('drain', resolve);
  forget();
}
