/** Delays as parameters spell them: seconds as `a`, as `a,b,c` (one after the other, the last repeats), or as `base+random`. 0 means never. */
import type { Random } from './random.js';

/** The delay for the nth time (from 0), in milliseconds; Infinity for never and for what can't be read. */
export function delayOf(text: string, nth: number, random: Random): number {
  const steps = text.split(',');
  const [base, spread] = (steps[Math.min(nth, steps.length - 1)] ?? '').trim().split('+');
  const seconds = count(base);
  if (seconds === undefined || seconds === 0) return Infinity;
  return 1000 * (seconds + random.fraction() * (count(spread) ?? 0));
}

/** `Resync_Random_Delay`: units of 20 s, of which the phone waits any part. Milliseconds. */
export function randomDelay(text: string, random: Random): number {
  return (count(text) ?? 0) * 20_000 * random.fraction();
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}
