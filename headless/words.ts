/** The words of the command line: what a code means and what to do. A code without words of its own is shown with its parameters. */
import { evidenceNames, states } from '../engine/contract/evidence.js';
import { fill } from '../engine/contract/fill.js';
import { parseMac, spellMac } from '../engine/contract/mac.js';
import type { Params, Problem, Refusal } from '../engine/contract/problem.js';
import { builderTexts } from './words/builders.js';
import { checkTexts } from './words/checks.js';
import { counted } from './words/counted.js';
import { parameterTexts } from './words/parameters.js';
import { importTexts } from './words/imports.js';
import { evidenceWords, phoneTexts, stateWords } from './words/phones.js';
import { problemTexts } from './words/problems.js';
import { refusalTexts } from './words/refusals.js';
import { remedyTexts } from './words/remedies.js';
import { templateTexts } from './words/templates.js';

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
};

/** A code in words, its parameters filled in. */
export function describeCode(code: string, params: Params): string {
  const named = (params['address'] ?? '') === '' ? undefined : texts[`${code}@address`];
  const text = texts[`${code}@${params['platform']}`] ?? named ?? texts[code];
  if (text !== undefined) return fill(text, spoken(params), counted);
  const details = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return details.length === 0 ? code : `${code} (${details.join(', ')})`;
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

/** A MAC in the form of labels and screens; anything else unchanged. */
function asOnLabel(text: string): string {
  const mac = /^[0-9a-f]{12}$/.test(text) ? parseMac(text) : undefined;
  return mac === undefined ? text : spellMac(mac);
}

/** Parameters that are words of the board, and MACs, in words for people. */
function spoken(params: Params): Params {
  const state = states.find((each) => each === params['state']);
  const missing = String(params['missing'] ?? '').split(', ');
  const named = evidenceNames.filter((name) => missing.includes(name)).map((name) => evidenceWords[name]);
  return {
    ...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? asOnLabel(value) : value])),
    ...(state === undefined ? {} : { state: state === 'expected' ? 'took no address' : stateWords[state] }),
    ...(named.length === 0 ? {} : { missing: named.join('; ') }),
  };
}
