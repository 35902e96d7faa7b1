/**
 * Columns of numbers that are texts (extension, user) as spreadsheets leave them: what is certain is read, what is damaged is named, and
 * nothing is guessed. An extension 0201 is four signs; a spreadsheet makes 201 of it, 2.01E+02, or the second of January of 1-2.
 */
import type { Problem } from '../contract/problem.js';
import { invisible } from './csv-damage.js';
import { errorAt, shown, warningAt } from './problems.js';

export type ReadNumber = {
  /** What is to be used: the cell, or what is certainly meant by it. */
  readonly text: string;
  readonly problems: readonly Problem[];
};

const everyInvisible = new RegExp(invisible.source, 'g');
const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mrz|mai|okt|dez|janv|févr|avr|juin|juil|août|déc';
/** 2-Jan, Jan-2, 2. Mai, 1月2日, 2026/1/2 00:00, 2026-01-02. */
const asDate = new RegExp(
  String.raw`^(?:\d{1,2}[-. ]+(?:${months})\.?(?:[- ]\d{2,4})?|(?:${months})\.?[- ]\d{1,4}|\d{1,2}月\d{1,2}日|\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?(?: \d{1,2}:\d{2}(?::\d{2})?)?)$`,
  'i',
);

/** Reads one cell of a column of numbers; `column` is what the problems are told by. */
export function readNumber(cell: string, line: number, column: string): ReadNumber {
  if (cell === '' || /^[\dA-Za-z*#]+$/.test(cell)) return { text: cell, problems: [] };
  const where = { line, column };
  const problems: Problem[] = [];
  let text = cell;
  const take = (code: string, read: string): void => {
    if (read === text) return;
    problems.push(warningAt(code, where, { value: shown(text) }));
    text = read;
  };
  take('number.invisible', text.replaceAll(everyInvisible, ''));
  // Only where the whole is one word of ASCII in wide dress: a name may be written so by right.
  take('number.quotes', unquoted(text));
  const narrow = text.normalize('NFKC');
  if (/^[\u0020-\u007e]+$/.test(narrow)) take('number.full-width', narrow);
  take('number.quotes', unquoted(text));
  const refuse = (code: string, suggestion: string | null = null): ReadNumber => ({
    text: cell,
    problems: [errorAt(code, { ...where, suggestion }, { value: shown(cell) })],
  });
  if (/^\d(?:[.,]\d+)?E\+?\d{1,3}$/i.test(text)) return refuse('number.scientific');
  if (asDate.test(text)) return refuse('number.date');
  const whole = /^(?<whole>\d{1,15}|\d{1,3}(?:[.,' ]\d{3})+)[.,]0{1,2}$/.exec(text)?.groups?.['whole'];
  const grouped = /^\d{1,3}(?:[,' ]\d{3})+$/.test(text) ? text : whole;
  if (grouped !== undefined) return refuse('number.format', grouped.replaceAll(/\D/g, ''));
  return { text, problems };
}

/** Without a spreadsheet's text mark, straight or curly quotes around the whole. */
function unquoted(text: string): string {
  const formula = /^=\s*"(?<inner>[^"]*)"$/.exec(text)?.groups?.['inner'];
  const pair = /^["'\u2018\u2019\u201a\u201c\u201d\u201e](?<inner>.*)["'\u2018\u2019\u201c\u201d]$/s.exec(text)?.groups?.['inner'];
  return (formula ?? pair ?? text.replace(/^['\u2018\u2019](?=[\d+*#])/, '')).trim();
}

type Cell = { readonly text: string; readonly line: number };

/**
 * Numbers that lost zeros at the front. Only the column as a whole can tell: some of its numbers begin with a zero, all of those are
 * equally long, and no longer one is among the rest. Ten of twelve rooms called 101 to 110 are no reason for a word.
 */
export function lostZeros(cells: readonly Cell[], column: string): Problem[] {
  const numbers = cells.filter(({ text }) => /^\d+$/.test(text));
  const lengths = new Set(numbers.filter(({ text }) => text.length > 1 && text.startsWith('0')).map(({ text }) => text.length));
  const [length] = lengths;
  if (length === undefined || lengths.size > 1 || numbers.some(({ text }) => text.length > length)) return [];
  return numbers
    .filter(({ text }) => text.length < length)
    .map(({ text, line }) =>
      warningAt('number.lost-zeros', { line, column, suggestion: text.padStart(length, '0') }, { value: shown(text) }),
    );
}
