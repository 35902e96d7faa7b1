/** Phones named on the command line: MACs with commas between them, or `all`. */
import { type Mac, parseMac } from '../engine/contract/mac.js';
import type { Result } from '../engine/contract/problem.js';
import type { usage } from './arguments.js';

/** `wrong` says what is no MAC. */
export function macList(text: string, wrong: (value: string) => ReturnType<typeof usage>): Result<'all' | ReadonlySet<Mac>> {
  if (text.trim() === 'all') return { ok: true, value: 'all' };
  const macs = new Set<Mac>();
  for (const part of text.split(',')) {
    const mac = parseMac(part.trim());
    if (mac === undefined) return wrong(part.trim());
    macs.add(mac);
  }
  return { ok: true, value: macs };
}
