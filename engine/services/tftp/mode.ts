/** The transfer modes of RFC 1350 section 1 that are served: octet, and netascii for clients that were not told otherwise. */
import { toNetascii } from '../../protocols/tftp/netascii.js';
import { type Content, type Found, inMemory, openContent } from '../content.js';
import type { FileMemory } from '../file-memory.js';

export type Mode = 'octet' | 'netascii';

/** What is sent, and its bytes where they are at hand. */
export type Opened = { readonly content: Content; readonly bytes: Uint8Array | undefined };

/** netascii changes lengths, so it is made in memory, and only of what fits there with ease. Firmware is never asked for that way. */
const mostNetascii = 4 * 1024 * 1024;

/** A requested mode (lower case); undefined for `mail` and what nobody defined. */
export function readMode(mode: string): Mode | undefined {
  return mode === 'octet' || mode === 'netascii' ? mode : undefined;
}

/** Opens what was found; or says that it cannot be read, or is too large for netascii. */
export async function openInMode(found: Found, mode: Mode, memory: FileMemory | undefined): Promise<Opened | 'unreadable' | 'too-large'> {
  const opened = await open(found, memory);
  if (opened === undefined) return 'unreadable';
  if (mode === 'octet') return opened;
  await using plain = opened.content;
  if (plain.size > mostNetascii) return 'too-large';
  const bytes = opened.bytes ?? (await plain.read(0, plain.size));
  return bytes === undefined ? 'unreadable' : atHand(toNetascii(bytes));
}

async function open(found: Found, memory: FileMemory | undefined): Promise<Opened | undefined> {
  if (found.kind === 'bytes') return atHand(found.bytes);
  const held = await memory?.hold(found.file);
  if (held === undefined) {
    const content = await openContent(found); // no room for it in memory
    return content && { content, bytes: undefined };
  }
  const content = inMemory(held.bytes);
  return { content: { ...content, [Symbol.asyncDispose]: async () => held[Symbol.dispose]() }, bytes: held.bytes };
}

function atHand(bytes: Uint8Array): Opened {
  return { content: inMemory(bytes), bytes };
}
