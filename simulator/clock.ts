/** The phones' time: a phone's own timers run `speed` times faster, what waits for the network has a floor. */

export type Clock = {
  /** Milliseconds of phone time since some moment. */
  now(): number;
  /** Waits so many milliseconds of phone time; resolves early, with false, when the signal aborts. `Infinity` waits for the signal. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<boolean>;
  /** Real milliseconds to wait for a peer where a phone would wait so many: faster too, but no machine answers in no time. */
  patience(milliseconds: number): number;
};

/** A busy laptop may take this long to answer a datagram: no wait for a peer is shorter. Real milliseconds. */
const floor = 400;

/** setTimeout takes 31 bits. */
const longestTimer = 0x7fff_ffff;

/** Phone time that runs `speed` times as fast as the wall's. */
export function phoneClock(speed: number): Clock {
  return {
    now: () => performance.now() * speed,
    sleep: (milliseconds, signal) => pause(milliseconds / speed, signal),
    patience: (milliseconds) => Math.max(milliseconds / speed, Math.min(milliseconds, floor)),
  };
}

/** Real milliseconds; true when they have passed, false when the signal aborted first. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const timer = setTimeout(() => finish(true), Math.min(Math.max(0, milliseconds), longestTimer));
    const aborted = (): void => finish(false);
    signal.addEventListener('abort', aborted, { once: true });
    function finish(passed: boolean): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
      resolve(passed);
    }
  });
}
