/** A clock that tests move by hand: no test waits for time. */
import type { Clock } from '../../../engine/services/service.js';

export class HandClock implements Clock {
  #now = Date.parse('2026-11-22T09:00:00Z');
  readonly #timers = new Set<{ readonly at: number; readonly action: () => void }>();

  now(): Date {
    return new Date(this.#now);
  }

  after(ms: number, action: () => void): () => void {
    const timer = { at: this.#now + ms, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many timers are running. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass and runs what is due, in its order. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.action();
    }
    this.#now = until;
  }
}
