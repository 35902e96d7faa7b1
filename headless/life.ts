/** When a command has to end: on SIGINT and SIGTERM, and when its parent dies. */

/** How often the parent is looked after, in milliseconds; half a second leaves time to close within five. */
const lookEveryMs = 500;

export type Ending = { readonly promise: Promise<'signal' | 'orphaned'> } & Disposable;

/** Resolves once the process is asked to end. Dispose to stop listening. */
export function ending(): Ending {
  const { promise, resolve } = Promise.withResolvers<'signal' | 'orphaned'>();
  const onSignal = (): void => resolve('signal');
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) resolve('orphaned');
  }, lookEveryMs);
  timer.unref();
  return {
    promise,
    [Symbol.dispose]: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      clearInterval(timer);
    },
  };
}
