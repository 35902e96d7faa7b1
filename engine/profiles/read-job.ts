/** A CSV and a recipe -> the rows of a job, every one of them tried on the recipe (design: a CSV and a recipe). */
import type { Problem } from '../contract/problem.js';
import type { Pack } from '../phones/pack.js';
import { packNamed } from '../phones/packs.js';
import { type KnownWord, knownWords } from '../contract/columns.js';
import { csvSteps, type RawRow, type ReadCsv } from './csv.js';
import type { Recipe, Row } from './job.js';
import { type Columns, type Look, looksOf, type TakenBy, unnamed } from './known-columns.js';
import { isAboutRecipe } from './problems.js';
import { type Kept, readRows } from './read-rows.js';
import { defaultRecipe, recipeSteps, type ReadTemplate } from './recipe.js';
import { finish, type Steps } from './slices.js';

/** One column of the list: what it was taken for, and what becomes of it. */
export type ColumnRole = {
  readonly heading: string;
  /** The known word it was taken for. */
  readonly word: KnownWord | null;
  /** How that was known: a person or the recipe said so, its heading is the word, or another spelling of it. */
  readonly by: TakenBy | null;
  /** A phone's parameter is called so, or the recipe takes it; null: nothing uses it but the board. */
  readonly use: 'parameter' | 'recipe' | null;
  /** What its values look like, where nobody has said what it is. */
  readonly looks: Look | null;
};

export type ReadJob = {
  /** Absent when the recipe has an error. */
  readonly recipe?: Recipe;
  readonly headings: readonly string[];
  /** By known word, the heading that holds it. */
  readonly columns: Columns;
  readonly roles: readonly ColumnRole[];
  /** Every row as it is written, those that cannot be served among them. */
  readonly written: readonly RawRow[];
  /** The rows that can be served: those without an error. */
  readonly rows: readonly Row[];
  /** Of the recipe first, then of the CSV by line. */
  readonly problems: readonly Problem[];
  /** Lines of the CSV with an error. They stop the job unless the person says to leave them out. */
  readonly bad: ReadonlySet<number>;
  /** True when something is wrong with the whole (the recipe, the headings, the encoding): nothing can be served, whatever is left out. */
  readonly fatal: boolean;
};

export type JobOptions = {
  readonly encoding?: string;
  readonly readTemplate?: ReadTemplate;
  /** Which column is which, as a person says; outweighs the recipe. */
  readonly columns?: Columns;
  /** Takes what the recipe made of each row that is like others; not kept unless asked for. */
  readonly keep?: Kept;
};

/** Reads both files and checks every row; never throws. Without a recipe the columns named like parameters say everything. */
export function readJob(csv: Uint8Array, recipeText?: string, options: JobOptions = {}): ReadJob {
  return finish(jobSteps(csv, recipeText, options));
}

/** The same, to be done in slices. */
export function* jobSteps(
  csv: Uint8Array,
  recipeText?: string,
  { encoding, readTemplate, columns, keep }: JobOptions = {},
): Steps<ReadJob> {
  const read =
    recipeText === undefined
      ? { recipe: defaultRecipe(), problems: [] }
      : yield* recipeSteps(recipeText, readTemplate === undefined ? {} : { readTemplate });
  yield;
  const trial = read.recipe ?? defaultRecipe(); // a CSV is checked as far as it goes without its recipe
  const pack = packNamed(trial.phones);
  if (pack === undefined) throw new Error(`a recipe was read for a pack that is not there: ${trial.phones}`);
  const table = yield* csvSteps(csv, {
    columns: withSaid(trial.columns ?? {}, columns ?? {}),
    ...(encoding === undefined ? {} : { encoding }),
  });
  yield;

  const looks = looksOf(table.headings, table.columns, table.rows, (text) => pack.readModel(text).model !== undefined);
  const ofTable = withProposals(table, looks);
  const hasColumns = table.headings.length > 0; // of a list that cannot be read nothing can be said to lack
  const forColumns =
    read.recipe === undefined || !hasColumns ? [] : pack.checkColumns(read.recipe, table.headings, table.columns).map(onLine(table));
  const isTable = !ofTable.some(isFatal);
  const { rows, problems } = yield* readRows(isTable ? table.rows : [], table.columns, trial, pack, keep);
  yield;
  const ofCsv = [...ofTable, ...forColumns.filter((each) => !isAboutRecipe(each)), ...problems].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0),
  );
  const all = [...read.problems, ...forColumns.filter(isAboutRecipe), ...ofCsv];

  const errors = all.filter(({ severity }) => severity === 'error');
  const bad = new Set(errors.flatMap((each) => (isAboutRecipe(each) || each.line === null ? [] : [each.line])));
  const fatal = errors.some(isFatal);
  return {
    ...(read.recipe === undefined ? {} : { recipe: read.recipe }),
    headings: table.headings,
    columns: table.columns,
    roles: rolesOf(table, trial, pack, looks),
    written: table.rows,
    rows: fatal ? [] : rows.filter(({ line }) => !bad.has(line)),
    problems: all,
    bad,
    fatal,
  };
}

/** What a person says of a column outweighs what the recipe says of the same column or the same word. */
function withSaid(recipe: Columns, person: Columns): Columns {
  const taken = new Set(Object.values(person).filter((heading) => heading !== ''));
  return { ...Object.fromEntries(Object.entries(recipe).filter(([, heading]) => !taken.has(heading))), ...person };
}

/** That a column is missing is better said by the one that looks like it. */
function withProposals(table: ReadCsv, looks: ReadonlyMap<string, Look>): readonly Problem[] {
  const proposals = unnamed(looks, table.headingLine);
  const isModel = proposals.some(({ code }) => code === 'csv.column-like-model');
  return [...table.problems.filter(({ code }) => !isModel || code !== 'csv.heading-missing'), ...proposals];
}

/** What is said of the headings stands where they stand. */
function onLine({ headingLine }: ReadCsv): (problem: Problem) => Problem {
  return (problem) => (isAboutRecipe(problem) || problem.line !== 1 ? problem : { ...problem, line: headingLine });
}

function rolesOf({ headings, columns, by }: ReadCsv, recipe: Recipe, pack: Pack, looks: ReadonlyMap<string, Look>): readonly ColumnRole[] {
  return headings.map((heading) => {
    const word = knownWords.find((each) => columns[each] === heading) ?? null;
    const names = word === null ? [heading] : [heading, word];
    return {
      heading,
      word,
      by: (word === null ? undefined : by[word]) ?? null,
      use: pack.columnUse(recipe, names),
      looks: looks.get(heading) ?? null,
    };
  });
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
