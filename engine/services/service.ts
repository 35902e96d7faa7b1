/** What every service of the bench has in common: it is started on a place, observes, and is closed. */
import type { Result } from '../contract/problem.js';

/** Time and timers, passed in so that tests own them. */
export interface Clock {
  now(): Date;
  /** Runs `action` after `ms` milliseconds, once; the returned function cancels it. */
  after(ms: number, action: () => void): () => void;
}

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A running service. Disposing it closes its sockets and answers nothing more; it never throws. */
export interface Service extends AsyncDisposable {
  /** The port it really has (asked for 0: the one it got). */
  readonly port: number;
}

export type Started<T extends Service = Service> = Result<T>;
