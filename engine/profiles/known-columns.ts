/**
 * Which column is which: by what a person or the recipe says, else by the heading. Nothing is guessed: a heading is one of the words known
 * or it is not, and what was taken for what is said. What a column only looks like is proposed, never taken.
 */
import { parseMac } from '../contract/mac.js';
import type { Problem } from '../contract/problem.js';
import { type KnownWord, knownWords } from '../contract/columns.js';
import { canonical, wordsOf } from './column-words.js';
import { errorAt, warningAt } from './problems.js';

/** By known word, the heading of the column that holds it; empty where a person says that none does. */
export type Columns = Readonly<Partial<Record<KnownWord, string>>>;

/** How a column came to be what it was taken for. */
export type TakenBy = 'said' | 'heading' | 'spelling';

export type TakenColumns = {
  /** Only those that are there. */
  readonly columns: Columns;
  readonly by: Readonly<Partial<Record<KnownWord, TakenBy>>>;
  readonly problems: readonly Problem[];
};

/**
 * What was said first, then a heading that is a known word, then one that is another spelling of it. Two columns that could be the same
 * thing are an error, for only a person knows which is meant.
 */
export function takeColumns(headings: readonly string[], said: Columns, line: number): TakenColumns {
  const columns: Partial<Record<KnownWord, string>> = {};
  const by: Partial<Record<KnownWord, TakenBy>> = {};
  const problems: Problem[] = [];
  const spelled = wordsOf(headings);
  const named = new Set(Object.values(said));
  for (const word of knownWords) {
    const wanted = said[word];
    if (wanted === '') continue;
    if (wanted !== undefined) {
      const found = headings.find((each) => each === wanted) ?? headings.find((each) => canonical(each) === canonical(wanted));
      if (found === undefined) problems.push(errorAt('csv.column-missing', { line, column: wanted }, { word }));
      else [columns[word], by[word]] = [found, 'said'];
      continue;
    }
    const free = headings.filter((each) => !named.has(each));
    const exact = free.filter((each) => each.toLowerCase() === word && spelled.get(each) === word);
    const [own, ...others] = exact.length > 0 ? exact : free.filter((each) => spelled.get(each) === word);
    if (own === undefined) continue;
    columns[word] = own;
    by[word] = own.toLowerCase() === word ? 'heading' : 'spelling';
    if (by[word] === 'heading') continue;
    if (others.length > 0) problems.push(errorAt('csv.column-ambiguous', { line, column: own }, { word, other: others[0] ?? '' }));
    else problems.push(warningAt('csv.column-taken', { line, column: own }, { word }));
  }
  return { columns, by, problems };
}

/** What a column holds by the look of its values; a proposal to a person, who decides. */
export type Look = 'mac' | 'model' | 'serial';

/**
 * Columns most of whose values look like the same thing, of those that nothing names. `isModel` says whether a text is a model of the family.
 * Rows whose MAC stands in a column nobody named would be served as phones nobody knows the MAC of.
 */
export function looksOf(
  headings: readonly string[],
  columns: Columns,
  rows: readonly { readonly values: Readonly<Record<string, string>> }[],
  isModel: (text: string) => boolean,
): ReadonlyMap<string, Look> {
  const taken = new Set(Object.values(columns));
  const looks = new Map<string, Look>();
  const tests: readonly (readonly [Look, (cell: string) => boolean])[] = [
    ['mac', (cell) => parseMac(cell) !== undefined && !/^\d{12}$/.test(cell)],
    ['model', isModel],
    ['serial', (cell) => /^[A-Z]{3}\d{4}[0-9A-Z]{4}$/i.test(cell)],
  ];
  for (const heading of headings) {
    if (heading === '' || taken.has(heading)) continue;
    const [look] = tests.find(([, test]) => isFullOf(heading, rows, test)) ?? [];
    if (look !== undefined && columns[look] === undefined) looks.set(heading, look);
  }
  return looks;
}

/** More than half of the filled cells pass, for a list with a damaged MAC is still one. Gives up early where nearly none does. */
function isFullOf(
  heading: string,
  rows: readonly { readonly values: Readonly<Record<string, string>> }[],
  test: (cell: string) => boolean,
): boolean {
  let passed = 0;
  let failed = 0;
  for (const { values } of rows) {
    const cell = values[heading] ?? '';
    if (cell === '') continue;
    if (test(cell)) passed += 1;
    else failed += 1;
    if (failed > enoughFailed && failed > passed) return false;
  }
  return passed > failed;
}

/** So many cells that fail, and more than pass, are no such column. */
const enoughFailed = 20;

const lookCodes: Readonly<Partial<Record<Look, string>>> = { mac: 'csv.column-like-mac', model: 'csv.column-like-model' };

/** A column full of MACs or of models that nothing names, where one is missing: an error, until a person says what it is. */
export function unnamed(looks: ReadonlyMap<string, Look>, line: number): Problem[] {
  return [...looks].flatMap(([heading, look]) => {
    const code = lookCodes[look];
    return code === undefined ? [] : errorAt(code, { line, column: heading });
  });
}
