/** A code in English words: what the command line says of it, and what a result tells whoever opens it. */
import { evidenceNames, states } from '../evidence.js';
import { fill } from '../fill.js';
import { parseMac, spellMac } from '../mac.js';
import type { Params } from '../problem.js';
import { counted } from './counted.js';
import { evidenceWords, stateWords } from './phones.js';

/** The text of a code, its parameters filled in; one without a text is shown with its parameters. */
export function describe(texts: Readonly<Record<string, string>>, code: string, params: Params): string {
  const named = (params['address'] ?? '') === '' ? undefined : texts[`${code}@address`];
  const text = texts[`${code}@${params['platform']}`] ?? named ?? texts[code];
  if (text !== undefined) return fill(text, spoken(params), counted);
  const details = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return details.length === 0 ? code : `${code} (${details.join(', ')})`;
}

/** A MAC in the form of labels and screens; anything else unchanged. */
export function asOnLabel(text: string): string {
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
