/** The transfer modes of RFC 1350 section 1 that are served: octet, and netascii for clients that were not told otherwise. */
import { toNetascii } from '../../protocols/tftp/netascii.js';
import { type Content, type Found, inMemory, openContent } from '../content.js';

export type Mode = 'octet' | 'netascii';

/** netascii changes lengths, so it is made in memory, and only of what fits there with ease. Firmware is never asked for that way. */
const mostNetascii = 4 * 1024 * 1024;

/** A requested mode (lower case); undefined for `mail` and what nobody defined. */
export function readMode(mode: string): Mode | undefined {
  return mode === 'octet' || mode === 'netascii' ? mode : undefined;
}

/** Opens what was found; undefined where it cannot be read, or not in this mode. */
export async function openInMode(found: Found, mode: Mode): Promise<Content | undefined> {
  const content = await openContent(found);
  if (mode === 'octet' || content === undefined) return content;
  await using plain = content;
  if (plain.size > mostNetascii) return undefined;
  const bytes = await plain.read(0, plain.size);
  return bytes && inMemory(toNetascii(bytes));
}
