/**
 * CSV -> rows (RFC 4180 as spreadsheets write it): comma, semicolon or tab, whichever the heading row uses.
 *
 * Line numbers stay true whatever is in between: empty lines, quoted fields of several lines, damaged quotes. A row that is damaged
 * costs itself alone: reading goes on with the next line.
 */
import type { Problem } from '../contract/problem.js';
import { readRecords, type CsvRecord } from './csv-records.js';
import { decodeText } from './encoding.js';
import { errorAt } from './problems.js';

/** One line of the CSV, not judged yet: every column by its heading, trimmed. */
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
  /** What the bytes were read as; null when they could not be. */
  readonly encoding: string | null;
  readonly problems: readonly Problem[];
};

/** Headings with a meaning of their own, in any case. */
export const knownWords = ['mac', 'model', 'serial', 'name', 'extension'] as const;

/** More is not a work order but a mistake. */
const limits = { bytes: 16 << 20, rows: 50_000, columns: 1000, cell: 16_384 } as const;

/** Reads a CSV; never throws. `encoding` is needed only when the bytes are not UTF-8 and carry no mark. */
export function readCsv(bytes: Uint8Array, { encoding }: { readonly encoding?: string } = {}): ReadCsv {
  if (bytes.length > limits.bytes) return nothing(errorAt('csv.too-large', {}, { bytes: bytes.length, limit: limits.bytes }));
  const decoded = decodeText(bytes, encoding);
  if (!decoded.ok) return nothing(errorAt(decoded.code, {}, encoding === undefined ? {} : { encoding: encoding.slice(0, 40) }));

  const { records, problems } = readRecords(decoded.text, limits.rows + 2);
  const [first, ...rest] = records;
  const damaged = problems.find(({ line }) => first === undefined || (line ?? 0) < first.line);
  if (damaged !== undefined) return { ...nothing(damaged), encoding: decoded.encoding };
  if (first === undefined) return { ...nothing(errorAt('csv.empty')), encoding: decoded.encoding };
  const headings = first.cells.map(heading);
  const all = [...checkHeadings(headings, first), ...problems];
  if (rest.length > limits.rows) all.push(errorAt('csv.too-many-rows', { line: first.line }, { limit: limits.rows }));

  const numbered = [...rest.map(({ line }) => line), ...problems.flatMap(({ line }) => line ?? [])].sort((a, b) => a - b);
  const numbers = new Map(numbered.map((line, i) => [line, i + 1]));
  const rows: RawRow[] = [];
  for (const record of rest.slice(0, limits.rows)) {
    const found = checkCells(record, headings);
    all.push(...found);
    if (found.length === 0) rows.push({ row: numbers.get(record.line) ?? 0, line: record.line, values: byHeading(headings, record.cells) });
  }
  return { rows, headings, encoding: decoded.encoding, problems: all };
}

function nothing(problem: Problem): ReadCsv {
  return { rows: [], headings: [], encoding: null, problems: [problem] };
}

function heading(text: string): string {
  const lower = text.toLowerCase();
  return knownWords.find((word) => word === lower) ?? text;
}

function checkHeadings(headings: readonly string[], { line }: CsvRecord): Problem[] {
  const problems: Problem[] = [];
  if (headings.length > limits.columns)
    problems.push(errorAt('csv.too-many-columns', { line }, { columns: headings.length, limit: limits.columns }));
  const seen = new Set<string>();
  headings.forEach((name, i) => {
    if (name === '') problems.push(errorAt('csv.heading-empty', { line }, { position: i + 1 }));
    else if (name.includes('\0')) problems.push(errorAt('csv.nul', { line }, { position: i + 1 }));
    else if (seen.has(name)) problems.push(errorAt('csv.heading-twice', { line, column: name }));
    seen.add(name);
  });
  if (!seen.has('model')) problems.push(errorAt('csv.heading-missing', { line, column: 'model' }));
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
    return cell.length > limits.cell ? errorAt('csv.cell-too-long', { line, column }, { length: cell.length, limit: limits.cell }) : [];
  });
}

function byHeading(headings: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(headings.map((name, i) => [name, cells[i] ?? '']));
}
