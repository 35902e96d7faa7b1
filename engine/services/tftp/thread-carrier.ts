/** Carries in a thread of its own (thread.ts); what breaks there breaks the transfers of that thread, and nothing else. */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Place } from '../../network/places.js';
import type { Carrier } from './carrier.js';
import type { Ended, Hearer } from './mover.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

export type ThreadOptions = {
  /** The built program of the thread. */
  readonly program: URL;
  readonly place: Place;
  /** Sockets of the C library where there are any, else those of Node. */
  readonly native: boolean;
  readonly hearer: Hearer;
};

export interface ThreadCarrier extends Carrier {
  /** It has sockets of the C library: it is the faster one for whatever is at hand. */
  readonly isNative: boolean;
  /** It has ended of itself, and takes nothing more. */
  readonly isGone: boolean;
}

/** Starts the thread; undefined where it can't be had. */
export async function threadCarrier({ program, place, native, hearer }: ThreadOptions): Promise<ThreadCarrier | undefined> {
  const waiting = new SharedArrayBuffer(4);
  const data: ThreadData = { place, native, tapped: hearer.packet !== undefined, waiting };
  try {
    const carrier = new Thread(new Worker(program, { workerData: data }), new Int32Array(waiting), hearer);
    return (await carrier.ready) ? carrier : undefined;
  } catch {
    return undefined;
  }
}

class Thread implements ThreadCarrier {
  readonly ready: Promise<boolean>;
  readonly #worker: Worker;
  readonly #waiting: Int32Array;
  readonly #hearer: Hearer;
  readonly #running = new Set<number>();
  #outbox: ToThread[number][] = [];
  #bell = -1;
  #gone = false;
  readonly #exit: Promise<void>;

  constructor(worker: Worker, waiting: Int32Array, hearer: Hearer) {
    this.#worker = worker;
    this.#waiting = waiting;
    this.#hearer = hearer;
    worker.unref();
    const ready = Promise.withResolvers<boolean>();
    const exit = Promise.withResolvers<void>();
    this.ready = ready.promise;
    this.#exit = exit.promise;
    worker.on('message', (said: readonly FromThread[]) => {
      for (const each of said) {
        if (each.kind === 'ready') this.#bell = each.bell;
        if (each.kind === 'ready' || each.kind === 'failed') ready.resolve(each.kind === 'ready');
        else this.#hear(each);
      }
    });
    worker.on('error', () => {}); // `exit` follows
    worker.on('exit', () => {
      this.#gone = true;
      ready.resolve(false);
      exit.resolve();
      for (const id of this.#running) hearer.ended(id, broken);
      this.#running.clear();
    });
  }

  get isNative(): boolean {
    return this.#bell >= 0;
  }

  get isGone(): boolean {
    return this.#gone;
  }

  begin(order: Parameters<Carrier['begin']>[0]): void {
    const { content } = order;
    if (!(content instanceof Uint8Array)) throw new TypeError('a thread is given what is at hand');
    this.#running.add(order.id);
    this.#say({ kind: 'begin', order: { ...order, content: shared(content) } });
  }

  abandon(id: number, because: 'reset' | 'error'): void {
    this.#say({ kind: 'abandon', id, because });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#gone) {
      this.#worker.ref();
      this.#say({ kind: 'stop' });
      this.#post();
    }
    await this.#exit;
  }

  #hear(said: Extract<FromThread, { kind: 'ended' | 'packet' }>): void {
    if (said.kind === 'packet') return this.#hearer.packet?.(said.id, said.direction, said.localPort, said.bytes);
    if (this.#running.delete(said.id)) this.#hearer.ended(said.id, said.ended);
  }

  /** All that is said in one turn of the event loop goes as one message. */
  #say(message: ToThread[number]): void {
    this.#outbox.push(message);
    if (this.#outbox.length === 1) setImmediate(() => this.#post());
  }

  #post(): void {
    if (this.#gone || this.#outbox.length === 0) return;
    const messages: ToThread = this.#outbox;
    this.#outbox = [];
    this.#worker.postMessage(messages);
    if (this.#bell >= 0 && Atomics.load(this.#waiting, 0) === 1) writeSync(this.#bell, oneRing);
  }
}

const oneRing = new Uint8Array(BigUint64Array.of(1n).buffer);
const broken: Ended = { because: 'error', bytes: 0, blocks: 0, retransmits: 0, seconds: 0 };

/** The bytes in memory that threads share: as they are, or copied where they are not yet (a profile, some kilobytes). */
function shared(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
