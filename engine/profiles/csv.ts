/**
 * CSV -> rows (RFC 4180 as spreadsheets write it): comma, semicolon or tab, whichever the heading row uses.
 *
 * Line numbers stay true whatever is in between: empty lines, quoted fields of several lines, damaged quotes. A row that is damaged
 * costs itself alone: reading goes on with the next line.
 */
import type { Params, Problem } from '../contract/problem.js';
import { knownWords } from '../contract/columns.js';
import { cellDamage, type CellKind } from './csv-damage.js';
import { checkHeadings, columnLimit, dropEmptyColumns, type Headings, misplacedHeadings } from './csv-headings.js';
import { type CsvRecord, readRecords } from './csv-records.js';
import { decodeText, wideEncoding } from './encoding.js';
import { otherKind } from './file-kind.js';
import { type Columns, type TakenBy, takeColumns } from './known-columns.js';
import { errorAt, shown, warningAt } from './problems.js';
import { finish, type Steps } from './slices.js';

/** One line of the CSV, not judged yet: every column by its heading, trimmed, and by the known word where it was taken for one. */
export type RawRow = {
  /** Which row, from 1, damaged ones counted too. */
  readonly row: number;
  /** Where it begins, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
};

export type ReadCsv = {
  readonly rows: readonly RawRow[];
  /** As written, trimmed; the known words in lower case. */
  readonly headings: readonly string[];
  /** Line of the headings, from 1. */
  readonly headingLine: number;
  /** Which of them is the MAC, the model and so on. */
  readonly columns: Columns;
  /** How each of those was known. */
  readonly by: Readonly<Partial<Record<string, TakenBy>>>;
  /** What the bytes were read as; null when they could not be. */
  readonly encoding: string | null;
  readonly problems: readonly Problem[];
};

/** More is not a work order but a mistake. */
const limits = { bytes: 16 << 20, rows: 50_000 } as const;
/** Rows between two places where the work may be interrupted. */
const rowsPerStep = 128;
/** Columns with a reader of their own, and those whose values people read aloud; any other may hold a password. */
const kinds: Readonly<Partial<Record<string, CellKind>>> = {
  mac: 'read',
  model: 'read',
  extension: 'read',
  user: 'read',
  name: 'open',
  serial: 'open',
};

export type CsvOptions = {
  readonly encoding?: string;
  /** What a person or the recipe says of columns. */
  readonly columns?: Columns;
};

/** Reads a CSV; never throws. `encoding` is needed only when the bytes are not UTF-8 and carry no mark. */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): ReadCsv {
  return finish(csvSteps(bytes, options));
}

/** The same, to be done in slices. */
export function* csvSteps(bytes: Uint8Array, { encoding, columns: said = {} }: CsvOptions = {}): Steps<ReadCsv> {
  const decoded = textOf(bytes, encoding);
  if ('problem' in decoded) return nothing(decoded.problem);
  yield;

  const { records, problems, padded } = yield* readRecords(decoded.text, limits.rows + 2);
  const [first, ...rest] = records;
  const damaged = problems.find(({ line }) => first === undefined || (line ?? 0) < first.line);
  if (damaged !== undefined) return { ...nothing(damaged), encoding: decoded.encoding };
  if (first === undefined) return { ...nothing(errorAt('csv.empty')), encoding: decoded.encoding };
  const columns = first.cells.filter((cell) => cell !== '').length;
  if (columns > columnLimit) {
    const problem = errorAt('csv.too-many-columns', { line: first.line }, { columns, limit: columnLimit });
    return { ...nothing(problem), encoding: decoded.encoding };
  }
  const misplaced = misplacedHeadings(first, rest);
  if (misplaced !== undefined) return { ...nothing(misplaced), encoding: decoded.encoding };

  const headings = dropEmptyColumns(first, rest);
  const { columns: taken, by, problems: ofColumns } = takeColumns(headings.names, said, first.line);
  const all = [...checkHeadings(headings, first), ...ofColumns, ...problems];
  if (taken.model === undefined) all.push(errorAt('csv.heading-missing', { line: first.line, column: 'model' }));
  if (all.every(({ severity }) => severity === 'warning') && rest.length === 0) all.push(errorAt('csv.no-rows', { line: first.line }));
  if (decoded.overruled) all.push(warningAt('csv.encoding-ignored', {}, { encoding: shown(encoding ?? ''), used: decoded.encoding }));
  if (rest.length > limits.rows) all.push(errorAt('csv.too-many-rows', { line: first.line }, { limit: limits.rows }));
  for (const [place, { line, cells }] of padded) {
    const column = headings.names[headings.places.indexOf(place)];
    if (column !== undefined && line > first.line) all.push(warningAt('csv.blanks', { line, column }, { cells }));
  }

  const table = new Table(headings, taken, first, numbersOf(rest, problems));
  for (const [index, record] of rest.slice(0, limits.rows).entries()) {
    if (index % rowsPerStep === rowsPerStep - 1) yield;
    table.take(record);
  }
  return {
    rows: table.rows,
    headings: headings.names,
    headingLine: first.line,
    columns: taken,
    by,
    encoding: decoded.encoding,
    problems: [...all, ...table.problems],
  };
}

type Text = { readonly text: string; readonly encoding: string; readonly overruled: boolean };

/** The bytes as text, or why they are none. */
function textOf(bytes: Uint8Array, encoding: string | undefined): Text | { readonly problem: Problem } {
  if (bytes.length > limits.bytes) return { problem: errorAt('csv.too-large', {}, { bytes: bytes.length, limit: limits.bytes }) };
  const kind = otherKind(bytes);
  if (kind !== undefined) return { problem: kind === 'workbook' ? errorAt('csv.workbook') : errorAt('csv.other-file', {}, { kind }) };
  const decoded = decodeText(bytes, encoding);
  const named: Params = encoding === undefined ? {} : { encoding: shown(encoding) };
  if (!decoded.ok) {
    const suggestion = encoding === undefined ? (wideEncoding(bytes) ?? null) : null;
    return { problem: errorAt(decoded.code, { suggestion }, named) };
  }
  const isControlled = decoded.encoding === 'windows-1252' && /[\u0080-\u009f]/.test(decoded.text);
  return isControlled ? { problem: errorAt('csv.encoding', {}, named) } : decoded;
}

/** Damaged rows count too, so that a row keeps its number when its neighbour is mended. */
function numbersOf(records: readonly CsvRecord[], problems: readonly Problem[]): ReadonlyMap<number, number> {
  const lines = [...records.map(({ line }) => line), ...problems.flatMap(({ line }) => line ?? [])].sort((a, b) => a - b);
  return new Map(lines.map((line, i) => [line, i + 1]));
}

function nothing(problem: Problem): ReadCsv {
  return { rows: [], headings: [], headingLine: 1, columns: {}, by: {}, encoding: null, problems: [problem] };
}

/** The rows below the headings. */
class Table {
  readonly rows: RawRow[] = [];
  readonly problems: Problem[] = [];
  readonly #headings: Headings;
  readonly #aliases: readonly (readonly [word: string, heading: string])[];
  readonly #kinds: ReadonlyMap<string, CellKind>;
  readonly #first: CsvRecord;
  readonly #numbers: ReadonlyMap<number, number>;

  constructor(headings: Headings, columns: Columns, first: CsvRecord, numbers: ReadonlyMap<number, number>) {
    this.#headings = headings;
    this.#aliases = knownWords.flatMap((word) => {
      const heading = columns[word];
      return heading === undefined || heading === word ? [] : [[word, heading] as const];
    });
    this.#kinds = new Map(
      knownWords.flatMap((word) => {
        const [heading, kind] = [columns[word], kinds[word]];
        return heading === undefined || kind === undefined ? [] : [[heading, kind] as const];
      }),
    );
    this.#first = first;
    this.#numbers = numbers;
  }

  take({ line, cells }: CsvRecord): void {
    if (isSame(cells, this.#first.cells)) {
      this.problems.push(warningAt('csv.heading-again', { line }));
      return;
    }
    const found = this.#check(line, cells);
    this.problems.push(...found);
    if (found.every(({ severity }) => severity === 'warning'))
      this.rows.push({ row: this.#numbers.get(line) ?? 0, line, values: this.#values(cells) });
  }

  #check(line: number, cells: readonly string[]): readonly Problem[] {
    const { names, places, width } = this.#headings;
    const extra = cells.length > width && cells.slice(width).some((cell) => cell !== '');
    if (cells.length <= (places.at(-1) ?? 0) || extra) {
      const code = extra ? 'csv.too-many-fields' : 'csv.too-few-fields';
      const column = names[Math.min(cells.length, names.length - 1)] ?? null;
      return [errorAt(code, { line, column }, { fields: cells.length, headings: names.length })];
    }
    const problems: Problem[] = [];
    for (const [i, place] of places.entries()) {
      const cell = cells[place] ?? '';
      const column = names[i] ?? null;
      if (cell !== '') for (const each of cellDamage(cell, line, column, this.#kinds.get(column ?? '') ?? 'closed')) problems.push(each);
    }
    return problems;
  }

  #values(cells: readonly string[]): Record<string, string> {
    const { names, places } = this.#headings;
    const values: Record<string, string> = {};
    for (const [i, name] of names.entries()) setOwn(values, name, cells[places[i] ?? 0] ?? '');
    for (const [word, heading] of this.#aliases) values[word] = values[heading] ?? '';
    return values;
  }
}

/** `__proto__` may be a heading too. */
function setOwn(values: Record<string, string>, name: string, value: string): void {
  if (name === '__proto__') Object.defineProperty(values, name, { value, writable: true, enumerable: true, configurable: true });
  else values[name] = value;
}

/** Lists put together by hand hold the headings once more. */
function isSame(cells: readonly string[], headings: readonly string[]): boolean {
  return cells.length === headings.length && headings.length > 1 && cells.every((cell, i) => cell === headings[i]);
}
