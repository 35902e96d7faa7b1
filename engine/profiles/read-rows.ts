/** Raw rows -> rows of a job: each known column read as its kind is, the recipe tried on every row, and what rows have in common told. */
import type { Problem } from '../contract/problem.js';
import type { Alike, Pack } from '../phones/pack.js';
import type { KnownWord } from '../contract/columns.js';
import { activationProblems } from './activation-column.js';
import type { RawRow } from './csv.js';
import { duplicateMacs, duplicateNumbers } from './duplicates.js';
import type { Recipe, Row } from './job.js';
import type { Columns } from './known-columns.js';
import { readMac } from './mac-column.js';
import { lostZeros, readNumber } from './number-column.js';
import { errorAt, isAboutRecipe, shown, warningAt } from './problems.js';
import type { Steps } from './slices.js';

export type ReadRows = { readonly rows: readonly Row[]; readonly problems: readonly Problem[] };

/** What the recipe made of rows, for whoever makes files of them next. */
export type Kept = Map<Row, Alike>;

const rowsPerStep = 32;
const numberWords = ['extension', 'user'] as const;

/** Reads every row; one with an error may be among `rows` all the same, for the caller knows which lines are bad. */
export function* readRows(raw: readonly RawRow[], columns: Columns, recipe: Recipe, pack: Pack, keep?: Kept): Steps<ReadRows> {
  const rows: Row[] = [];
  const macs: Pick<Row, 'mac' | 'line'>[] = [];
  const problems: Problem[] = [];
  const read = rowReader(columns, recipe, pack, keep);
  for (const [index, each] of raw.entries()) {
    if (index % rowsPerStep === rowsPerStep - 1) yield;
    const { row, mac, found } = read(each);
    macs.push({ mac, line: each.line });
    if (row !== undefined) rows.push(row);
    for (const problem of found) problems.push(problem);
  }
  yield;
  problems.push(...duplicateMacs(macs, columns.mac ?? 'mac'));
  for (const word of numberWords) {
    const heading = columns[word];
    if (heading === undefined) continue;
    problems.push(
      ...lostZeros(
        rows.map(({ values, line }) => ({ text: values[word] ?? '', line })),
        heading,
      ),
    );
    yield;
    problems.push(...duplicateNumbers(rows, word, heading));
  }
  if (columns.activation_code !== undefined) problems.push(...activationProblems(rows, columns.activation_code));
  return { rows, problems };
}

type ReadRow = { readonly row?: Row; readonly mac: Row['mac']; readonly found: readonly Problem[] };

function rowReader(columns: Columns, recipe: Recipe, pack: Pack, keep: Kept | undefined): (raw: RawRow) => ReadRow {
  const isPlausible = (mac: NonNullable<Row['mac']>): boolean => pack.recognise({ mac }).kind !== 'stranger';
  const macHeading = columns.mac ?? 'mac';
  return ({ row, line, values: written }) => {
    const { mac, problems } = readMac(written['mac'] ?? '', line, isPlausible);
    const found: Problem[] = macHeading === 'mac' ? [...problems] : problems.map((each) => ofColumn(each, macHeading));
    const { values, problems: ofNumbers } = readNumbers(written, line, columns);
    found.push(...ofNumbers);
    const { model, problems: ofModel } = readModelCell(written['model'] ?? '', line, columns.model ?? 'model', pack);
    found.push(...ofModel);
    if (model === undefined) return { mac, found };
    const candidate: Row = { row, line, mac, model, values };
    const applied = pack.compile(recipe, candidate);
    for (const each of applied.problems) if (!isAboutRecipe(each)) found.push(each);
    const alike = keep === undefined ? undefined : applied.alike;
    if (alike !== undefined) keep?.set(candidate, alike);
    return { row: candidate, mac, found };
  };
}

function ofColumn({ line, code, severity, params, suggestion }: Problem, column: string): Problem {
  return { line, column, code, severity, params, suggestion };
}

function readModelCell(cell: string, line: number, column: string, pack: Pack): { model?: string; problems: readonly Problem[] } {
  if (cell === '') return { problems: [errorAt('model.missing', { line, column })] };
  const bare = cell.replaceAll(/^["'\u2018\u2019\u201c\u201d\u201e]+|["'\u2018\u2019\u201c\u201d]+$/g, '');
  const { model, suggestion } = { suggestion: null, ...pack.readModel(bare) };
  if (model === undefined) return { problems: [errorAt('model.unknown', { line, column, suggestion }, { value: shown(cell) })] };
  if (bare !== cell) return { model, problems: [warningAt('model.quotes', { line, column }, { value: shown(cell) })] };
  return {
    model,
    problems: bare.normalize('NFKC') === bare ? [] : [warningAt('model.full-width', { line, column }, { value: shown(cell) })],
  };
}

/** The columns of numbers as they are meant, under their own heading and under the known word. */
function readNumbers(values: Row['values'], line: number, columns: Columns): { values: Row['values']; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const read: Record<string, string> = {};
  for (const word of numberWords satisfies readonly KnownWord[]) {
    const heading = columns[word];
    if (heading === undefined) continue;
    const cell = values[word] ?? values[heading] ?? '';
    const { text, problems: found } = readNumber(cell, line, heading);
    problems.push(...found);
    if (text !== cell) read[heading] = read[word] = text;
  }
  return { values: problems.length === 0 ? values : { ...values, ...read }, problems };
}
