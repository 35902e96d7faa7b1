/**
 * Long work as a generator that yields now and then: run at once where nobody waits, or in slices between which the event loop gets its
 * turn. A list of ten thousand rows must not hold up a phone that asks meanwhile.
 */

/** Work that yields wherever it may be interrupted, and returns its result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** How long the event loop is held at most, in milliseconds, give or take one step. */
const sliceMs = 8;

/** Does all of it now. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Does it in slices of some milliseconds, everybody else in between. */
export async function finishInSlices<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const until = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
