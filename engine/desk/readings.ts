/** Bytes that are not UTF-8, read as each of the encodings they may be in, for a person to choose: the headings and what differs. */
import { decodeText, wideEncoding } from '../profiles/encoding.js';

/** What spreadsheets write by default in the countries whose phones come here; their bytes can't tell them apart. */
const candidates = ['windows-1252', 'shift_jis'] as const;
const lineLimit = 5;
const widthLimit = 300;

export type Reading = { readonly encoding: string; readonly lines: string[]; readonly doubtful: boolean };

/** What a decoder makes of bytes an encoding has no sign for (Encoding Standard, index windows-1252: 0x81, 0x8D, 0x8F, 0x90, 0x9D). */
const signless = /[\u0080-\u009f]/;

/** The likelier reading first. */
export function readings(bytes: Uint8Array): Reading[] {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return wideReadings(bytes, wide);
  const read = candidates.flatMap((encoding) => {
    const decoded = decodeText(bytes, encoding);
    return decoded.ok ? [{ encoding, doubtful: signless.test(decoded.text), all: decoded.text.split(/\r\n|\r|\n/) }] : [];
  });
  const telling = [0, ...tellingLines(bytes)].filter((line, i, all) => all.indexOf(line) === i).slice(0, lineLimit);
  return read
    .toSorted((a, b) => Number(a.doubtful) - Number(b.doubtful))
    .map(({ encoding, doubtful, all }) => ({ encoding, doubtful, lines: shown(telling.map((line) => all[line] ?? '')) }));
}

/** Every second byte is a NUL: nobody could read that any other way, but a person says so. */
function wideReadings(bytes: Uint8Array, encoding: string): Reading[] {
  const decoded = decodeText(bytes.subarray(0, 1 << 16), encoding);
  if (!decoded.ok) return [];
  const lines = decoded.text.split(/\r\n|\r|\n/).slice(0, lineLimit);
  return [{ encoding, doubtful: false, lines: shown(lines) }];
}

/** Headings, and the values that tell one reading from another; the others may be passwords, and read the same in all of them. */
function shown([headings = '', ...lines]: readonly string[]): string[] {
  const telling = (cell: string): string => (/[\u0080-\uffff]/.test(cell) ? cell : '…');
  return [headings, ...lines.map((line) => line.replaceAll(/[^,;\t]+/g, telling))].map((line) => line.slice(0, widthLimit));
}

/** The first lines with a byte beyond ASCII, from 0. Line ends are the same bytes in every candidate. */
function tellingLines(bytes: Uint8Array): number[] {
  return Buffer.from(bytes.subarray(0, 1 << 20))
    .toString('latin1')
    .split(/\r\n|\r|\n/)
    .flatMap((line, number) => (/[\u0080-\u00ff]/.test(line) ? [number] : []));
}
