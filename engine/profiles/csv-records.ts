/**
 * Text -> records with the line each begins at. csv-parse does the splitting; what it gives up on (a quote never closed swallows
 * all that follows) is cut out here: the damaged line becomes a problem and reading resumes with the line after it.
 */
import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../contract/problem.js';
import { errorAt } from './problems.js';

export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

export type CsvRecords = { readonly records: readonly CsvRecord[]; readonly problems: readonly Problem[] };

const delimiters = [',', ';', '\t'] as const;
/** So many damaged lines are not a CSV; what follows is not read. */
const damageLimit = 200;
const recordLimit = 1 << 20;

/** Splits a whole file; cells are trimmed, rows without any value left out, line ends are LF. At most `most` records. */
export function readRecords(text: string, most: number): CsvRecords {
  const delimiter = detectDelimiter(text);
  const records: CsvRecord[] = [];
  const problems: Problem[] = [];
  let rest = text.replaceAll(/\r\n|\r/g, '\n');
  let line = 1;
  for (let width: number | undefined; rest !== '' && records.length < most;) {
    const part = readUntilDamage(rest, line, delimiter, width, most - records.length);
    for (const record of part.records) records.push(record);
    width ??= part.records[0]?.cells.length;
    if (part.damage === undefined) break;
    problems.push(errorAt(part.damage.code, { line: part.damage.line }));
    if (problems.length >= damageLimit) {
      problems.push(errorAt('csv.too-damaged', { line: part.damage.line }, { limit: damageLimit }));
      break;
    }
    const end = rest.indexOf('\n', part.damage.offset);
    line = part.damage.line + 1;
    rest = end === -1 ? '' : rest.slice(end + 1);
  }
  return { records, problems };
}

type Damage = { readonly line: number; readonly offset: number; readonly code: 'csv.quote' | 'csv.row-too-long' };

/** Reads from a line start until the end or the first damaged record. */
function readUntilDamage(text: string, firstLine: number, delimiter: string, width: number | undefined, most: number) {
  const records: CsvRecord[] = [];
  let offset = 0;
  let line = firstLine;
  let columns = width;
  let damage: Damage | undefined;
  const take = ({ record, raw }: { record: readonly string[]; raw: string }): null => {
    const blank = blankLines(raw);
    const start = { line: line + newLines(blank), offset: offset + blank.length };
    const lines = newLines(raw);
    const severalLines = newLines(raw.slice(blank.length).trimEnd()) > 0;
    if (columns !== undefined && severalLines && (record.length !== columns || swallowsRows(record, delimiter, columns))) {
      damage = { ...start, code: 'csv.quote' }; // two stray quotes make one record of the rows between them
      throw new DamageFound();
    }
    offset += raw.length;
    line += lines;
    const cells = record.map((cell) => cell.trim());
    if (cells.every((cell) => cell === '')) return null;
    columns ??= cells.length;
    records.push({ line: start.line, cells });
    if (records.length >= most) throw new DamageFound();
    return null;
  };
  try {
    parse(text, {
      delimiter,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: '\n',
      max_record_size: recordLimit,
      on_record: (entry) => take(entry as unknown as { record: readonly string[]; raw: string }), // what `raw: true` makes of it
    });
  } catch (error) {
    if (!(error instanceof DamageFound)) {
      const blank = blankLines(text.slice(offset));
      const code = error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE' ? 'csv.row-too-long' : 'csv.quote';
      damage = { line: line + newLines(blank), offset: offset + blank.length, code };
    }
  }
  return { records, damage };
}

/** Thrown out of csv-parse to stop it; never leaves this file. */
class DamageFound extends Error {}

/** True when a field's later lines look like rows: what lies between two stray quotes, when by chance it has the right width. */
function swallowsRows(record: readonly string[], delimiter: string, columns: number): boolean {
  return (
    columns > 2 &&
    record.some((cell) =>
      cell
        .split('\n')
        .slice(1)
        .some((line) => line.split(delimiter).length >= columns),
    )
  );
}

/** The one that splits the heading row into most parts; what stands in quotes does not count. */
function detectDelimiter(text: string): string {
  const start = text.search(/[^\r\n]/);
  const end = start === -1 ? -1 : text.slice(start, start + 65_536).search(/[\r\n]/);
  const heading = text.slice(Math.max(0, start), end === -1 ? start + 65_536 : start + end).replaceAll(/"[^"]*"/g, '');
  const counts = delimiters.map((delimiter) => heading.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

function blankLines(text: string): string {
  return /^(?:[ \t]*\n)*/.exec(text)?.[0] ?? '';
}

function newLines(text: string): number {
  return text.split('\n').length - 1;
}
