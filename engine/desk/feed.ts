/**
 * The live feed: numbered batches of what changed, ten a second at most. The first change after a quiet time goes out at once, those
 * that follow wait for the next batch, and of a phone that changed twice only the newest row is told.
 */
import { randomBytes } from 'node:crypto';
import type { BenchState, DeviceRow, Event, Load } from '../contract/calls.js';
import type { Counts } from '../bench/board.js';
import type { Mac } from '../contract/mac.js';
import type { Clock } from '../services/service.js';

/** Shortest time between two batches, in milliseconds. */
const betweenMs = 100;

export type FeedSource = {
  row(mac: Mac): DeviceRow | undefined;
  counts(): Counts;
  bench(): BenchState | null;
  load(): Load | null;
};

export class Feed {
  /** Changes when the engine starts anew: then numbers begin again. */
  readonly epoch = randomBytes(9).toString('base64url');
  readonly #clock: Clock;
  readonly #source: FeedSource;
  readonly #send: (event: Event) => void;
  readonly #changed = new Set<Mac>();
  #benchChanged = false;
  #reset = false;
  /** As it was told last. */
  #load = 'null';
  #seq = 0;
  #last = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, source: FeedSource, send: (event: Event) => void) {
    this.#clock = clock;
    this.#source = source;
    this.#send = send;
  }

  /** Number of the newest batch. */
  get seq(): number {
    return this.#seq;
  }

  deviceChanged(mac: Mac): void {
    this.#changed.add(mac);
    this.#plan();
  }

  benchChanged(): void {
    this.#benchChanged = true;
    this.#plan();
  }

  /** The board is another one now. */
  boardChanged(): void {
    this.#changed.clear();
    this.#reset = true;
    this.benchChanged();
  }

  /** Says nothing more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = () => undefined;
  }

  #plan(): void {
    if (this.#cancel !== undefined) return;
    // A clock that was set back must not silence the feed.
    const wait = Math.min(betweenMs, Math.max(0, this.#last + betweenMs - this.#clock.now().getTime()));
    this.#cancel = this.#clock.after(wait, () => this.#flush());
  }

  #flush(): void {
    this.#cancel = undefined;
    this.#last = this.#clock.now().getTime();
    this.#seq += 1;
    // After a reset the window takes a snapshot, which has every row.
    const devices = this.#reset ? [] : [...this.#changed].map((mac) => this.#source.row(mac)).filter((row) => row !== undefined);
    const load = this.#source.load();
    const loadText = JSON.stringify(load);
    const event: Event = {
      kind: 'batch',
      epoch: this.epoch,
      seq: this.#seq,
      counts: this.#source.counts(),
      devices,
      ...(this.#benchChanged ? { bench: this.#source.bench() } : {}),
      ...(loadText === this.#load ? {} : { load }),
      ...(this.#reset ? { reset: true } : {}),
    };
    this.#load = loadText;
    this.#changed.clear();
    this.#benchChanged = false;
    this.#reset = false;
    this.#send(event);
  }
}
