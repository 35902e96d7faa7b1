/** A text read as a rule (facts section 3.1). Lenient with blanks and with upper or lower case of words; strict with everything a phone would misread. */
import { Reader, Unreadable } from './reader.js';
import {
  type Alternative,
  type Assignment,
  bare,
  type Comparison,
  type NoRuleCode,
  type Operand,
  type Operator,
  type ReadRule,
  type Rule,
  type RuleOption,
  type Url,
  valued,
} from './rule.js';

/** No document names a limit for a rule; beyond this nobody meant one, and time spent on it is bounded. */
const mostCharacters = 4096;

const words: Readonly<Record<string, Operator>> = { eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' };
const operator = /!=|<=|>=|=|<|>|(?:eq|ne|lt|le|gt|ge)(?![A-Za-z0-9_])/iy;
/** A macro with parentheses, or signs that end nothing. */
const bareOperand = /(?:\$\([A-Za-z0-9_:]*\)|[^\s()"|<>=!?;])+/y;
const bareValue = /(?:\$\([A-Za-z0-9_:]*\)|[^\s\]"])+/y;
const quoted = /"[^"]*"/y;

/** Reads a rule of alternatives; an empty text is the empty rule. Never throws. */
export function parseRule(text: string): ReadRule {
  return read(text, (reader) => {
    const rule: Alternative[] = [];
    reader.skipBlanks();
    if (reader.ended) return rule;
    do rule.push(alternative(reader));
    while (reader.take(/\s*\|\s*/y) !== undefined);
    if (!reader.ended) throw new Unreadable<NoRuleCode>('parameter.rule-url', reader.at);
    return rule;
  });
}

/**
 * Reads a `Report_Rule`: up to two rules with a blank between them, all of which apply (facts section 6.3). With `|` in it, it is read as
 * any other rule. Never throws.
 */
export function parseReport(text: string): ReadRule {
  return read(text, (reader) => {
    const rules: Alternative[] = [];
    for (reader.skipBlanks(); !reader.ended; reader.skipBlanks()) {
      if (rules.length === 2) throw new Unreadable<NoRuleCode>('parameter.rule-url', reader.at);
      rules.push(alternative(reader, oneWord));
    }
    return rules;
  });
}

/** Reads the condition of a `Resync_Trigger_*`: comparisons without parentheses; an empty text is never true. Never throws. */
export function parseTrigger(text: string): ReadRule {
  return read(text, (reader) => {
    reader.skipBlanks();
    if (reader.ended) return [];
    const condition = comparisons(reader);
    if (!reader.ended) throw new Unreadable<NoRuleCode>('parameter.rule-comparison', reader.at);
    return [{ condition, options: [] }];
  });
}

function read(text: string, rule: (reader: Reader) => Rule): ReadRule {
  const failed = (code: NoRuleCode, at: number): ReadRule => ({ ok: false, problem: { code, character: at + 1 } });
  if (text.length > mostCharacters) return failed('parameter.rule-too-long', mostCharacters);
  try {
    return { ok: true, rule: rule(new Reader(text)) };
  } catch (error) {
    if (error instanceof Unreadable) return failed(error.code as NoRuleCode, error.at);
    throw error;
  }
}

/** An address with blanks in it, as far as the next alternative; in a report rule, as far as the next rule. */
const several = /[^\s|]+(?:[^\S\n]+[^\s|]+)*/y;
const oneWord = /[^\s|[\]]+/y;

function alternative(reader: Reader, address = several): Alternative {
  const begin = reader.at;
  const condition = reader.sees('(') ? group(reader, '?', () => comparisons(reader)) : undefined;
  reader.skipBlanks();
  const assignments = reader.sees('(') ? group(reader, '!', () => assigned(reader)) : undefined;
  reader.skipBlanks();
  const options = reader.sees('[') ? optionList(reader) : [];
  reader.skipBlanks();
  const url = reader.ended || reader.sees('|') ? undefined : readUrl(reader, address);
  reader.skipBlanks();
  if (url === undefined && (assignments === undefined || options.length > 0))
    throw new Unreadable<NoRuleCode>('parameter.rule-empty-alternative', begin);
  return { ...(condition && { condition }), ...(assignments && { assignments }), options, ...(url && { url }) };
}

/** `( … )` and the sign after it; undefined where another sign follows, and then nothing was read. */
function group<T>(reader: Reader, sign: '?' | '!', inside: () => T): T | undefined {
  const begin = reader.at;
  if (signAfter(reader) !== sign) {
    // A condition has to be followed by `?`, an assignment by `!`: anything else is neither.
    if (sign === '!') throw new Unreadable<NoRuleCode>('parameter.rule-assignment', begin);
    return undefined;
  }
  reader.at += 1;
  const value = inside();
  if (reader.take(/\s*\)\s*[?!]/y) === undefined) throw new Unreadable<NoRuleCode>('parameter.rule-unclosed', reader.at);
  return value;
}

/** The sign behind the parenthesis that closes the one here. */
function signAfter({ text, at }: Reader): string | undefined {
  let depth = 0;
  let quote = false;
  for (let index = at; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') quote = !quote;
    if (quote) continue;
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) return /^\s*([?!])/.exec(text.slice(index + 1))?.[1];
  }
  throw new Unreadable<NoRuleCode>('parameter.rule-unclosed', at);
}

function comparisons(reader: Reader): readonly Comparison[] {
  const found: Comparison[] = [];
  do found.push(comparison(reader));
  while (reader.take(/\s*and(?![A-Za-z0-9_])/iy) !== undefined);
  reader.skipBlanks();
  if (reader.take(/or(?![A-Za-z0-9_])/iy) !== undefined) throw new Unreadable<NoRuleCode>('parameter.rule-or', reader.at - 2);
  return found;
}

function comparison(reader: Reader): Comparison {
  const left = operand(reader);
  reader.skipBlanks();
  const at = reader.at;
  const sign = reader.take(operator)?.toLowerCase();
  if (sign === undefined) throw new Unreadable<NoRuleCode>('parameter.rule-operator', at);
  return { left, operator: words[sign] ?? (sign as Operator), right: operand(reader) };
}

function operand(reader: Reader): Operand {
  reader.skipBlanks();
  const text = reader.take(quoted);
  if (text !== undefined) return { quoted: true, text: text.slice(1, -1) };
  const plain = reader.take(bareOperand);
  if (plain === undefined) throw new Unreadable<NoRuleCode>('parameter.rule-comparison', reader.at);
  return { quoted: false, text: plain };
}

function assigned(reader: Reader): readonly Assignment[] {
  const found: Assignment[] = [];
  for (;;) {
    reader.skipBlanks();
    if (reader.sees(')')) return found;
    const at = reader.at;
    const tag = reader.take(/[A-Za-z][\w.-]*/y);
    const value = tag === undefined || reader.take(/\s*=\s*/y) === undefined ? undefined : reader.take(quoted);
    if (tag === undefined || value === undefined || reader.take(/\s*;/y) === undefined)
      throw new Unreadable<NoRuleCode>('parameter.rule-assignment', at);
    found.push({ tag, value: value.slice(1, -1) });
  }
}

function optionList(reader: Reader): readonly RuleOption[] {
  const begin = reader.at;
  const found: RuleOption[] = [];
  reader.at += 1;
  for (;;) {
    reader.skipBlanks();
    if (reader.ended) throw new Unreadable<NoRuleCode>('parameter.rule-unclosed', begin);
    if (reader.take(/\]/y) !== undefined) return found;
    found.push(option(reader));
  }
}

function option(reader: Reader): RuleOption {
  const at = reader.at;
  const name = reader.take(/--[a-z]+/y)?.slice(2);
  const flag = bare.find((each) => each === name);
  if (flag !== undefined) return { name: flag };
  const known = valued.find((each) => each === name);
  if (known === undefined) throw new Unreadable<NoRuleCode>('parameter.rule-option', at);
  reader.skipBlanks();
  const value = reader.take(quoted)?.slice(1, -1) ?? (reader.sees('--') ? undefined : reader.take(bareValue));
  if (value === undefined) throw new Unreadable<NoRuleCode>('parameter.rule-option-value', at);
  return { name: known, value };
}

function readUrl(reader: Reader, address: RegExp): Url {
  const at = reader.at;
  const text = reader.take(address) ?? '';
  const parts = /^(?:([A-Za-z]+):\/\/)?(?:([^/:\s[\]"]+)(?::([^/:\s]+))?)?(\/[^\s"]*)?$/.exec(text);
  const [, scheme, server, port, path] = parts ?? [];
  const known = (['tftp', 'http', 'https', 'gds'] as const).find((each) => each === scheme?.toLowerCase());
  const whole = known === 'gds' || path !== undefined;
  if (parts === null || !whole || (scheme !== undefined && known === undefined) || (port !== undefined && !/^(?:\d{1,5}|\$.+)$/.test(port)))
    throw new Unreadable<NoRuleCode>('parameter.rule-url', at);
  return {
    ...(known && { scheme: known }),
    ...(server !== undefined && { server }),
    ...(port !== undefined && { port }),
    path: path ?? '',
  };
}
