/**
 * What spreadsheets, programs and wrong encodings do to any cell of a list, named. Whether a value can stand in a phone's parameter is
 * another matter. What a cell holds may be a password: it is told nowhere, but where the column is one of those people read aloud.
 */
import { TextDecoder } from 'node:util';
import type { Problem } from '../contract/problem.js';
import { errorAt, shown, warningAt } from './problems.js';

/** Every cell that may be damaged matches; most cells do not, and are done with. */
const suspicious = /[^\t\n -~]|^[#=@]|^\d[\d.,]*e\+|\{\{|%BW/i;
/** What a recipe or a server's template would have filled in; from a row it goes to the phone as it stands. */
const placeholder = /\{\{.*\}\}|%BW[A-Z0-9_-]*%/is;
/** Takes no room, or turns the direction of what follows; joiners belong to some scripts and to emoji. */
export const invisible = /[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;
const cellLimit = 16_384;

/** Whose column it is: one with a reader of its own that names what happened to a number, one people read aloud, or any other. */
export type CellKind = 'read' | 'open' | 'closed';

/** What is wrong with a cell. */
export function cellDamage(cell: string, line: number, column: string | null, kind: CellKind): readonly Problem[] {
  const where = { line, column };
  if (cell.length > cellLimit) return [errorAt('csv.cell-too-long', where, { length: cell.length, limit: cellLimit })];
  if (!suspicious.test(cell)) return [];
  const isOpen = kind !== 'closed';
  const told = isOpen ? { value: shown(cell) } : {};
  if (cell.includes('\0')) return [errorAt('csv.nul', where)];
  if (cell.includes('\uFFFD')) return [errorAt('csv.lost-letter', where)];
  if (isFormulaError(cell) && !(kind === 'read' && /^#+$/.test(cell))) return [errorAt('csv.formula-error', where, { value: shown(cell) })];
  if (kind === 'read') return [];
  // E+ and two digits is how a spreadsheet shows a number too long for its column; whoever types one himself writes 1e5.
  if (/^\d(?:[.,]\d+)?E\+\d{2,}$/.test(cell)) return [warningAt('csv.scientific', where, told)];
  if (isFormula(cell, isOpen)) return [warningAt('csv.formula', where, told)];
  if (/^[\u201c\u201d\u201e\u2018\u2019\u201a].*[\u201c\u201d\u2018\u2019]$/s.test(cell))
    return [warningAt('csv.smart-quotes', where, told)];
  if (placeholder.test(cell)) return [warningAt('csv.placeholder', where, told)];
  if (invisible.test(cell)) return [warningAt('csv.invisible', where)];
  const meant = unmangled(cell);
  if (meant !== null) return [warningAt('csv.mojibake', { ...where, suggestion: isOpen ? shown(meant) : null }, told)];
  return [];
}

/** Saved instead of its value. A password may begin with any sign: there only what can be nothing else counts. */
function isFormula(cell: string, isOpen: boolean): boolean {
  return /^=\s*".*"$/s.test(cell) || /^[=@][A-Z][A-Z0-9.]*\(.*\)$/is.test(cell) || (isOpen && /^=[^\s=].*[|!+\-*/&(]/s.test(cell));
}

/** `#REF!`, `#####` and their like, in the words of English, German, French and Japanese spreadsheets. */
function isFormulaError(cell: string): boolean {
  return /^#(?:#{2,}|N\/A|NV|REF!|BEZUG!|VALUE!|WERT!|VALEUR!|NAME\?|NOM\s?\?|DIV\/0!|NULL!|NUM!|ZAHL!|NOMBRE!|SPILL!|CALC!)$/i.test(cell);
}

/** The signs of Windows-1252 beyond Latin-1, by their byte; C1 controls stand for themselves. */
const windowsSigns: ReadonlyMap<number, number> = new Map(
  Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i)), (sign, i) => [
    sign.codePointAt(0) ?? 0,
    0x80 + i,
  ]),
);
const utf8 = new TextDecoder('utf-8', { fatal: true });
const shiftJis = new TextDecoder('shift_jis', { fatal: true });

/**
 * What was meant by letters that were read in the wrong encoding and saved again: `MÃ¼ller`, or `Žó•t` for 受付. Null when they may be
 * right as they stand.
 */
export function unmangled(text: string): string | null {
  if (!/[\u0080-\u2fff]/.test(text)) return null;
  const bytes = windowsBytes(text);
  if (bytes === undefined) return null;
  const meant = decoded(utf8, bytes);
  if (meant !== undefined && meant !== text) return meant;
  const words = text.split(/(\s+)/);
  const repaired = words.map((word) => fromShiftJis(word) ?? word).join('');
  return repaired === text ? null : repaired;
}

/** Japanese that was read as Windows-1252: only where every sign becomes Japanese, two at least, and hardly a plain letter was there. */
function fromShiftJis(word: string): string | undefined {
  const odd = Array.from(word).filter((sign) => sign > '\u007f').length;
  if (odd < 2 || odd * 2 < Array.from(word).length) return undefined;
  const bytes = windowsBytes(word);
  const meant = bytes === undefined ? undefined : decoded(shiftJis, bytes);
  if (meant === undefined || /[A-Za-z]/.test(meant)) return undefined;
  return (meant.match(/[\u3040-\u30ff\u4e00-\u9fff]/g) ?? []).length >= 2 ? meant : undefined;
}

function windowsBytes(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    const byte = windowsSigns.get(code) ?? (code < 0x100 ? code : undefined);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined; // not of that encoding: that is the answer
  }
}
