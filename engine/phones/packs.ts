/** Every pack there is, by name. */
import { ciscoMpp } from './cisco-mpp/family.js';
import type { Pack } from './pack.js';

const packs: readonly Pack[] = [ciscoMpp];

/** The pack a recipe names under `phones`; undefined when there is none of that name. */
export function packNamed(name: string): Pack | undefined {
  return packs.find((pack) => pack.name === name);
}

/** The names of all packs. */
export function packNames(): readonly string[] {
  return packs.map(({ name }) => name);
}
