/** Short ways to state a problem of a CSV or of a recipe. */
import type { Params, Problem } from '../contract/problem.js';

type Where = { readonly line?: number | null; readonly column?: string | null; readonly suggestion?: string | null };

export function errorAt(code: string, where: Where = {}, params: Params = {}): Problem {
  return problem('error', code, where, params);
}

export function warningAt(code: string, where: Where = {}, params: Params = {}): Problem {
  return problem('warning', code, where, params);
}

/** `params.file` of a problem whose line is one of the recipe, not of the CSV. */
const inRecipe: Params = { file: 'recipe' };

/** A problem of the recipe at a key path; its line is looked up among the recipe's lines, the nearest known parent's otherwise. */
export function recipeProblem(
  severity: Problem['severity'],
  code: string,
  path: string,
  lines: Readonly<Record<string, number>>,
  params: Params = {},
  suggestion: string | null = null,
): Problem {
  return problem(severity, code, { line: lineOf(path, lines), column: path === '' ? null : path, suggestion }, { ...inRecipe, ...params });
}

/** An error of the recipe as a file, where there are no key paths yet. */
export function recipeFileError(code: string, line: number | null, suggestion: string | null = null): Problem {
  return problem('error', code, { line, suggestion }, inRecipe);
}

/** True for a problem of the recipe: its line counts lines of that file. */
export function isAboutRecipe({ params }: Problem): boolean {
  return params['file'] === 'recipe';
}

/** What a person typed, short enough to be shown. */
export function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function lineOf(path: string, lines: Readonly<Record<string, number>>): number | null {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const line = Object.hasOwn(lines, at) ? lines[at] : undefined;
    if (line !== undefined) return line;
  }
  return null;
}

function problem(
  severity: Problem['severity'],
  code: string,
  { line = null, column = null, suggestion = null }: Where,
  params: Params,
): Problem {
  return { line, column, code, severity, params, suggestion };
}
