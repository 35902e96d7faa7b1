/**
 * Bytes of a text file -> text. A byte-order mark or valid UTF-8 decides; anything else a person has to name, for Windows-1252 and
 * Shift_JIS can't be told apart by their bytes.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

export type DecodedText =
  | { readonly ok: true; readonly text: string; readonly encoding: string; readonly overruled: boolean }
  | { readonly ok: false; readonly code: 'csv.encoding' | 'csv.encoding-unknown' };

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/** Names people know an encoding by that the Encoding Standard does not list. */
const otherNames: Readonly<Record<string, string | undefined>> = { cp932: 'shift_jis', 'cp-932': 'shift_jis', 'windows-932': 'shift_jis' };

/**
 * Decodes. `named` is a label of the Encoding Standard ("windows-1252", "shift_jis"); a byte-order mark and valid UTF-8 beyond ASCII
 * outweigh it, and are then `overruled`.
 */
export function decodeText(bytes: Uint8Array, named?: string): DecodedText {
  const wanted = named === undefined ? undefined : decoderOf(named);
  if (wanted === null) return { ok: false, code: 'csv.encoding-unknown' };
  if (/^(?:fffe0000|0000feff)/.test(Buffer.from(bytes.subarray(0, 4)).toString('hex'))) return { ok: false, code: 'csv.encoding' }; // UTF-32
  const mark = marks.find((each) => each.bytes.every((byte, i) => bytes[i] === byte));
  if (mark === undefined && wanted === undefined && wideEncoding(bytes) !== undefined) return { ok: false, code: 'csv.encoding' };
  const label = mark?.encoding ?? (wanted === undefined || isClearlyUtf8(bytes) ? 'utf-8' : wanted.encoding);
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    return { ok: true, text, encoding: label, overruled: wanted !== undefined && wanted.encoding !== label };
  } catch {
    return { ok: false, code: 'csv.encoding' };
  }
}

function decoderOf(name: string): TextDecoder | null {
  const label = name.trim().toLowerCase();
  try {
    return new TextDecoder(otherNames[label] ?? label);
  } catch {
    return null;
  }
}

/** UTF-16 without its mark, by the NULs that every sign of ASCII then has at the same side; undefined where there are none. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const start = bytes.subarray(0, 4096);
  if (start.length < 4 || bytes.length % 2 !== 0) return undefined;
  const nulls = [0, 0];
  for (const [i, byte] of start.entries()) if (byte === 0) nulls[i % 2] = (nulls[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nulls;
  if (Math.max(even, odd) * 4 < start.length || Math.min(even, odd) > 0) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** ASCII alone tells nothing, nor does a text with NULs: UTF-16 without a mark looks like that. */
function isClearlyUtf8(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !isAscii(bytes) && !bytes.includes(0);
}
