/**
 * A phone's final configuration in four parts, one for each of `Profile_Rule` and B to D, which a phone fetches in that order; a later one
 * wins, but here each parameter stands in one part alone (facts section 2.2). Any part that has nothing to say is an empty profile, for a
 * file that is missing stops the rules behind it.
 */
import { reveal, Secret } from '../../contract/secret.js';
import type { SharedPart } from '../../contract/observation.js';
import type { Compiled, Made, Parameter, Part } from '../pack.js';
import { writeFlatProfile } from './flat-profile.js';

/** Parameters by the part they stand in, in their order: secrets and what comes from the row are the phone's own. */
function splitUp(parameters: readonly Parameter[]): Readonly<Record<Part, readonly Parameter[]>> {
  const parts: Record<Part, Parameter[]> = { common: [], model: [], customer: [], phone: [] };
  for (const parameter of parameters) parts[partOf(parameter)].push(parameter);
  return parts;
}

/** The device file's content by the file of the bench it comes in; all in the phone's own unless the recipe wants that apart. */
type Apart = Readonly<Record<'bootstrap' | 'model' | 'customer' | 'phone', readonly Parameter[]>>;

/**
 * The bootstrap brings what is common: it is the first of the four. It cannot be encrypted, so where the others are, the model's file brings
 * that, too (ADR 0030).
 */
export function apart({ device, parts, encryption }: Compiled): Apart {
  if (parts === undefined) return { bootstrap: [], model: [], customer: [], phone: device };
  const { common, model, customer, phone } = splitUp(device);
  return encryption === undefined
    ? { bootstrap: common, model, customer, phone }
    : { bootstrap: [], model: [...common, ...model], customer, phone };
}

/** A part that the bench serves. */
export function partFile(compiled: Compiled, part: SharedPart): Made {
  return writeFlatProfile(part === 'common' ? [] : apart(compiled)[part]);
}

/** All four, the same for every phone that shares them. */
export function partsOf({ device, handOff }: Compiled): Readonly<Record<Part, Made>> {
  const final = new Map([...device, ...handOff].map((each) => [each.tag, each]));
  const parts = splitUp([...final.values()].filter(({ value }) => reveal(value) !== ''));
  return {
    common: writeFlatProfile(parts.common),
    model: writeFlatProfile(parts.model),
    customer: writeFlatProfile(parts.customer),
    phone: writeFlatProfile(parts.phone),
  };
}

/** What somebody's template or the factory says is common, the rest of the recipe the customer's. */
function partOf({ value, origin }: Parameter): Part {
  if (value instanceof Secret || origin === undefined) return 'phone';
  switch (origin.from) {
    case 'row':
    case 'bench':
      return 'phone';
    case 'pack':
      return origin.why === 'factory' ? 'common' : 'phone';
    case 'recipe':
      if (origin.columns.length > 0) return 'phone';
      if (origin.path.startsWith('models.')) return 'model';
      return origin.path.startsWith('template') ? 'common' : 'customer';
  }
}
