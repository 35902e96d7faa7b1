/**
 * The MAC column as people, spreadsheets and scanners leave it: read where it is certain, named where it is damaged, and never guessed.
 */
import { isUnicast, type Mac, parseMac } from '../contract/mac.js';
import type { Params, Problem } from '../contract/problem.js';
import { errorAt, shown, warningAt } from './problems.js';

export type ReadMac = { readonly mac: Mac | null; readonly problems: readonly Problem[] };

/**
 * Reads one cell of the column `mac`. An empty one waits to be bound (null, no problem); an unreadable one is null with an error.
 * `isPlausible` says whether the address can belong to a phone of the family; it only chooses warnings and suggestions.
 */
export function readMac(cell: string, line: number, isPlausible: (mac: Mac) => boolean): ReadMac {
  const { text, warnings } = clean(cell, line);
  if (text === '') return { mac: null, problems: [] };
  const mac = parseMac(text);
  if (mac === undefined) {
    const { code, suggestion = null, params = {} } = diagnose(text, isPlausible);
    return { mac: null, problems: [errorAt(code, { line, column: 'mac', suggestion }, { value: shown(text), ...params })] };
  }
  if (!/^0{12}$/.test(mac) && isArticle(text) && !isPlausible(mac))
    return { mac: null, problems: [errorAt('mac.barcode', { line, column: 'mac' }, { value: shown(text) })] };
  if (/^0{12}$/.test(mac)) return { mac: null, problems: [errorAt('mac.zero', { line, column: 'mac' }, { value: shown(text) })] };
  if (!isUnicast(mac)) return { mac: null, problems: [errorAt('mac.multicast', { line, column: 'mac' }, { value: shown(text) })] };
  const foreign = isPlausible(mac) ? [] : [warningAt('mac.foreign-oui', { line, column: 'mac' }, { value: mac, oui: mac.slice(0, 6) })];
  return { mac, problems: [...warnings, ...foreign] };
}

/** Takes off what is not part of the address but harmless: quotes, a spreadsheet's text prefix, blanks nobody sees, full-width forms. */
function clean(cell: string, line: number): { text: string; warnings: Problem[] } {
  if (/^[\da-f:.-]*$/i.test(cell)) return { text: cell, warnings: [] }; // as nearly all are
  const warnings: Problem[] = [];
  const where = { line, column: 'mac' };
  const visible = cell.replaceAll(/[\u00a0\u200b-\u200f\u2060\ufeff]/g, '').trim();
  const narrow = visible.normalize('NFKC').trim();
  if (narrow !== visible) warnings.push(warningAt('mac.full-width', where, { value: shown(visible) }));
  const bare = narrow
    .replace(/^=\s*"(.*)"$/, '$1')
    .replace(/^['"`\u2018\u2019\u201a\u201c\u201d\u201e\u00b4]+/, '')
    .replace(/['"`\u2018\u2019\u201c\u201d\u00b4]+$/, '')
    .trim();
  if (bare !== narrow) warnings.push(warningAt('mac.quotes', where, { value: shown(narrow) }));
  return { text: bare.replaceAll(/[\u2010-\u2015\u2212]/g, '-'), warnings };
}

/** Twelve digits that are an American article number (UPC-A): its check digit says so, and no phone begins like that. */
function isArticle(text: string): boolean {
  if (!/^\d{12}$/.test(text)) return false;
  const sum = Array.from(text, Number).reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 3 : 1), 0);
  return sum % 10 === 0;
}

type Diagnosis = { readonly code: string; readonly suggestion?: string | null; readonly params?: Params };

/** Why a text is no MAC, the most telling reason first. */
function diagnose(text: string, isPlausible: (mac: Mac) => boolean): Diagnosis {
  if (/^\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) return { code: 'mac.scientific' }; // 5.62E+10: digits are lost for good
  const number = asNumber(text);
  if (number !== undefined) return { code: 'mac.number-format', suggestion: number !== null && isPlausible(number) ? number : null };
  if (/^\d{13,14}$/.test(text)) return { code: 'mac.barcode' }; // EAN-13, GTIN-14: the other label on the box
  if (/^[A-Z]{3}\d{4}[0-9A-Z]{4}$/i.test(text)) return { code: 'mac.serial' }; // FCH2130E1ZX: place, year, week, number
  const groups = text.split(/[:\-. ]/);
  const padded = pad(text, groups);
  if (padded !== undefined) {
    const suggestion = isPlausible(padded) ? padded : null;
    if (suggestion !== null || groups.length === 6 || /^\d+$/.test(text)) return { code: 'mac.lost-zeros', suggestion };
  }
  const digits = text.replaceAll(/[:\-. ]/g, '');
  if (/^[0-9a-f]*$/i.test(digits)) return { code: 'mac.length', params: { digits: digits.length } };
  const misread = digits.replaceAll(/o/gi, '0').replaceAll(/[il|]/gi, '1');
  const pairs = /^(?:[0-9a-f]{2}[^0-9a-z]){5}[0-9a-f]{2}$/i.test(text) ? parseMac(text.replaceAll(/[^0-9a-f]/gi, '')) : undefined;
  return { code: 'mac.letters', suggestion: inside(text) ?? parseMac(misread) ?? pairs ?? null };
}

/** `562104361512,00`, `562.104.361.512` and `#####`: what a column formatted as numbers makes of digits; null where they are gone. */
function asNumber(text: string): Mac | null | undefined {
  if (/^#{2,}$/.test(text)) return null;
  const whole = /^(?<whole>\d{5,12}|\d{1,3}(?:[.,' ]\d{3}){2,})(?:[.,]\d{1,2})?$/.exec(text)?.groups?.['whole'];
  return whole === undefined || whole === text.replaceAll(/[^0-9]/g, '')
    ? undefined
    : (parseMac(whole.replaceAll(/\D/g, '').padStart(12, '0')) ?? null);
}

/** The one MAC within a longer text: `SEP00562B043615`, `MAC: 00:56:2b:04:36:15`. */
function inside(text: string): Mac | undefined {
  const spelled = /(?<![0-9a-f])(?:[0-9a-f]{12}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})(?![0-9a-f])/gi;
  const [only, ...more] = text.match(spelled) ?? [];
  return only === undefined || more.length > 0 ? undefined : parseMac(only);
}

/** The zeros a spreadsheet or a program took from the front of a number or of each group, put back. */
function pad(text: string, groups: readonly string[]): Mac | undefined {
  if (groups.length === 6 && groups.every((group) => /^[0-9a-f]{1,2}$/i.test(group)))
    return parseMac(groups.map((group) => group.padStart(2, '0')).join(''));
  return /^[0-9a-f]{1,11}$/i.test(text) ? parseMac(text.padStart(12, '0')) : undefined;
}
