/** MAC prefixes registered to Cisco (IEEE MA-L): plausibility only, for the registry grows and prefixes say nothing of the model. */
import ouis from '../../../resources/cisco-mpp/ouis.json' with { type: 'json' };
import type { Mac } from '../../contract/mac.js';

const known: ReadonlySet<string> = new Set(ouis);

/** True when the address stands under a prefix known to be Cisco's. */
export function isCiscoPrefix(mac: Mac): boolean {
  return known.has(mac.slice(0, 6));
}
