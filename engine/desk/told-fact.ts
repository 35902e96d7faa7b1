/** A fact as it is told to a window: a code and scalar parameters. Texts in it come from the network: capped here, shown as text there. */
import type { Fact } from '../contract/observation.js';
import type { Params } from '../contract/problem.js';

export type ToldFact = { readonly code: string; readonly params: Record<string, string | number> };

/** Longest text of a parameter, in UTF-16 units. */
const textLimit = 300;
/** A shorter transfer tells no rate, in seconds. */
const leastTold = 0.1;

/** `fact.<kind>`; `fact.word.<outcome>`; `fact.readBack.equal` or `.differs`. */
export function toldFact(fact: Fact): ToldFact {
  const { kind, ...fields } = fact;
  const params = Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => scalar(name, value)));
  return { code: codeOf(fact, kind), params: { ...params, ...paceOf(fact) } };
}

/** Of a transfer that took a time worth telling: bytes a second. */
function paceOf(fact: Fact): { rate?: number } {
  if (fact.kind !== 'fileDelivered' && fact.kind !== 'fileBroken') return {};
  const { bytes, seconds = 0 } = fact;
  return seconds < leastTold || bytes === 0 ? {} : { rate: Math.round(bytes / seconds) };
}

/** Texts no longer than the limit, whatever made them. */
export function capped(params: Params): Record<string, string | number> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? cap(value) : value]));
}

function codeOf(fact: Fact, kind: Fact['kind']): string {
  if (fact.kind === 'word') return `fact.word.${fact.outcome}`;
  if (fact.kind !== 'readBack') return `fact.${kind}`;
  const equal = fact.marker === 'equal' && fact.differing.length === 0 && fact.left.length === 0;
  const handedOff = fact.stage === 'handOff' && fact.differing.length === 0 && fact.left.length === 0;
  return `fact.readBack.${equal || handedOff ? 'equal' : 'differs'}`;
}

/** A field as a parameter; none for what is no text, number or list (the terms of a binding are the bench's own business). */
function scalar(name: string, value: unknown): [string, string | number][] {
  if (typeof value === 'number') return [[name, value]];
  if (typeof value === 'string') return [[name, cap(value)]];
  if (typeof value === 'boolean') return [[name, String(value)]];
  return Array.isArray(value) ? [[name, cap(value.map(item).join(', '))]] : [];
}

/** A list holds texts, or claims: `userAgent 00562b043615`. */
function item(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.values(value).map(String).join(' ') : String(value);
}

function cap(text: string): string {
  return (text.length > textLimit ? `${text.slice(0, textLimit - 1)}…` : text).toWellFormed();
}
