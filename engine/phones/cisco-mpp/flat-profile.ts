/**
 * The profile of the family, `<flat-profile>`: one element a parameter, its right in `ua`, which is always written because documents
 * disagree on what a missing one means (Cisco provisioning methods, "open profile format").
 */
import { reveal } from '../../contract/secret.js';
import { writeXml } from '../../profiles/xml.js';
import type { Made, Parameter } from '../pack.js';

/** Writes a profile in the order given: the last of a repeated tag wins on the phone, so none is repeated here. Throws on what `compile` lets nobody write. */
export function writeFlatProfile(parameters: readonly Parameter[]): Made {
  const content = parameters.map(({ tag, value, ua }) => ({ name: tag, attributes: { ua }, content: reveal(value) }));
  const written = writeXml({ name: 'flat-profile', content });
  if (!written.ok) throw new Error(`a parameter that no profile can hold: ${written.code} in ${written.element}`);
  return { bytes: written.bytes, contentType: 'text/xml; charset=utf-8' };
}
