/** The list as it is shown: every line with what is wrong in it, lines that could not be read among them. Pure. */
import { knownWords } from '../../engine/contract/columns.js';
import type { Reading } from '../stores/draft.js';

export type Problem = Reading['problems'][number];
type DraftRow = Reading['rows'][number];

export type Line = {
  readonly line: number;
  /** Null where the line could not be read. */
  readonly row: DraftRow | null;
  readonly problems: readonly Problem[];
  readonly worst: 'error' | 'warning' | 'none';
};

/** What is wrong with the list or the recipe as a whole. */
export function wholeProblems({ problems }: Reading): readonly Problem[] {
  return problems.filter(isWhole).toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

export function linesOf({ rows, problems }: Reading): readonly Line[] {
  const found = new Map<number, Problem[]>();
  for (const problem of problems) {
    if (problem.line === null || isWhole(problem) || isOrdinary(problem)) continue;
    const already = found.get(problem.line);
    if (already === undefined) found.set(problem.line, [problem]);
    else already.push(problem);
  }
  const read = new Map(rows.map((row) => [row.line, row]));
  const numbers = new Set([...read.keys(), ...found.keys()]);
  return [...numbers]
    .toSorted((a, b) => a - b)
    .map((line) => {
      const mine = found.get(line) ?? [];
      const worst = mine.some(({ severity }) => severity === 'error') ? 'error' : mine.length > 0 ? 'warning' : 'none';
      return { line, row: read.get(line) ?? null, problems: mine, worst };
    });
}

export type Shown = 'all' | 'errors' | 'warnings';

/** `errors`: lines that must be mended; `warnings`: those with anything worth a look, errors left aside. */
export function filterLines(lines: readonly Line[], shown: Shown): readonly Line[] {
  if (shown === 'all') return lines;
  if (shown === 'errors') return lines.filter(({ worst }) => worst === 'error');
  return lines.filter(({ problems }) => problems.some(({ severity }) => severity === 'warning'));
}

/** Rows that would be prepared. */
export function servable({ rows, badLines }: Reading, skipBad: boolean): number {
  return skipBad ? rows.filter(({ line }) => !badLines.includes(line)).length : rows.length;
}

/** The recipe takes a value from a column that a person may have to point out. */
export function lacksKnown({ problems }: Reading): boolean {
  return problems.some(({ code, params }) => code === 'recipe.missing-column' && knownWords.some((word) => word === params['column']));
}

/** A problem of the recipe has a line too, but of another file. */
function isWhole({ line, params }: Problem): boolean {
  return line === null || params['file'] === 'recipe';
}

/** A heading read by its spelling, which the table of the columns says too; a column of passwords is worth a look all the same. */
function isOrdinary({ code, params }: Problem): boolean {
  return code === 'csv.column-taken' && params['word'] !== 'sip_password' && params['word'] !== 'admin_password';
}
