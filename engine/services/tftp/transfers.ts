/**
 * The transfers of a service, each given to who carries it best: the thread, where it has sockets of the C library (measured: it is faster
 * for small files as well, and leaves this thread to requests), else only bulk; what is streamed from disk is carried here.
 */
import type { Socket } from 'node:dgram';
import type { Result } from '../../contract/problem.js';
import type { Place } from '../../network/places.js';
import { addressNumber } from '../../protocols/dhcp/ipv4.js';
import type { Terms } from '../../protocols/tftp/options.js';
import type { Content } from '../content.js';
import type { Clock } from '../service.js';
import { type Carrier, localCarrier } from './carrier.js';
import type { Ended, Hearer } from './mover.js';
import { type ThreadCarrier, threadCarrier } from './thread-carrier.js';

/** A thread for transfers. */
export type ThreadChoice = {
  readonly program: URL;
  readonly place: Place;
  /** Sockets of the C library where there are any; false: those of Node. */
  readonly native?: boolean;
};

export type TransfersOptions = {
  readonly open: (port: number) => Promise<Result<Socket>>;
  readonly clock: Clock;
  readonly thread?: ThreadChoice;
  /** Packets worth showing, with the client they belong to. */
  readonly packet?: (client: Client, direction: 'in' | 'out', localPort: number, bytes: Uint8Array) => void;
};

export type Client = { readonly address: string; readonly port: number };

export type Assignment = {
  readonly client: Client;
  readonly terms: Terms;
  /** Ours from now on. */
  readonly content: Content;
  /** The content, where it is at hand. */
  readonly bytes: Uint8Array | undefined;
  readonly onEnd: (ended: Ended) => void;
};

/** A running transfer. */
export type Handle = { end(because: 'reset' | 'error'): void };

/** From this size on a file is bulk, in bytes. */
const bulk = 256 * 1024;

type Running = { readonly assignment: Assignment; readonly carrier: Carrier };

export class Transfers implements AsyncDisposable {
  readonly #with: TransfersOptions;
  readonly #running = new Map<number, Running>();
  readonly #hearer: Hearer;
  #local: Promise<Carrier | undefined> | undefined;
  #thread: Promise<ThreadCarrier | undefined> | undefined;
  #lastId = 0;
  #closed = false;

  constructor(options: TransfersOptions) {
    this.#with = options;
    const { packet } = options;
    this.#hearer = {
      ended: (id, ended) => this.#ended(id, ended),
      ...(packet !== undefined && {
        packet: (id, direction, localPort, bytes) => {
          const running = this.#running.get(id);
          if (running) packet(running.assignment.client, direction, localPort, bytes);
        },
      }),
    };
  }

  /** Begins one; undefined where no socket can be had, and then nothing is kept of it. */
  async begin(assignment: Assignment): Promise<Handle | undefined> {
    const carrier = await this.#carrierFor(assignment.bytes);
    if (carrier === undefined || this.#closed) return undefined;
    const id = ++this.#lastId;
    this.#running.set(id, { assignment, carrier });
    const { client, terms, content, bytes } = assignment;
    const peer = { address: client.address, number: addressNumber(client.address), port: client.port };
    carrier.begin({ id, client: peer, terms, content: bytes ?? content });
    return { end: (because) => carrier.abandon(id, because) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const [id, { carrier }] of this.#running) carrier.abandon(id, 'error');
    for (const carrier of await Promise.all([this.#local, this.#thread])) await carrier?.[Symbol.asyncDispose]();
  }

  async #carrierFor(bytes: Uint8Array | undefined): Promise<Carrier | undefined> {
    const thread = bytes === undefined ? undefined : await this.#threadFor();
    if (bytes !== undefined && thread?.isGone === false && (thread.isNative || bytes.length >= bulk)) return thread;
    const { open, clock } = this.#with;
    this.#local ??= localCarrier({ open, clock, hearer: this.#hearer }).then((opened) => (opened.ok ? opened.value : undefined));
    const local = await this.#local;
    if (local === undefined) this.#local = undefined; // perhaps the next finds a socket
    return local;
  }

  /** Started with the first transfer: a bench that serves none does without its memory. */
  #threadFor(): Promise<ThreadCarrier | undefined> {
    const { thread } = this.#with;
    if (thread === undefined || this.#closed) return Promise.resolve(undefined);
    this.#thread ??= threadCarrier({ ...thread, native: thread.native ?? true, hearer: this.#hearer });
    return this.#thread;
  }

  #ended(id: number, ended: Ended): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    this.#running.delete(id);
    void running.assignment.content[Symbol.asyncDispose]();
    running.assignment.onEnd(ended);
  }
}
