/**
 * The syslog service: hears what phones say over UDP (RFC 5426 section 3, RFC 3164), and answers nothing.
 *
 * Every datagram is handed on as a line for people; what the pack understands is observed as the phone's word.
 */
import type { RemoteInfo, Socket } from 'node:dgram';
import { isUnicast, type Mac, parseMac } from '../../contract/mac.js';
import type { Observe } from '../../contract/observation.js';
import type { Result } from '../../contract/problem.js';
import type { Word } from '../../phones/pack.js';
import { decode } from '../../protocols/syslog/message.js';
import type { Clock, Service, Started } from '../service.js';
import { visible } from '../visible.js';

export type SyslogOptions = {
  readonly port: number;
  /** Binds a UDP socket to the bench's place; port 0 gives one of the system's choice. */
  readonly open: (port: number) => Promise<Result<Socket>>;
  /** The pack's reading of a message text. */
  readonly readWord: (text: string) => Word | undefined;
  readonly observe: Observe;
  /** Every datagram as it came, PRI and time included, made visible; `at` is ISO 8601 UTC. Must not throw. */
  readonly onLine: (line: { readonly at: string; readonly from: string; readonly text: string }) => void;
  readonly clock: Clock;
};

/** Of a datagram; RFC 5424 section 6.1 asks for 2 KiB, phones with `Debug_Level` send more. */
const mostBytes = 8 * 1024;
const mostWord = 512;

/** Asked of the system for bursts (200 phones that start together); it gives what it may. */
const receiveBuffer = 4 * 1024 * 1024;

/** Hears syslog until disposed; refused when the port cannot be had. */
export async function startSyslog(options: SyslogOptions): Promise<Started> {
  const opened = await options.open(options.port);
  if (!opened.ok) return opened;
  const socket = opened.value;
  socket.on('message', (datagram, from) => hear(datagram, from, options));
  socket.on('error', () => {}); // concerns one datagram; the next may fare better
  try {
    socket.setRecvBufferSize(receiveBuffer);
  } catch {
    // the buffer the system gives by itself will have to do
  }
  return { ok: true, value: new SyslogService(socket) };
}

class SyslogService implements Service {
  readonly port: number;
  readonly #socket: Socket;
  #closed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.close(() => resolve());
    await promise;
  }
}

function hear(datagram: Uint8Array, from: RemoteInfo, { readWord, observe, onLine, clock }: SyslogOptions): void {
  const bytes = datagram.subarray(0, mostBytes);
  const at = clock.now().toISOString();
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/[\0\r\n]+$/, '');
  onLine({ at, from: from.address, text: visible(raw, mostBytes) });
  const word = readWord(visible(decode(bytes).text, mostBytes));
  if (word === undefined) return;
  const { step, outcome, path, purpose, error } = word;
  const mac = word.mac ?? macIn(raw);
  observe({
    at,
    sender: { address: from.address, ...(mac !== undefined && { claims: [{ source: 'syslogText', mac }] }) },
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

/** The first MAC a text holds, in the spellings of fact sheet section 5. */
function macIn(text: string): Mac | undefined {
  const found = /(?<![0-9a-f:-])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{12})(?![0-9a-f:-])/i.exec(text);
  const mac = found ? parseMac(found[0]) : undefined;
  return mac !== undefined && isUnicast(mac) ? mac : undefined;
}
