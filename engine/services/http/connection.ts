/**
 * One TCP connection of a phone, and the judgement of what was offered on it: delivered once the phone, after the last byte, closes
 * in order or asks for something else; a reset or silence leaves it an offer. Why, and what this cannot know: docs/adr/0010.
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
  /** For the first head to arrive whole. */
  head: 10_000,
  /** For an answer to be found, and for each piece of it, or of a report, to be taken. */
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
  /** When the running timer fires, and what it is to do once its own time has come. */
  #timer = Infinity;
  #due: { at: number; ms: number; action: () => void } = { at: Infinity, ms: 0, action: () => {} };
  #failed: 'reset' | 'timeout' | 'error' | undefined;
  #phoneEnded = false;
  #closing = false;
  #gone = false;
  #requests = 0;

  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    socket.on('end', () => this.#hearEnd());
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(reasonOf(error.code)));
    socket.on('close', () => this.#hearClose());
    this.#await(limits.head, this.#closeInOrder);
  }

  /** True while a response is being made or sent. */
  get busy(): boolean {
    return this.#requests > 0;
  }

  /** Files that are being sent. */
  get sending(): number {
    return this.#offers.values().reduce((count, { written }) => count + (written ? 0 : 1), 0);
  }

  /** True when the phone has closed its sending half. */
  get phoneEnded(): boolean {
    return this.#phoneEnded;
  }

  /** True when nothing that arrives is to be answered any more. */
  get isOver(): boolean {
    return this.#closing || this.#failed !== undefined;
  }

  /** True when nothing that is written gets out any more. */
  get isGone(): boolean {
    return this.#gone || this.#failed !== undefined;
  }

  /** A request has come; undefined when it must not be answered, for the connection is at its end. */
  begin(): Exchange | undefined {
    if (this.isOver) return undefined;
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
    if (!this.isOver) this.#await(limits.quiet, this.#tooQuiet);
  }

  /** The response is out, as far as the system's buffers; `last`: none may follow it. */
  finish({ offer }: Exchange, last: boolean): void {
    this.#requests--;
    if (offer && !this.#failed && this.#socket.errored === null) offer.written = true;
    if (last || (this.#phoneEnded && !this.busy)) this.close();
    else if (!this.busy && !this.isOver) this.#await(limits.kept, this.#closeInOrder);
  }

  /** Closes in order: our FIN, and then up to `limits.closing` for the phone's. */
  close(): void {
    if (this.isOver) return;
    this.#closing = true;
    this.#socket.end();
    this.#await(limits.closing, this.#tooQuiet);
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

  readonly #closeInOrder = (): void => this.close();
  readonly #tooQuiet = (): void => this.abort('timeout');

  #hearEnd(): void {
    this.#phoneEnded = true;
    this.#judgeWritten();
    if (!this.busy) this.close();
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

  /** A timer that fires too early goes on waiting: a busy connection moves its time with each request, and timers cost. */
  #await(ms: number, action: () => void): void {
    const at = this.#clock.now().getTime() + ms;
    this.#due = { at, ms, action };
    if (at < this.#timer) this.#arm(at, ms);
  }

  #arm(at: number, ms: number): void {
    this.#cancelTimer();
    this.#timer = at;
    this.#cancelTimer = this.#clock.after(ms, () => this.#look());
  }

  #look(): void {
    const left = this.#due.at - this.#clock.now().getTime();
    this.#timer = Infinity;
    if (left <= 0) this.#due.action();
    else this.#arm(this.#due.at, Math.min(left, this.#due.ms)); // a clock that was set back must not make it wait for hours
  }
}

function reasonOf(code: string | undefined): 'reset' | 'timeout' | 'error' {
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  return code === 'ETIMEDOUT' ? 'timeout' : 'error';
}
