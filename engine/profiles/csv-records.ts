/**
 * Text -> records with the line each begins at (RFC 4180, section 2). A line without a quotation mark is cut at its delimiters; only one
 * with quotes is read sign by sign.
 *
 * A damaged record costs itself alone: a quote that is out of place or never closed becomes a problem of its line, and reading resumes
 * with the next one. (ADR-0024 says why the splitting is ours.)
 */
import type { Problem } from '../contract/problem.js';
import { errorAt } from './problems.js';
import type { Steps } from './slices.js';

export type CsvRecord = {
  readonly line: number;
  /** Trimmed, for blanks around a value are nobody's wish. */
  readonly cells: readonly string[];
};

/** Values of one column that had blanks around them: where the first stands, and how many. */
type Padded = { readonly line: number; readonly cells: number };

export type CsvRecords = {
  readonly records: readonly CsvRecord[];
  readonly problems: readonly Problem[];
  /** By place of the column, from 0. */
  readonly padded: ReadonlyMap<number, Padded>;
};

const delimiters = [',', ';', '\t'] as const;
/** So many damaged lines are not a CSV; what follows is not read. */
const damageLimit = 200;
const recordLimit = 1 << 20;
/** Lines between two places where the work may be interrupted. */
const linesPerStep = 256;

/** Splits a whole file; rows without any value are left out, line ends are LF. At most `most` records. */
export function* readRecords(text: string, most: number): Steps<CsvRecords> {
  return yield* new Reader(text.includes('\r') ? text.replaceAll(/\r\n|\r/g, '\n') : text, most).read();
}

class Reader {
  readonly #text: string;
  readonly #most: number;
  readonly #records: CsvRecord[] = [];
  readonly #problems: Problem[] = [];
  readonly #padded = new Map<number, { line: number; cells: number }>();
  #delimiter = ',';
  #width: number | undefined;

  constructor(text: string, most: number) {
    this.#text = text;
    this.#most = most;
  }

  *read(): Steps<CsvRecords> {
    const start = this.#begin();
    let { offset } = start;
    for (let line = start.line, lines = 0; offset < this.#text.length && this.#records.length < this.#most; lines += 1) {
      if (lines % linesPerStep === linesPerStep - 1) yield;
      const end = this.#endOfLine(offset);
      const written = this.#text.slice(offset, end);
      const record = written.includes('"') ? this.#quoted(offset) : { cells: written.split(this.#delimiter), end };
      const code = 'code' in record ? record.code : end - offset > recordLimit ? 'csv.row-too-long' : undefined;
      if (code !== undefined) {
        this.#problems.push(errorAt(code, { line }));
        if (this.#problems.length >= damageLimit) {
          this.#problems.push(errorAt('csv.too-damaged', { line }, { limit: damageLimit }));
          break;
        }
        offset = end + 1;
        line += 1;
        continue;
      }
      if ('cells' in record) this.#take(record.cells, line);
      const after = 'end' in record ? record.end : end;
      line += 1 + (after === end ? 0 : newLines(this.#text.slice(offset, after)));
      offset = after + 1;
    }
    return { records: this.#records, problems: this.#problems, padded: this.#padded };
  }

  /** Past blank lines and the line `sep=;`, by which spreadsheets tell each other the delimiter. */
  #begin(): { readonly offset: number; readonly line: number } {
    const blank = /^(?:[ \t]*\n)*/.exec(this.#text)?.[0] ?? '';
    const said = /^sep=([^\n])[ \t]*(?:\n|$)/i.exec(this.#text.slice(blank.length, blank.length + 64));
    const offset = blank.length + (said?.[0].length ?? 0);
    const heading = this.#text.slice(offset, Math.min(this.#endOfLine(offset), offset + 65_536));
    this.#delimiter = said?.[1] ?? detectDelimiter(heading);
    return { offset, line: newLines(this.#text.slice(0, offset)) + 1 };
  }

  #take(written: readonly string[], line: number): void {
    const cells = written.map(trimmed);
    if (cells.every((cell) => cell === '')) return;
    cells.forEach((cell, place) => {
      if (cell === '' || cell.length === written[place]?.length) return;
      const known = this.#padded.get(place);
      if (known === undefined) this.#padded.set(place, { line, cells: 1 });
      else known.cells += 1;
    });
    this.#width ??= cells.length;
    this.#records.push({ line, cells });
  }

  /** A record with quotes in it, perhaps of several lines. */
  #quoted(
    start: number,
  ): { readonly cells: readonly string[]; readonly end: number } | { readonly code: 'csv.quote' | 'csv.row-too-long' } {
    const text = this.#text;
    const cells: string[] = [];
    const lastStart = start + recordLimit;
    for (let at = start; ;) {
      const field = text[at] === '"' ? this.#quotedField(at, lastStart) : this.#plainField(at);
      if ('code' in field) return field;
      cells.push(field.value);
      at = field.end + 1;
      if (text[field.end] === this.#delimiter) continue;
      const several = text.slice(start, field.end).trimEnd().includes('\n');
      return several && this.#isSwallowing(cells) ? { code: 'csv.quote' } : { cells, end: field.end };
    }
  }

  #quotedField(start: number, last: number): Field {
    const text = this.#text;
    for (let at = start + 1; ;) {
      const close = text.indexOf('"', at);
      if (close === -1) return { code: text.length > last ? 'csv.row-too-long' : 'csv.quote' };
      if (close > last) return { code: 'csv.row-too-long' };
      if (text[close + 1] === '"') {
        at = close + 2;
        continue;
      }
      const end = close + 1;
      const isClosed = end === text.length || text[end] === this.#delimiter || text[end] === '\n';
      return isClosed ? { value: text.slice(start + 1, close).replaceAll('""', '"'), end } : { code: 'csv.quote' };
    }
  }

  #plainField(start: number): Field {
    const line = this.#endOfLine(start);
    const delimiter = this.#text.indexOf(this.#delimiter, start);
    const end = delimiter === -1 || delimiter > line ? line : delimiter;
    const value = this.#text.slice(start, end);
    return value.includes('"') ? { code: 'csv.quote' } : { value, end };
  }

  /** Two stray quotes make one record of the rows between them: it has another width, or lines within that look like rows. */
  #isSwallowing(cells: readonly string[]): boolean {
    const width = this.#width;
    if (width === undefined) return false;
    if (cells.length !== width) return true;
    const looksLikeRow = (line: string): boolean => line.split(this.#delimiter).length >= width;
    return width > 2 && cells.some((cell) => cell.split('\n').slice(1).some(looksLikeRow));
  }

  #endOfLine(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end === -1 ? this.#text.length : end;
  }
}

type Field = { readonly value: string; readonly end: number } | { readonly code: 'csv.quote' | 'csv.row-too-long' };

/** Without blanks around it, those nobody sees (zero width, byte-order marks of pasted parts) among them. */
function trimmed(cell: string): string {
  const visible = cell.trim();
  return /^[\u200b\u2060\ufeff]|[\u200b\u2060\ufeff]$/.test(visible)
    ? visible.replaceAll(/^[\s\u200b\u2060]+|[\s\u200b\u2060]+$/g, '')
    : visible;
}

/** The one that splits the heading row into most parts; what stands in quotes does not count. */
function detectDelimiter(heading: string): string {
  const plain = heading.replaceAll(/"[^"]*"/g, '');
  const counts = delimiters.map((delimiter) => plain.split(delimiter).length);
  const most = Math.max(...counts);
  // What databases export; a heading may hold one by right, so only where there is nothing else.
  if (most === 1 && plain.includes('|')) return '|';
  return delimiters[counts.indexOf(most)] ?? ',';
}

function newLines(text: string): number {
  return text.split('\n').length - 1;
}
