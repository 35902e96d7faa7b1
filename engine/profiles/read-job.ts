/** A CSV and a recipe -> the rows of a job, every one of them tried on the recipe (design: a CSV and a recipe). */
import type { Problem } from '../contract/problem.js';
import type { Pack } from '../phones/pack.js';
import { packNamed } from '../phones/packs.js';
import { type RawRow, readCsv } from './csv.js';
import type { Recipe, Row } from './job.js';
import { findDuplicates, readMac } from './mac-column.js';
import { errorAt, isAboutRecipe, shown } from './problems.js';
import { defaultRecipe, readRecipe, type ReadTemplate } from './recipe.js';

export type ReadJob = {
  /** Absent when the recipe has an error. */
  readonly recipe?: Recipe;
  readonly headings: readonly string[];
  /** The rows that can be served: those without an error. */
  readonly rows: readonly Row[];
  /** Of the recipe first, then of the CSV by line. */
  readonly problems: readonly Problem[];
  /** Lines of the CSV with an error. They stop the job unless the person says to leave them out. */
  readonly bad: ReadonlySet<number>;
  /** True when something is wrong with the whole (the recipe, the headings, the encoding): nothing can be served, whatever is left out. */
  readonly fatal: boolean;
};

export type JobOptions = { readonly encoding?: string; readonly readTemplate?: ReadTemplate };

/** Reads both files and checks every row; never throws. Without a recipe the columns named like parameters say everything. */
export function readJob(csv: Uint8Array, recipeText?: string, { encoding, readTemplate }: JobOptions = {}): ReadJob {
  const read =
    recipeText === undefined
      ? { recipe: defaultRecipe(), problems: [] }
      : readRecipe(recipeText, readTemplate === undefined ? {} : { readTemplate });
  const trial = read.recipe ?? defaultRecipe(); // a CSV is checked as far as it goes without its recipe
  const pack = packNamed(trial.phones);
  const table = readCsv(csv, { columns: trial.columns ?? {}, ...(encoding === undefined ? {} : { encoding }) });
  if (pack === undefined) throw new Error(`a recipe was read for a pack that is not there: ${trial.phones}`);

  const hasColumns = table.headings.length > 0; // of a list that cannot be read nothing can be said to lack
  const forColumns = read.recipe === undefined || !hasColumns ? [] : pack.checkColumns(read.recipe, table.headings, table.columns);
  const isTable = !table.problems.some(isFatal);
  const { rows, problems } = readRows(isTable ? table.rows : [], trial, pack);
  const ofCsv = [...table.problems, ...forColumns.filter((each) => !isAboutRecipe(each)), ...problems].toSorted(
    (a, b) => (a.line ?? 0) - (b.line ?? 0),
  );
  const all = [...read.problems, ...forColumns.filter(isAboutRecipe), ...ofCsv];

  const errors = all.filter(({ severity }) => severity === 'error');
  const bad = new Set(errors.flatMap((each) => (isAboutRecipe(each) || each.line === null ? [] : [each.line])));
  const fatal = errors.some(isFatal);
  return {
    ...(read.recipe === undefined ? {} : { recipe: read.recipe }),
    headings: table.headings,
    rows: fatal ? [] : rows.filter(({ line }) => !bad.has(line)),
    problems: all,
    bad,
    fatal,
  };
}

/** Wrong for all rows alike. */
function isFatal(problem: Problem): boolean {
  const { code, line, severity } = problem;
  return (
    severity === 'error' &&
    (isAboutRecipe(problem) ||
      line === null ||
      /^(?:csv\.(?:heading|column-(?:ambiguous|missing|like)|no-rows|too-many-[rc])|recipe\.)/.test(code))
  );
}

function readRows(raw: readonly RawRow[], recipe: Recipe, pack: Pack): { rows: Row[]; problems: Problem[] } {
  const rows: Row[] = [];
  const macs: Pick<Row, 'mac' | 'line'>[] = [];
  const problems: Problem[] = [];
  const isPlausible = (mac: NonNullable<Row['mac']>): boolean => pack.recognise({ mac }).kind !== 'stranger';
  for (const { row, line, values } of raw) {
    const { mac, problems: ofMac } = readMac(values['mac'] ?? '', line, isPlausible);
    macs.push({ mac, line });
    const found = [...ofMac];
    const written = values['model'] ?? '';
    const model = pack.readModel(written);
    if (written === '') found.push(errorAt('model.missing', { line, column: 'model' }));
    else if (model.model === undefined)
      found.push(errorAt('model.unknown', { line, column: 'model', suggestion: model.suggestion }, { value: shown(written) }));
    if (model.model !== undefined) {
      const candidate: Row = { row, line, mac, model: model.model, values };
      found.push(...pack.compile(recipe, candidate).problems.filter((each) => !isAboutRecipe(each)));
      rows.push(candidate);
    }
    problems.push(...found);
  }
  return { rows, problems: [...problems, ...findDuplicates(macs)] };
}
