/**
 * One TCP connection of a phone, and the judgement of what was offered on it (design: evidence, delivery).
 *
 * A file counts as delivered when all its bytes were handed to the system and the phone then shows that it is alive and content: it closes
 * in order (its FIN), or it asks for something else on the same connection. A reset or silence leaves it an offer.
 *
 * What this can and cannot know:
 * - Closing after the last response is therefore done in halves: our FIN, then a wait for the phone's. Node would close both at once.
 * - A request counts only when it comes after the last byte; one sent ahead (pipelining) proves nothing for the files before it.
 * - A phone whose FIN comes before the bytes either closes its sending half only, as `nc` does, or has given up and gone. Who has gone
 *   answers data with a reset, but after a FIN nobody reads and a reset is noticed only by writing. So the last byte is held back for
 *   a moment (`untilSettled`): the write that follows fails where the phone is gone, and else the file counts as delivered.
 * - A phone that gives up within the last round trip cannot be told from one that closes in order. Its own word and the read-back can.
 */
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../service.js';

export type Outcome = { readonly kind: 'delivered' } | { readonly kind: 'broken'; readonly because: 'reset' | 'timeout' | 'error' };

/** A request and its response, until the response is out; with the file it carries. */
export type Exchange = { offer?: Offer };

type Offer = { /** True once all bytes were handed to the system. */ written: boolean; readonly onJudged: (outcome: Outcome) => void };

/** Milliseconds. */
export const limits = {
  /** For the first request to arrive whole, for an answer to be found, and for each piece of it to be taken. */
  quiet: 30_000,
  /** For the next request on a kept connection. Short, for a phone that keeps it open proves its delivery by closing after us. */
  kept: 5_000,
  /** For the phone's FIN after ours. */
  closing: 30_000,
  /** Between the last byte but one and the last, for a phone that closed its half before. More than a bench network's round trip. */
  settle: 250,
  /** Requests under way on one connection: pipelining has its use, not its abuse. */
  pipelined: 16,
} as const;

export class Connection {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #offers = new Set<Offer>();
  readonly #onGone = new Set<() => void>();
  #cancelTimer: () => void = () => {};
  #failed: 'reset' | 'timeout' | 'error' | undefined;
  #phoneEnded = false;
  #closing = false;
  #gone = false;
  #requests = 0;

  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    // Called by Node's HTTP server after the last response, in place of the socket's own, which would not wait for the phone's FIN.
    socket.destroySoon = () => this.close();
    socket.on('end', () => this.#hearEnd());
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(reasonOf(error.code)));
    socket.on('close', () => this.#hearClose());
    this.#await(limits.quiet, () => this.close());
  }

  /** True while a response is being made or sent. */
  get busy(): boolean {
    return this.#requests > 0;
  }

  /** True when the phone has closed its sending half. */
  get phoneEnded(): boolean {
    return this.#phoneEnded;
  }

  /** A request has come; undefined when it must not be answered, for the connection is at its end. */
  begin(): Exchange | undefined {
    if (this.#closing || this.#failed) return undefined;
    this.#judgeWritten();
    if (this.#requests >= limits.pipelined) {
      this.abort('error');
      return undefined;
    }
    this.#requests++;
    this.progress();
    return {};
  }

  /** A file is about to be sent: it will be judged once. */
  offer(exchange: Exchange, onJudged: (outcome: Outcome) => void): void {
    exchange.offer = { written: false, onJudged };
    this.#offers.add(exchange.offer);
  }

  /** The phone took a piece, or sent one: its time starts anew. */
  progress(): void {
    if (!this.#closing && !this.#failed) this.#await(limits.quiet, () => this.abort('timeout'));
  }

  /** The response is out, as far as the system's buffers. */
  finish({ offer }: Exchange): void {
    this.#requests--;
    if (offer && !this.#failed && this.#socket.errored === null) offer.written = true;
    if (this.#phoneEnded) this.close();
    else if (!this.busy && !this.#closing && !this.#failed) this.#await(limits.kept, () => this.close());
  }

  /** Closes in order: our FIN, and then up to `limits.closing` for the phone's. */
  close(): void {
    if (this.#closing || this.#failed) return;
    this.#closing = true;
    this.#socket.end();
    this.#await(limits.closing, () => this.abort('timeout'));
  }

  /** Ends it at once; what is not delivered yet is broken. */
  abort(because: 'timeout' | 'error'): void {
    this.#fail(because);
    this.#socket.destroy();
    this.#hearClose();
  }

  /** Runs `action` once when the connection is gone, now if it is; the returned function forgets it. */
  onGone(action: () => void): () => void {
    if (this.#gone) action();
    else this.#onGone.add(action);
    return () => this.#onGone.delete(action);
  }

  /** Resolves once a FIN that is already here has been heard: in the next turn of the event loop. */
  async untilHeard(): Promise<void> {
    await setImmediate();
    await setImmediate();
  }

  /** Resolves when a phone that has gone would have said so. */
  async untilSettled(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const forget = this.onGone(resolve);
    const cancel = this.#clock.after(limits.settle, resolve);
    await promise;
    cancel();
    forget();
  }

  #hearEnd(): void {
    this.#phoneEnded = true;
    this.#judgeWritten();
  }

  #hearClose(): void {
    this.#gone = true;
    this.#cancelTimer();
    if (this.#failed === undefined && this.#phoneEnded) this.#judgeWritten();
    for (const offer of this.#offers) offer.onJudged({ kind: 'broken', because: this.#failed ?? (this.#phoneEnded ? 'reset' : 'error') });
    this.#offers.clear();
    for (const action of this.#onGone) action();
    this.#onGone.clear();
  }

  #judgeWritten(): void {
    for (const offer of this.#offers) {
      if (!offer.written) continue;
      this.#offers.delete(offer);
      offer.onJudged({ kind: 'delivered' });
    }
  }

  #fail(because: 'reset' | 'timeout' | 'error'): void {
    this.#failed ??= because;
    this.#cancelTimer();
  }

  #await(ms: number, action: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ms, action);
  }
}

function reasonOf(code: string | undefined): 'reset' | 'timeout' | 'error' {
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  return code === 'ETIMEDOUT' ? 'timeout' : 'error';
}
