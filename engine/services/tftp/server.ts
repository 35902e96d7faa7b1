/**
 * The TFTP service: RFC 1350 with options (RFC 2347 to 2349), for reading only.
 *
 * Requests come to the service's port; each transfer then has a socket of its own, so that one client's trouble stays its own.
 * What cannot be served is said at once, from the port that was asked: a phone then tries its next name without waiting.
 */
import type { RemoteInfo, Socket } from 'node:dgram';
import type { Claim, Fact, Observe, Purpose } from '../../contract/observation.js';
import type { Result } from '../../contract/problem.js';
import { negotiate } from '../../protocols/tftp/options.js';
import { decode, encode, errorCode, type Packet } from '../../protocols/tftp/packet.js';
import type { FileSource } from '../files.js';
import type { Clock, Service, Started } from '../service.js';
import { visible } from '../visible.js';
import { type Mode, openInMode, readMode } from './mode.js';
import { type Ended, Session } from './session.js';

export type TftpOptions = {
  readonly port: number;
  /** Binds a UDP socket to the bench's place; port 0 gives one of the system's choice. */
  readonly open: (port: number) => Promise<Result<Socket>>;
  readonly files: FileSource;
  readonly observe: Observe;
  readonly clock: Clock;
  /** Transfers at a time; a request beyond them is left unanswered, and the client asks again. */
  readonly mostTransfers?: number;
  /** MACs the request itself names. */
  readonly claims?: (asked: { readonly path: string }) => readonly Claim[];
};

type ReadRequest = Extract<Packet, { kind: 'read' | 'write' }>;
type Client = { readonly address: string; readonly port: number };
type Job = { readonly file: string; wanted: boolean; session?: Session };

const mostPath = 512;
const mostOfOneClient = 64;
const mostTransfersUnlessSaid = 2_000;

/** Serves files over TFTP until disposed; refused when the port cannot be had. */
export async function startTftp(options: TftpOptions): Promise<Started> {
  const opened = await options.open(options.port);
  return opened.ok ? { ok: true, value: new TftpService(opened.value, options) } : opened;
}

class TftpService implements Service {
  readonly port: number;
  readonly #socket: Socket;
  readonly #with: TftpOptions;
  /** What is under way, by the client's address and port. */
  readonly #jobs = new Map<string, Job>();
  #closed = false;

  constructor(socket: Socket, options: TftpOptions) {
    this.#socket = socket;
    this.#with = options;
    this.port = socket.address().port;
    socket.on('message', (datagram, from) => this.#receive(datagram, from));
    socket.on('error', () => {}); // concerns one datagram; the next may fare better
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const job of this.#jobs.values()) abandon(job, 'error');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.close(() => resolve());
    await promise;
  }

  #receive(datagram: Uint8Array, from: RemoteInfo): void {
    if (this.#closed || from.port === 0) return; // nothing can be sent to port 0
    const decoded = decode(datagram);
    if (!decoded.ok) {
      // Only what meant to be a request: anything else here is a stray, and answering strays makes loops.
      const request = datagram[0] === 0 && (datagram[1] === 1 || datagram[1] === 2);
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

  #accept(request: ReadRequest, from: RemoteInfo): void {
    const key = `${from.address}:${from.port}`;
    const running = this.#jobs.get(key);
    if (running?.file === request.file) return; // its OACK or DATA 1 was lost, or this is a copy: the timer takes care of it
    const mode = readMode(request.mode);
    if (mode === undefined) return this.#refuse(from, errorCode.illegal, 'mode must be octet or netascii');
    if (running === undefined && this.#isFull(from.address)) return;
    if (running) abandon(running, 'reset'); // a client with a fixed port has gone on to another file
    const job: Job = { file: request.file, wanted: true };
    this.#jobs.set(key, job);
    const release = () => {
      if (this.#jobs.get(key) === job) this.#jobs.delete(key);
    };
    this.#start(request, mode, from, job, release).catch(release); // something of ours broke: the client asks again
  }

  /** One client may not take the places of all others. */
  #isFull(address: string): boolean {
    if (this.#jobs.size >= (this.#with.mostTransfers ?? mostTransfersUnlessSaid)) return true;
    if (this.#jobs.size < mostOfOneClient) return false;
    const own = `${address}:`;
    return [...this.#jobs.keys()].filter((key) => key.startsWith(own)).length >= mostOfOneClient;
  }

  async #start(request: ReadRequest, mode: Mode, from: RemoteInfo, job: Job, release: () => void): Promise<void> {
    const { files, clock, open } = this.#with;
    const path = visible(request.file, mostPath);
    const file =
      request.file.length > mostPath
        ? ({ kind: 'missing' } as const)
        : await files.find({ transport: 'tftp', path: request.file, from: from.address });
    if (!job.wanted) return release();
    if (file.kind === 'missing' || file.kind === 'refused') {
      release();
      if (file.kind === 'missing') this.#refuse(from, errorCode.notFound, 'file not found');
      else this.#refuse(from, errorCode.accessViolation, 'access denied');
      const about = { transport: 'tftp', path } as const;
      this.#observe(
        from,
        path,
        file.kind === 'missing' ? { kind: 'fileMissing', ...about } : { kind: 'fileRefused', ...about, because: file.because },
      );
      return;
    }
    const about = { transport: 'tftp', path, purpose: file.purpose } as const;
    this.#observe(from, path, { kind: 'fileAsked', ...about });
    const content = await openInMode(file, mode);
    if (content === undefined) {
      release();
      this.#refuse(from, errorCode.undefined, 'the file cannot be read');
      this.#observe(from, path, { kind: 'fileBroken', ...about, bytes: 0, because: 'error' });
      return;
    }
    const own = await open(0);
    if (!own.ok || !job.wanted) {
      // Out of sockets: the client asks again when it has heard nothing for a while. Or it has gone on to another file.
      release();
      if (own.ok) own.value.close();
      return content[Symbol.asyncDispose]();
    }
    job.session = new Session({
      socket: own.value,
      client: { address: from.address, port: from.port },
      content,
      terms: negotiate(request.options, content.size),
      clock,
      onEnd: (ended) => {
        release();
        this.#observe(from, path, endedFact(ended, about));
      },
    });
  }

  #refuse(to: Client, code: number, message: string): void {
    if (!this.#closed) this.#socket.send(encode({ kind: 'error', code, message }), to.port, to.address, () => {});
  }

  #observe(from: Client, path: string, fact: Fact): void {
    const { clock, observe, claims } = this.#with;
    const claimed = claims?.({ path }) ?? [];
    observe({ at: clock.now().toISOString(), sender: { address: from.address, ...(claimed.length > 0 && { claims: claimed }) }, fact });
  }
}

function abandon(job: Job, because: Ended['because']): void {
  job.wanted = false;
  job.session?.end(because);
}

function endedFact(ended: Ended, about: { readonly transport: 'tftp'; readonly path: string; readonly purpose: Purpose }): Fact {
  const { because, bytes } = ended;
  return because === 'delivered' ? { kind: 'fileDelivered', ...about, bytes } : { kind: 'fileBroken', ...about, bytes, because };
}
