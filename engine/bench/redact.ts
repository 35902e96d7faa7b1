/** Takes secrets out of what a phone says of itself: some print the element they could not read, password and all. */
import type { Fact } from '../contract/observation.js';
import { mask, Secret } from '../contract/secret.js';
import type { Compiled } from '../phones/pack.js';

/** Shorter ones are part of ordinary words and numbers; they stand in no line of a phone unnoticed anyway. */
const shortestSecret = 4;
/** A name that says it is one, and its value: `Password_1_=x`, `<Admin_Passwd ua="na">x`, `pwd: x`. */
const named = /((?:pass(?:w(?:or)?d)?|pwd|secret)\w*(?:\s+\w+="[^"]*")*\s*["']?\s*[=:>]\s*["']?)[^\s"'<>&]+/gi;

/** The secrets of a row, longest first, so that one that holds another goes whole. */
export function secretsOf({ device, handOff, account, keys }: Compiled): readonly string[] {
  const values = [...device, ...handOff].flatMap(({ value }) => (value instanceof Secret ? [value.reveal()] : []));
  if (account !== undefined) values.push(account.password.reveal());
  const pairs = keys === undefined ? [] : [keys.bench, keys.customer, ...keys.former];
  for (const { key, directory } of pairs) values.push(key.reveal(), directory.reveal());
  return [...new Set(values)].filter((value) => value.length >= shortestSecret).sort((a, b) => b.length - a.length);
}

/** What a phone asked for or said, as it may be journalled: the directory of its files is told to nobody else. */
export function redactFact(fact: Fact, secrets: () => readonly string[]): Fact {
  if (!('path' in fact) || fact.path === undefined) return fact.kind === 'word' ? redactError(fact, secrets()) : fact;
  const known = secrets();
  const path = known.reduce((rest, secret) => rest.replaceAll(secret, mask), fact.path);
  return fact.kind === 'word' ? redactError({ ...fact, path }, known) : { ...fact, path };
}

function redactError(fact: Fact & { kind: 'word' }, secrets: readonly string[]): Fact {
  return fact.error === undefined ? fact : { ...fact, error: redact(fact.error, secrets) };
}

/** The text with the given secrets, and whatever calls itself a password, masked. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.reduce((rest, secret) => rest.replaceAll(secret, mask), text);
  return known.replaceAll(named, `$1${mask}`);
}
