/** How a response goes out: always with its length, never chunked, for embedded clients read to the length or to the end. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../service.js';
import type { Connection, Exchange } from './connection.js';
import type { Representation } from './representation.js';

/** Bytes handed over at a time: from memory they are only pointed at, from disk they are what one phone keeps in memory here. */
const pieces = { memory: 256 * 1024, disk: 64 * 1024 } as const;

export type Fields = Readonly<Record<string, string | number>>;

/** Where the response to one request goes. */
export type Wire = {
  readonly socket: Socket;
  readonly connection: Connection;
  readonly exchange: Exchange;
  readonly clock: Clock;
  /** Whether the connection is kept after this response; a response may still say that it is not. */
  keep: boolean;
  /** The client is of the days when keeping a connection had to be agreed on. */
  readonly http10: boolean;
  /** Sees the head that goes out. */
  readonly onHead: ((head: string) => void) | undefined;
};

/** A short answer in words nobody but an engineer with a packet capture reads; none for HEAD, which still tells their length. */
export function sendShort(wire: Wire, status: number, fields: Fields = {}, withBody = true): void {
  const words = `${status}\n`;
  const head = headOf(wire, status, { 'Content-Type': 'text/plain', 'Content-Length': words.length, ...fields });
  wire.socket.write(withBody ? head + words : head, 'latin1', () => wire.connection.finish(wire.exchange, !wire.keep));
}

/** A head alone: of HEAD and of 304, which have no content. */
export function sendHead(wire: Wire, status: number, fields: Fields): void {
  wire.socket.write(headOf(wire, status, fields), 'latin1', () => wire.connection.finish(wire.exchange, !wire.keep));
}

/**
 * Sends the bytes `from` to `to` piece by piece as the phone takes them; resolves when all are on their way, or the connection is at
 * its end. `onBytes`: so many were handed to the system.
 */
export async function sendContent(
  wire: Wire,
  status: number,
  fields: Fields,
  part: { readonly of: Representation; readonly from: number; readonly to: number },
  onBytes: (count: number) => void,
): Promise<void> {
  const { connection, socket } = wire;
  const head = headOf(wire, status, fields);
  const step = part.of.bytes === undefined ? pieces.disk : pieces.memory;
  if (part.of.bytes !== undefined && part.to - part.from <= step) {
    await connection.untilHeard(); // before the head: then both leave in one packet
    if (connection.isGone) return;
    return sendLast(wire, head, part.of.bytes.subarray(part.from, part.to), onBytes);
  }
  socket.write(head, 'latin1');
  for (let at = part.from; ; at += step) {
    const to = Math.min(part.to, at + step);
    const bytes = await part.of.read(at, to);
    if (bytes === undefined) return connection.abort('error'); // shorter than was promised: the phone must not take it for whole
    if (connection.isGone) return;
    if (to === part.to) {
      await connection.untilHeard();
      return sendLast(wire, '', bytes, onBytes);
    }
    await handOver(wire, bytes, onBytes);
    if (connection.isGone) return;
  }
}

/** One piece; resolves once the system has taken it, or the connection is gone. */
async function handOver({ socket, connection }: Wire, bytes: Uint8Array, onBytes: (count: number) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const forget = connection.onGone(resolve);
  socket.write(bytes, (error) => {
    if (!error) {
      onBytes(bytes.length);
      connection.progress();
    }
    resolve();
  });
  await promise;
  forget();
}

/** The end of the content; its last byte is held back for a moment where the phone has closed its half (see `Connection`). */
async function sendLast(wire: Wire, head: string, whole: Uint8Array, onBytes: (count: number) => void): Promise<void> {
  const { socket, connection, exchange } = wire;
  let bytes = whole;
  let text = head;
  if (connection.phoneEnded && bytes.length > 0) {
    if (text !== '') socket.write(text, 'latin1');
    text = '';
    await handOver(wire, bytes.subarray(0, -1), onBytes);
    bytes = bytes.subarray(-1);
    await connection.untilSettled();
  }
  if (connection.isGone) return;
  const finish = (error?: Error | null): void => {
    if (!error) onBytes(bytes.length);
    connection.finish(exchange, !wire.keep);
  };
  if (text === '') socket.write(bytes, finish);
  else {
    socket.cork();
    socket.write(text, 'latin1', bytes.length === 0 ? finish : undefined);
    if (bytes.length > 0) socket.write(bytes, finish);
    socket.uncork();
  }
}

function headOf(wire: Wire, status: number, fields: Fields): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\nDate: ${dateOf(wire.clock.now())}\r\n`;
  for (const name in fields) head += `${name}: ${fields[name]}\r\n`;
  if (!wire.keep) head += 'Connection: close\r\n';
  else if (wire.http10) head += 'Connection: keep-alive\r\n';
  head += '\r\n';
  wire.onHead?.(head);
  return head;
}

let dated = { second: -1, text: '' };

/** Of this second: written once, for a thousand responses. */
function dateOf(now: Date): string {
  const second = Math.floor(now.getTime() / 1000);
  if (dated.second !== second) dated = { second, text: now.toUTCString() };
  return dated.text;
}
