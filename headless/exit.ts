/** Exit codes of the command line (design: the command line). */
import type { Refusal } from '../engine/contract/problem.js';

export const exitCode = { allPass: 0, someDidNot: 1, usage: 2, interlock: 3, missing: 4 } as const;

export function exitCodeOf(refusal: Refusal): number {
  return exitCode[refusal.kind];
}
