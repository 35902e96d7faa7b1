/**
 * The syslog service: hears what phones say over UDP (RFC 5426 section 3, RFC 3164) and TCP (RFC 6587), and answers nothing.
 *
 * Every message is handed on as a line for people, whether it can be read or not; what the pack understands is observed as the phone's
 * word. In the path of a datagram nothing is done that is not needed for every line: bytes become one text (a character a byte), and
 * only what looks like a word is decoded.
 */
import type { RemoteInfo, Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import { isUnicast, type Mac, parseMac } from '../../contract/mac.js';
import type { Observe } from '../../contract/observation.js';
import type { Refusal, Result } from '../../contract/problem.js';
import { askReceiveBuffer, cappedBuffer, type ReceiveBuffer } from '../../network/sockets.js';
import type { Word } from '../../phones/pack.js';
import { decode } from '../../protocols/syslog/message.js';
import type { Clock, Service, Started } from '../service.js';
import type { WireTap } from '../tap.js';
import { visible } from '../visible.js';
import { hearStreams } from './streams.js';
import { WordGate } from './word-gate.js';

/** A message as it came, PRI and time included. */
export type RawLine = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly from: string;
  readonly transport: 'udp' | 'tcp';
  /** It begins with a PRI of RFC 3164 or 5424. */
  readonly parsed: boolean;
  /** Its bytes, one character each; `lineText` makes them readable. */
  readonly latin1: string;
};

export type SyslogOptions = {
  readonly port: number;
  /** Binds a UDP socket to the bench's place; port 0 gives one of the system's choice. */
  readonly open: (port: number) => Promise<Result<Socket>>;
  /** Lets a TCP server listen on the same port number; without it, and where that port is taken, UDP alone is served. */
  readonly listen?: (server: Server, port: number) => Promise<Result<number>>;
  /** The pack's reading of a message text. */
  readonly readWord: (text: string) => Word | undefined;
  /** What every text that `readWord` understands holds; unless given, each text is read. */
  readonly wordHint?: RegExp;
  readonly observe: Observe;
  /** Every message, in the order they came. Must not throw. */
  readonly onLine: (line: RawLine) => void;
  /** What somebody should look at: a receive buffer that was capped, a TCP port that is not to be had. */
  readonly notice?: (refusal: Refusal) => void;
  readonly tap?: WireTap;
  readonly clock: Clock;
};

export interface SyslogService extends Service {
  readonly buffer: ReceiveBuffer;
}

/** Of a message; RFC 5424 section 6.1 asks for 2 KiB, phones with `Debug_Level` send more. */
const mostBytes = 8 * 1024;
const mostWord = 512;
/** PRI of RFC 5424 section 6.2.1: 0 to 191. */
const priorityForm = /^<(?:\d{1,2}|1[0-8]\d|19[01]|0\d\d)>/;
const control = /[^\x20-\x7e]/;

/** Hears syslog until disposed; refused when the UDP port cannot be had. */
export async function startSyslog(options: SyslogOptions): Promise<Started<SyslogService>> {
  const opened = await options.open(options.port);
  if (!opened.ok) return opened;
  const socket = opened.value;
  const buffer = askReceiveBuffer(socket);
  const { address: local, port } = socket.address();
  const hearing = new Hearing(options, { address: local, port });
  socket.on('message', (datagram, from) => hearing.hear(datagram, from, 'udp'));
  socket.on('error', () => {}); // concerns one datagram; the next may fare better
  const capped = cappedBuffer(buffer);
  if (capped !== undefined) options.notice?.(capped);
  const streams = await startStreams(options, port, hearing);
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    socket.close(() => resolve());
    await Promise.all([promise, streams?.[Symbol.asyncDispose]()]);
  };
  return { ok: true, value: { port, buffer, [Symbol.asyncDispose]: close } };
}

async function startStreams(
  { listen, notice, clock }: SyslogOptions,
  port: number,
  hearing: Hearing,
): Promise<AsyncDisposable | undefined> {
  if (listen === undefined) return undefined;
  const server = createServer();
  const streams = hearStreams(server, { mostBytes, clock, hear: (frame, from) => hearing.hear(frame, from, 'tcp') });
  const listening = await listen(server, port);
  if (listening.ok) return streams;
  notice?.(listening.refusal);
  return undefined;
}

class Hearing {
  readonly #options: SyslogOptions;
  readonly #local: { readonly address: string; readonly port: number };
  readonly #gate = new WordGate();

  constructor(options: SyslogOptions, local: { readonly address: string; readonly port: number }) {
    this.#options = options;
    this.#local = local;
  }

  hear(message: Buffer, from: Pick<RemoteInfo, 'address' | 'port'>, transport: 'udp' | 'tcp'): void {
    const { clock, onLine, wordHint, tap } = this.#options;
    const now = clock.now();
    let length = Math.min(message.length, mostBytes);
    while (length > 0 && isEnd(message[length - 1])) length -= 1;
    const latin1 = message.toString('latin1', 0, length);
    const at = now.getTime();
    onLine({ at, from: from.address, transport, parsed: priorityForm.test(latin1), latin1 });
    if (tap !== undefined) {
      const payload = message.length > mostBytes ? message.subarray(0, mostBytes) : message;
      const remote = { address: from.address, port: from.port };
      tap({ at: now, protocol: 'syslog', transport, direction: 'in', local: this.#local, remote, payload });
    }
    if (wordHint === undefined || wordHint.test(latin1)) this.#read(message.subarray(0, length), from.address, now);
  }

  /** What passes for a word is read, and observed unless the device says the same too often. */
  #read(bytes: Uint8Array, address: string, now: Date): void {
    const { readWord, observe } = this.#options;
    const message = decode(bytes);
    const word = readWord(visible(message.text, mostBytes));
    if (word === undefined || !this.#gate.admits(address, word, now.getTime())) return;
    const { step, outcome, path, purpose, error } = word;
    const mac = word.mac ?? macIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    observe({
      at: now.toISOString(),
      sender: { address, ...(mac !== undefined && { claims: [{ source: 'syslogText', mac }] }) },
      fact: {
        kind: 'word',
        step,
        outcome,
        ...(path !== undefined && { path: visible(path, mostWord) }),
        ...(purpose !== undefined && { purpose }),
        ...(error !== undefined && { error: visible(error, mostWord) }),
      },
    });
  }
}

/** A line as people may read it: UTF-8, control characters as their pictures. */
export function lineText({ latin1 }: Pick<RawLine, 'latin1'>): string {
  return control.test(latin1) ? visible(Buffer.from(latin1, 'latin1').toString('utf8'), mostBytes) : latin1;
}

/** NULs and line ends at the end are no part of a message. */
function isEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0;
}

/** The first MAC a text holds, in the spellings of fact sheet section 5. */
function macIn(text: string): Mac | undefined {
  const found = /(?<![0-9a-f:-])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{12})(?![0-9a-f:-])/i.exec(text);
  const mac = found ? parseMac(found[0]) : undefined;
  return mac !== undefined && isUnicast(mac) ? mac : undefined;
}
