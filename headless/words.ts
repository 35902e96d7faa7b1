/** The words of the command line: what a code means and what to do. */
import { builderTexts } from '../engine/contract/english/builders.js';
import { asOnLabel, describe } from '../engine/contract/english/describe.js';
import { importTexts } from '../engine/contract/english/imports.js';
import { parameterTexts } from '../engine/contract/english/parameters.js';
import { phoneTexts } from '../engine/contract/english/phones.js';
import { problemTexts } from '../engine/contract/english/problems.js';
import { templateTexts } from '../engine/contract/english/templates.js';
import type { Params, Problem, Refusal } from '../engine/contract/problem.js';
import { checkTexts } from './words/checks.js';
import { refusalTexts } from './words/refusals.js';
import { remedyTexts } from './words/remedies.js';
import { usageTexts, ways } from './words/ways.js';

/** Every text by its code. */
export const texts: Readonly<Record<string, string>> = {
  ...phoneTexts,
  ...problemTexts,
  ...parameterTexts,
  ...importTexts,
  ...builderTexts,
  ...refusalTexts,
  ...checkTexts,
  ...remedyTexts,
  ...templateTexts,
  ...usageTexts,
  ...ways,
};

/** A code in words, its parameters filled in. */
export function describeCode(code: string, params: Params): string {
  return describe(texts, code, params);
}

/** `error, list line 3, column mac: …` */
export function describeProblem({ line, column, code, severity, params, suggestion }: Problem): string {
  const file = params['file'] === 'recipe' ? 'recipe' : 'list';
  const place = [line === null ? undefined : `${file} line ${line}`, column ?? undefined].filter((part) => part !== undefined).join(', ');
  const hint = suggestion === null ? '' : ` Did you mean ${asOnLabel(suggestion)}?`;
  const words = describeCode(code, params);
  return `${severity.padEnd(7)}  ${place === '' ? '' : `${place}: `}${words}${hint === '' || /[.?!]$/.test(words) ? '' : '.'}${hint}`;
}

export function describeRefusal({ code, params }: Refusal): string {
  return `benchtone: ${describeCode(code, params)}`;
}
