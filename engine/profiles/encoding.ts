/**
 * Bytes of a text file -> text. A byte-order mark or valid UTF-8 decides; anything else a person has to name, for Windows-1252 and
 * Shift_JIS can't be told apart by their bytes.
 */
import { TextDecoder } from 'node:util';

export type DecodedText =
  | { readonly ok: true; readonly text: string; readonly encoding: string }
  | { readonly ok: false; readonly code: 'csv.encoding' | 'csv.encoding-unknown' };

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/** Decodes; `named` is a label of the Encoding Standard ("windows-1252", "shift_jis") and outweighed by a byte-order mark alone. */
export function decodeText(bytes: Uint8Array, named?: string): DecodedText {
  const mark = marks.find((each) => each.bytes.every((byte, i) => bytes[i] === byte));
  const label = mark?.encoding ?? named?.trim() ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    return { ok: false, code: 'csv.encoding-unknown' };
  }
  try {
    return { ok: true, text: decoder.decode(bytes), encoding: decoder.encoding };
  } catch {
    return { ok: false, code: 'csv.encoding' };
  }
}
