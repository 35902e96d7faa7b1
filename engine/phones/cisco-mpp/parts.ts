/**
 * A phone's final configuration in four parts, one for each of `Profile_Rule` and B to D, which a phone fetches in that order; a later one
 * wins, but here each parameter stands in one part alone (facts section 2.2). Any part that has nothing to say is an empty profile, for a
 * file that is missing stops the rules behind it.
 */
import { reveal, Secret } from '../../contract/secret.js';
import type { Compiled, Made, Parameter, Part, SharedPart } from '../pack.js';
import { writeFlatProfile } from './flat-profile.js';

/** Parameters by the part they stand in, in their order: secrets and what comes from the row are the phone's own. */
export function splitUp(parameters: readonly Parameter[]): Readonly<Record<Part, readonly Parameter[]>> {
  const parts: Record<Part, Parameter[]> = { common: [], model: [], customer: [], phone: [] };
  for (const parameter of parameters) parts[partOf(parameter)].push(parameter);
  return parts;
}

/** A part that the bench serves: what of the device file the phone has in common with others, where the recipe wants that apart. */
export function partFile(compiled: Compiled, part: SharedPart): Made {
  return writeFlatProfile(compiled.parts === undefined ? [] : splitUp(compiled.device)[part]);
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
