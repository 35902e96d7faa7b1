/**
 * Gives memory back to the system that only the start took: reading programs, lists and the journal makes V8's heap grow by some ten
 * megabytes, and an idle program keeps them. A bench idles for hours beside everything else on a laptop.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Stops everything for some tens of milliseconds: before the first phone, not later. */
export function giveBack(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  // `last-resort` is how V8 names the collection that returns what it can (src/extensions/gc-extension.cc).
  if (typeof collect === 'function') Reflect.apply(collect, undefined, [{ type: 'major', execution: 'sync', flavor: 'last-resort' }]);
}
