/** What somebody wants written into a phone, before it is known into which of its files. */
import type { Access } from '../../profiles/job.js';
import type { Origin } from '../pack.js';
import { holdsKey } from './keys.js';
import type { Slot } from './slot.js';

export type Wish = {
  readonly value: string;
  readonly ua: Access;
  readonly secret: boolean;
  readonly origin: Origin;
  /** Its place among the texts that are another for every row; those come when the files are made. */
  readonly at?: number;
};

/** By tag, in the order of the file. */
export type Wishes = Map<string, Wish>;

/** What a slot without columns comes to is the same for every row. */
const fixedWishes = new WeakMap<Slot, Wish>();

/** The wish of a slot that takes nothing from the row. */
export function fixedWish(slot: Slot): Wish {
  const found = fixedWishes.get(slot);
  if (found !== undefined) return found;
  const { known, template, ua, path } = slot;
  const filled = template.render({});
  const value = filled.ok ? filled.text : '';
  const secret = known?.kind === 'secret' || holdsKey(value);
  const made: Wish = { value, ua, secret, origin: { from: 'recipe', path, columns: template.columns } };
  fixedWishes.set(slot, made);
  return made;
}
