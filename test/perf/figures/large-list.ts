/** What figures of large lists have in common: a list of so many rows, and how long the event loop was held meanwhile. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { csvOf, phones } from '../../process/work-orders.js';

export const manyRows = 10_000;

/** The recipe that comes with the product. */
export const office: string = readFileSync(resolve(import.meta.dirname, '../../../resources/starter/office.yaml'), 'utf8');

export function listOf(rows: number): Uint8Array {
  return Buffer.from(csvOf(phones(rows)));
}

/** Milliseconds a piece of work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The longest, in milliseconds, that nobody else got a turn while the work was done. */
export async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let [last, longest, over] = [performance.now(), 0, false];
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  turn();
  over = true;
  return longest;
}
