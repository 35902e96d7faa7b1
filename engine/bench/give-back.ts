/**
 * Gives memory back to the system that only the start took: reading programs, lists and the journal makes V8's heap grow by some ten
 * megabytes, and an idle program keeps them. A bench idles for hours beside everything else on a laptop.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What V8 has given back, and what recipe, compiler and files took for a moment, is free and yet stays with the C library, a tenth of what an
 * idle bench holds: asked for it, that returns whole pages (malloc_trim(3), Linux with glibc). True where something was returned.
 */
export async function returnPages(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  try {
    const { default: koffi } = await import('koffi');
    const trim = koffi.load(null).func('int malloc_trim(size_t)') as (keep: number) => number;
    return trim(0) === 1;
  } catch {
    return false; // another C library, or no build of koffi for this system
  }
}

/**
 * After a collection that spares memory V8 takes the next one for due when a few megabytes more are used: in the middle of the first carton,
 * which waits for it. So much more than now, in percent, may be used before; and the space for what is new grows fourfold at a time, not
 * twofold, so that a carton meets half as many of the short collections (flags of V8, read whenever it reckons anew).
 */
const growth = { beforeNext: 600, young: 4 };

/** Stops everything for some tens of milliseconds: before the first phone, not later. */
export function giveBack(): void {
  setFlagsFromString('--expose-gc');
  setFlagsFromString(`--heap-growing-percent=${growth.beforeNext}`);
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  // `last-resort` is how V8 names the collection that returns what it can (src/extensions/gc-extension.cc).
  if (typeof collect === 'function') Reflect.apply(collect, undefined, [{ type: 'major', execution: 'sync', flavor: 'last-resort' }]);
  setFlagsFromString('--heap-growing-percent=0');
  setFlagsFromString(`--semi-space-growth-factor=${growth.young}`);
}
