/** The first line of a list, which has to be its headings: what people and spreadsheets put there instead, and in between. */
import { parseMac } from '../contract/mac.js';
import type { Problem } from '../contract/problem.js';
import { knownWords } from '../contract/columns.js';
import { wordsOf } from './column-words.js';
import type { CsvRecord } from './csv-records.js';
import { unmangled } from './csv-damage.js';
import { errorAt, shown, warningAt } from './problems.js';

export type Headings = {
  /** As written, trimmed; the five oldest known words in lower case. */
  readonly names: readonly string[];
  /** Where in a record each stands, from 0. */
  readonly places: readonly number[];
  /** Fields of the heading row, those without anything below among them. */
  readonly width: number;
  /** Columns without heading and without any value, which nobody misses. */
  readonly dropped: number;
};

/** More columns are no work order. */
export const columnLimit = 1000;
/** Headings are looked for in so many rows below the first. */
const rowsToSearch = 5;
const lowered: ReadonlySet<string> = new Set(knownWords.slice(0, 5));

/**
 * Why the first row cannot be the headings: they come further down, below a title or merged cells, or the list has none at all.
 * Undefined when it may be.
 */
export function misplacedHeadings(first: CsvRecord, rest: readonly CsvRecord[]): Problem | undefined {
  const known = ({ cells }: CsvRecord): number => wordsOf(cells).size;
  const own = known(first);
  const later = rest.slice(0, rowsToSearch).find((record) => known(record) >= 2 && known(record) > own);
  if (own < 2 && later !== undefined) return errorAt('csv.heading-later', { line: first.line }, { row: later.line });
  const isPhone = (cell: string): boolean => parseMac(cell) !== undefined && /[:a-f-]/i.test(cell);
  return own === 0 && first.cells.some(isPhone) ? errorAt('csv.heading-absent', { line: first.line }) : undefined;
}

/** The headings without the empty columns spreadsheets leave at the side. */
export function dropEmptyColumns({ cells }: CsvRecord, rest: readonly CsvRecord[]): Headings {
  const places = cells.flatMap((name, place) => (name !== '' || rest.some((record) => (record.cells[place] ?? '') !== '') ? [place] : []));
  const names = places.map((place) => heading(cells[place] ?? ''));
  return { names, places, width: cells.length, dropped: cells.length - places.length };
}

export function checkHeadings({ names, places, dropped }: Headings, { line }: CsvRecord): Problem[] {
  const problems: Problem[] = [];
  if (dropped > 0) problems.push(warningAt('csv.empty-columns', { line }, { columns: dropped }));
  const seen = new Set<string>();
  names.forEach((name, i) => {
    const position = (places[i] ?? i) + 1;
    const meant = unmangled(name);
    if (name === '') problems.push(errorAt('csv.heading-empty', { line }, { position }));
    else if (name.includes('\0')) problems.push(errorAt('csv.nul', { line }, { position }));
    else if (name.includes('\uFFFD')) problems.push(errorAt('csv.heading-lost-letter', { line, column: name }));
    else if (seen.has(name)) problems.push(errorAt('csv.heading-twice', { line, column: name }));
    else if (meant !== null) problems.push(errorAt('csv.heading-mojibake', { line, column: name, suggestion: shown(meant) }));
    seen.add(name);
  });
  return problems;
}

function heading(text: string): string {
  const lower = text.toLowerCase();
  return lowered.has(lower) ? lower : text;
}
