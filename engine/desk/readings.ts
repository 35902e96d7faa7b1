/** Bytes that are not UTF-8, read as each of the encodings they may be in, for a person to choose: the headings and what differs. */
import { decodeText, wideEncoding } from '../profiles/encoding.js';

/** What spreadsheets write by default in the countries whose phones come here; their bytes can't tell them apart. */
const candidates = ['windows-1252', 'shift_jis'] as const;
const lineLimit = 5;
const widthLimit = 300;

export type Reading = { readonly encoding: string; readonly lines: string[] };

export function readings(bytes: Uint8Array): Reading[] {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return wideReadings(bytes, wide);
  const read = candidates.flatMap((encoding) => {
    const decoded = decodeText(bytes, encoding);
    return decoded.ok ? [{ encoding, all: decoded.text.split(/\r\n|\r|\n/) }] : [];
  });
  const telling = [0, ...tellingLines(bytes)].filter((line, i, all) => all.indexOf(line) === i).slice(0, lineLimit);
  return read.map(({ encoding, all }) => ({ encoding, lines: shown(telling.map((line) => all[line] ?? '')) }));
}

/** Every second byte is a NUL: nobody could read that any other way, but a person says so. */
function wideReadings(bytes: Uint8Array, encoding: string): Reading[] {
  const decoded = decodeText(bytes.subarray(0, 1 << 16), encoding);
  if (!decoded.ok) return [];
  const lines = decoded.text.split(/\r\n|\r|\n/).slice(0, lineLimit);
  return [{ encoding, lines: shown(lines) }];
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
