/** When a command has to end: on SIGINT, SIGTERM and SIGHUP (its terminal was closed), when its parent dies, and when nobody reads its output any more. */

/** How often the parent is looked after, in milliseconds; half a second leaves time to close within five. */
const lookEveryMs = 500;

export type EndedBy = 'signal' | 'orphaned' | 'unheard';
export type Ending = { readonly promise: Promise<EndedBy> } & Disposable;

/** Resolves once the process is asked to end. Dispose to stop listening. */
export function ending(): Ending {
  const { promise, resolve } = Promise.withResolvers<EndedBy>();
  const onSignal = (): void => resolve('signal');
  const onUnheard = (): void => resolve('unheard');
  process.stdout.on('error', onUnheard);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) resolve('orphaned');
  }, lookEveryMs);
  timer.unref();
  return {
    promise,
    [Symbol.dispose]: () => {
      process.stdout.off('error', onUnheard);
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      process.off('SIGHUP', onSignal);
      clearInterval(timer);
    },
  };
}
