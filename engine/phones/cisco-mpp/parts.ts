/**
 * A phone's final configuration in four parts, one for each of `Profile_Rule` and B to D, which a phone fetches in that order; a later one
 * wins, but here each parameter stands in one part alone (facts section 2.2). Any part that has nothing to say is an empty profile, for a
 * file that is missing stops the rules behind it.
 */
import { reveal, Secret } from '../../contract/secret.js';
import type { Compiled, Made, Parameter, Part } from '../pack.js';
import { writeFlatProfile } from './flat-profile.js';

/** All four, the same for every phone that shares them: secrets and what comes from the row are in the phone's own. */
export function partsOf({ device, handOff }: Compiled): Readonly<Record<Part, Made>> {
  const parts: Record<Part, Parameter[]> = { common: [], model: [], customer: [], phone: [] };
  for (const parameter of new Map([...device, ...handOff].map((each) => [each.tag, each])).values())
    if (reveal(parameter.value) !== '') parts[partOf(parameter)].push(parameter);
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
