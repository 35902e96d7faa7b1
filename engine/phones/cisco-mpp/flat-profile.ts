/**
 * The profile of the family, `<flat-profile>`: one element a parameter, its right in `ua`, which is always written because documents
 * disagree on what a missing one means (Cisco provisioning methods, "open profile format").
 */
import { reveal } from '../../contract/secret.js';
import { documentOf, writeElement } from '../../profiles/xml.js';
import type { Made, Parameter } from '../pack.js';

export const profileType = 'text/xml; charset=utf-8';

/** Writes a profile in the order given: the last of a repeated tag wins on the phone, so none is repeated here. Throws on what `compile` lets nobody write. */
export function writeFlatProfile(parameters: readonly Parameter[]): Made {
  return { bytes: Buffer.from(flatProfileOf(linesOf(parameters)), 'utf8'), contentType: profileType };
}

/** A profile of these lines. */
export function flatProfileOf(lines: string): string {
  return documentOf('flat-profile', lines);
}

/** The lines of parameters, one each. */
export function linesOf(parameters: readonly Parameter[]): string {
  let lines = '';
  for (const each of parameters) lines += kept.get(each) ?? lineOf(each);
  return lines;
}

/** Lines of parameters that are in many files. */
const kept = new WeakMap<Parameter, string>();

/** Writes the line of a parameter that many files share once for all of them. */
export function keepLine(parameter: Parameter): void {
  kept.set(parameter, lineOf(parameter));
}

function lineOf({ tag, value, ua }: Parameter): string {
  const written = writeElement({ name: tag, attributes: { ua }, content: reveal(value) }, '  ');
  if (!written.ok) throw new Error(`a parameter that no profile can hold: ${written.code} in ${written.element}`);
  return written.text;
}
