/**
 * CSV -> rows (RFC 4180 as spreadsheets write it): comma, semicolon or tab, whichever the heading row uses.
 *
 * Line numbers stay true whatever is in between: empty lines, quoted fields of several lines, damaged quotes. A row that is damaged
 * costs itself alone: reading goes on with the next line.
 */
import type { Params, Problem } from '../contract/problem.js';
import { readRecords, type CsvRecord } from './csv-records.js';
import { decodeText } from './encoding.js';
import { type Columns, knownWords, takeColumns, unnamedMacs } from './known-columns.js';
import { errorAt, shown, warningAt } from './problems.js';

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
  /** Which of them is the MAC, the model and so on. */
  readonly columns: Columns;
  /** What the bytes were read as; null when they could not be. */
  readonly encoding: string | null;
  readonly problems: readonly Problem[];
};

/** More is not a work order but a mistake. */
const limits = { bytes: 16 << 20, rows: 50_000, columns: 1000, cell: 16_384 } as const;

export type CsvOptions = {
  readonly encoding?: string;
  /** What the recipe says of columns. */
  readonly columns?: Columns;
};

/** Reads a CSV; never throws. `encoding` is needed only when the bytes are not UTF-8 and carry no mark. */
export function readCsv(bytes: Uint8Array, { encoding, columns: said = {} }: CsvOptions = {}): ReadCsv {
  if (bytes.length > limits.bytes) return nothing(errorAt('csv.too-large', {}, { bytes: bytes.length, limit: limits.bytes }));
  if (isWorkbook(bytes)) return nothing(errorAt('csv.workbook'));
  const decoded = decodeText(bytes, encoding);
  const named: Params = encoding === undefined ? {} : { encoding: shown(encoding) };
  if (!decoded.ok) return nothing(errorAt(decoded.code, {}, named));
  if (decoded.encoding === 'windows-1252' && /[\u0080-\u009f]/.test(decoded.text)) return nothing(errorAt('csv.encoding', {}, named));

  const { records, problems } = readRecords(decoded.text, limits.rows + 2);
  const [first, ...rest] = records;
  const damaged = problems.find(({ line }) => first === undefined || (line ?? 0) < first.line);
  if (damaged !== undefined) return { ...nothing(damaged), encoding: decoded.encoding };
  if (first === undefined) return { ...nothing(errorAt('csv.empty')), encoding: decoded.encoding };
  const headings = first.cells.map(heading);
  const { columns, problems: ofColumns } = takeColumns(headings, said, first.line);
  const all = [...checkHeadings(headings, columns, first), ...ofColumns, ...problems];
  if (all.length === 0 && rest.length === 0) all.push(errorAt('csv.no-rows', { line: first.line }));
  if (decoded.overruled) all.push(warningAt('csv.encoding-ignored', {}, { ...named, used: decoded.encoding }));
  if (rest.length > limits.rows) all.push(errorAt('csv.too-many-rows', { line: first.line }, { limit: limits.rows }));

  const numbered = [...rest.map(({ line }) => line), ...problems.flatMap(({ line }) => line ?? [])].sort((a, b) => a - b);
  const numbers = new Map(numbered.map((line, i) => [line, i + 1]));
  const rows: RawRow[] = [];
  for (const record of rest.slice(0, limits.rows)) {
    const found = checkCells(record, headings);
    all.push(...found);
    if (found.length === 0)
      rows.push({ row: numbers.get(record.line) ?? 0, line: record.line, values: byHeading(headings, columns, record.cells) });
  }
  all.push(...unnamedMacs(headings, columns, rows, first.line));
  return { rows, headings, columns, encoding: decoded.encoding, problems: all };
}

/** What spreadsheets save unless told otherwise: .xlsx is a ZIP archive, .xls an OLE compound file. */
function isWorkbook(bytes: Uint8Array): boolean {
  return /^(?:504b0304|d0cf11e0)$/.test(Buffer.from(bytes.subarray(0, 4)).toString('hex'));
}

function nothing(problem: Problem): ReadCsv {
  return { rows: [], headings: [], columns: {}, encoding: null, problems: [problem] };
}

function heading(text: string): string {
  const lower = text.toLowerCase();
  return knownWords.find((word) => word === lower) ?? text;
}

function checkHeadings(headings: readonly string[], columns: Columns, { line }: CsvRecord): Problem[] {
  const problems: Problem[] = [];
  if (headings.length > limits.columns)
    problems.push(errorAt('csv.too-many-columns', { line }, { columns: headings.length, limit: limits.columns }));
  const seen = new Set<string>();
  headings.forEach((name, i) => {
    if (name === '') problems.push(errorAt('csv.heading-empty', { line }, { position: i + 1 }));
    else if (name.includes('\0')) problems.push(errorAt('csv.nul', { line }, { position: i + 1 }));
    else if (name.includes('\uFFFD')) problems.push(errorAt('csv.heading-lost-letter', { line, column: name }));
    else if (seen.has(name)) problems.push(errorAt('csv.heading-twice', { line, column: name }));
    seen.add(name);
  });
  if (columns.model === undefined) problems.push(errorAt('csv.heading-missing', { line, column: 'model' }));
  return problems;
}

function checkCells({ line, cells }: CsvRecord, headings: readonly string[]): Problem[] {
  if (cells.length !== headings.length) {
    const code = cells.length < headings.length ? 'csv.too-few-fields' : 'csv.too-many-fields';
    const column = headings[Math.min(cells.length, headings.length - 1)] ?? null;
    return [errorAt(code, { line, column }, { fields: cells.length, headings: headings.length })];
  }
  return cells.flatMap((cell, i) => {
    const column = headings[i] ?? null;
    if (cell.includes('\0')) return errorAt('csv.nul', { line, column });
    if (cell.includes('\uFFFD')) return errorAt('csv.lost-letter', { line, column });
    return cell.length > limits.cell ? errorAt('csv.cell-too-long', { line, column }, { length: cell.length, limit: limits.cell }) : [];
  });
}

function byHeading(headings: readonly string[], columns: Columns, cells: readonly string[]): Record<string, string> {
  const values = Object.fromEntries(headings.map((name, i) => [name, cells[i] ?? '']));
  for (const word of knownWords) {
    const heading = columns[word];
    if (heading !== undefined && heading !== word) values[word] = values[heading] ?? '';
  }
  return values;
}
