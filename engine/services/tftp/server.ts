/**
 * The TFTP service: RFC 1350 with options (RFC 2347 to 2349, windows by RFC 7440), for reading only.
 *
 * Requests come to the service's port; transfers have ports of their own. What cannot be served is said at once, from the port that was
 * asked: a phone then tries its next name without waiting.
 */
import type { RemoteInfo, Socket } from 'node:dgram';
import type { Claim, Fact, Observe, Purpose } from '../../contract/observation.js';
import type { Result } from '../../contract/problem.js';
import { askReceiveBuffer } from '../../network/sockets.js';
import { negotiate } from '../../protocols/tftp/options.js';
import { decode, encode, errorCode, type Packet } from '../../protocols/tftp/packet.js';
import type { FileMemory } from '../file-memory.js';
import type { FileAnswer, FileSource } from '../files.js';
import type { Clock, Service, Started } from '../service.js';
import type { WireTap } from '../tap.js';
import { visible } from '../visible.js';
import { type Mode, openInMode, readMode } from './mode.js';
import type { Ended } from './mover.js';
import { type Client, type Handle, type ThreadChoice, Transfers } from './transfers.js';
import { WaitingRoom } from './waiting-room.js';

export type TftpOptions = {
  readonly port: number;
  /** Binds a UDP socket to the bench's place; port 0 gives one of the system's choice. */
  readonly open: (port: number) => Promise<Result<Socket>>;
  readonly files: FileSource;
  readonly observe: Observe;
  readonly clock: Clock;
  /** Where files are held; without it they are streamed. */
  readonly memory?: FileMemory;
  /** A thread that carries transfers, so that they keep nobody waiting; without it all is done here. */
  readonly thread?: ThreadChoice;
  /** Transfers at a time, where a person set it: requests beyond them wait for their turn. */
  readonly mostTransfers?: number;
  /** MACs the request itself names. */
  readonly claims?: (asked: { readonly path: string }) => readonly Claim[];
  readonly tap?: WireTap;
};

export type TransferLoad = { readonly transfers: number; readonly waiting: number; readonly queue: readonly string[] };

export interface TftpService extends Service {
  /** Transfers under way, requests that wait for their turn, and who is next, in order (addresses, some of them). */
  readonly load: TransferLoad;
}

type ReadRequest = Extract<Packet, { kind: 'read' | 'write' }>;
type Asked = { readonly request: ReadRequest; readonly mode: Mode; readonly from: Client };
type Job = { readonly file: string; wanted: boolean; handle?: Handle };
type About = { readonly transport: 'tftp'; readonly path: string; readonly purpose: Purpose };

const mostPath = 512;
/** Of those that wait, so many are named. */
const mostShown = 50;

/** Serves files over TFTP until disposed; refused when the port cannot be had. */
export async function startTftp(options: TftpOptions): Promise<Started<TftpService>> {
  const opened = await options.open(options.port);
  if (opened.ok) askReceiveBuffer(opened.value); // a thousand requests in the same second wait there
  return opened.ok ? { ok: true, value: new Tftp(opened.value, options) } : opened;
}

class Tftp implements TftpService {
  readonly port: number;
  readonly #socket: Socket;
  readonly #address: string;
  readonly #with: TftpOptions;
  readonly #transfers: Transfers;
  readonly #room: WaitingRoom<Asked>;
  /** What is under way, by the client's address and port. */
  readonly #jobs = new Map<string, Job>();
  #closed = false;

  constructor(socket: Socket, options: TftpOptions) {
    this.#socket = socket;
    this.#with = options;
    const { address, port } = socket.address();
    [this.#address, this.port] = [address, port];
    const { open, clock, thread, tap } = options;
    this.#room = new WaitingRoom(options.mostTransfers);
    this.#transfers = new Transfers({
      open,
      clock,
      ...(thread && { thread }),
      ...(tap && { packet: (client, direction, localPort, bytes) => this.#show(client, direction, localPort, bytes) }),
    });
    socket.on('message', (datagram, from) => this.#receive(datagram, from));
    socket.on('error', () => {}); // concerns one datagram; the next may fare better
  }

  get load(): TftpService['load'] {
    return { transfers: this.#room.inside, waiting: this.#room.waiting, queue: this.#room.queue(mostShown) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const job of this.#jobs.values()) job.wanted = false;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.close(() => resolve());
    await Promise.all([promise, this.#transfers[Symbol.asyncDispose]()]);
  }

  #receive(datagram: Uint8Array, from: RemoteInfo): void {
    if (this.#closed || from.port === 0) return; // nothing can be sent to port 0
    const decoded = decode(datagram);
    // Only what meant to be a request: anything else here is a stray, and answering strays makes loops.
    const request = datagram[0] === 0 && (datagram[1] === 1 || datagram[1] === 2);
    if (request) this.#show(from, 'in', this.port, datagram);
    if (!decoded.ok) {
      if (request) this.#refuse(from, errorCode.illegal, 'malformed request');
      return;
    }
    const { packet } = decoded;
    if (packet.kind === 'read') this.#accept(packet, from);
    if (packet.kind === 'write') {
      this.#refuse(from, errorCode.accessViolation, 'read only');
      this.#observe(from, packet.file, { kind: 'fileRefused', transport: 'tftp', path: visible(packet.file, mostPath), because: 'write' });
    }
  }

  #accept(request: ReadRequest, { address, port }: RemoteInfo): void {
    const key = `${address}:${port}`;
    const running = this.#jobs.get(key);
    if (running?.file === request.file) return; // its OACK or DATA 1 was lost, or this is a copy: the time that is over takes care of it
    const from = { address, port };
    const mode = readMode(request.mode);
    if (mode === undefined) return this.#refuse(from, errorCode.illegal, 'mode must be octet or netascii');
    const asked = { request, mode, from };
    if (running) {
      // A client with a fixed port has gone on to another file, and keeps its place.
      running.wanted = false;
      running.handle?.end('reset');
      this.#room.leave(key);
    }
    if (this.#room.enter({ key, address, request: asked }, this.#now()) === 'in') this.#begin(key, asked);
  }

  #begin(key: string, asked: Asked): void {
    const job: Job = { file: asked.request.file, wanted: true };
    this.#jobs.set(key, job);
    const release = () => {
      if (this.#jobs.get(key) !== job) return;
      this.#jobs.delete(key);
      this.#room.leave(key);
      if (this.#closed) return;
      for (let next = this.#room.next(this.#now()); next; next = this.#room.next(this.#now())) this.#begin(next.key, next.request);
    };
    this.#start(asked, job, release).catch(release); // something of ours broke: the client asks again
  }

  async #start({ request, mode, from }: Asked, job: Job, release: () => void): Promise<void> {
    const { files, memory } = this.#with;
    const path = visible(request.file, mostPath);
    const file =
      request.file.length > mostPath
        ? ({ kind: 'missing' } as const)
        : await files.find({ transport: 'tftp', path: request.file, from: from.address });
    if (!job.wanted) return release();
    if (file.kind === 'missing' || file.kind === 'refused') {
      release();
      return this.#deny(file, from, path);
    }
    const about = { transport: 'tftp', path, purpose: file.purpose } as const;
    this.#observe(from, path, { kind: 'fileAsked', ...about });
    const opened = await openInMode(file, mode, memory);
    if (typeof opened === 'string') {
      release();
      this.#refuse(from, errorCode.undefined, unopened[opened]);
      return this.#observe(from, path, { kind: 'fileBroken', ...about, bytes: 0, because: 'error' });
    }
    const onEnd = (ended: Ended): void => {
      release();
      this.#observe(from, path, endedFact(ended, about));
    };
    const { content, bytes } = opened;
    const terms = negotiate(request.options, content.size);
    const handle = job.wanted ? await this.#transfers.begin({ client: from, terms, content, bytes, onEnd }) : undefined;
    if (handle === undefined) {
      // Out of sockets: the client asks again when it has heard nothing for a while. Or it has gone on to another file.
      release();
      return content[Symbol.asyncDispose]();
    }
    job.handle = handle;
    if (!job.wanted) handle.end('reset');
  }

  #deny(answer: Extract<FileAnswer, { kind: 'missing' | 'refused' }>, from: Client, path: string): void {
    const about = { transport: 'tftp', path } as const;
    if (answer.kind === 'missing') {
      this.#refuse(from, errorCode.notFound, 'file not found');
      this.#observe(from, path, { kind: 'fileMissing', ...about });
    } else {
      this.#refuse(from, errorCode.accessViolation, 'access denied');
      this.#observe(from, path, { kind: 'fileRefused', ...about, because: answer.because });
    }
  }

  #refuse(to: Client, code: number, message: string): void {
    if (this.#closed) return;
    const bytes = encode({ kind: 'error', code, message });
    this.#show(to, 'out', this.port, bytes);
    this.#socket.send(bytes, to.port, to.address, () => {});
  }

  #observe(from: Client, path: string, fact: Fact): void {
    const { clock, observe, claims } = this.#with;
    const claimed = claims?.({ path }) ?? [];
    observe({ at: clock.now().toISOString(), sender: { address: from.address, ...(claimed.length > 0 && { claims: claimed }) }, fact });
  }

  #show({ address, port }: Client, direction: 'in' | 'out', localPort: number, payload: Uint8Array): void {
    const { tap, clock } = this.#with;
    const local = { address: this.#address, port: localPort };
    tap?.({ at: clock.now(), protocol: 'tftp', transport: 'udp', direction, local, remote: { address, port }, payload });
  }

  #now(): number {
    return this.#with.clock.now().getTime();
  }
}

const unopened = {
  unreadable: 'the file cannot be read',
  'too-large': 'too large for netascii: ask for mode octet (binary)',
} as const;

function endedFact({ because, ...numbers }: Ended, about: About): Fact {
  return because === 'delivered' ? { kind: 'fileDelivered', ...about, ...numbers } : { kind: 'fileBroken', ...about, ...numbers, because };
}
