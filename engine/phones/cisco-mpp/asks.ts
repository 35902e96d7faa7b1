/**
 * What a phone will ask for by itself: on the bench, and once it stands with the customer (facts sections 1.3 and 3). Told from the rules
 * its files write, with the values of its row in the place of macros; what only the phone knows (its firmware, the time since a resync)
 * stays as it is written, and the cases are told.
 *
 * Rules may hold keys and passwords: that there is one is told, never what it is.
 */
import type { Ask } from '../../contract/ask.js';
import { reveal, Secret } from '../../contract/secret.js';
import type { Row } from '../../profiles/job.js';
import type { BenchAddress, Compiled, Parameter } from '../pack.js';
import { baseUrl } from './bench-values.js';
import { findParameter } from './parameters.js';
import { readRule, type RuleKind, ruleKind } from './rule/check.js';
import { evaluate, evaluateAll, type Outcome } from './rule/evaluate.js';
import { expand, type MacroValues } from './rule/macros.js';
import { printComparison, printUrl } from './rule/print.js';
import type { Alternative, Rule } from './rule/rule.js';

type AskCase = Ask['cases'][number];
type Values = ReadonlyMap<string, Parameter['value']>;

/** In the order a phone goes through them at each resync (section 2.2); a firmware and a report come after. */
const ruleTags = ['Profile_Rule', 'Profile_Rule_B', 'Profile_Rule_C', 'Profile_Rule_D', 'Upgrade_Rule', 'Report_Rule'] as const;
const mask = '********';
/** Who a relative rule asks: the server DHCP named. */
const someServer = '(DHCP)';

/** The requests of a row's phone, in their order. */
export function asksOf(compiled: Compiled, row: Row, bench: BenchAddress, bootstrap: readonly Parameter[]): readonly Ask[] {
  const onBench = valuesOf(bootstrap);
  const final = valuesOf([...compiled.device, ...compiled.handOff]);
  const factory = new Map([['Profile_Rule', '/$PSN.xml']]);
  const benchUrl = baseUrl(bench, compiled.transport);
  const secrets = secretsOf(compiled, row);
  return [
    ...told('bench', new Map([...factory, ...onBench]), { macros: macrosOf(row, onBench), server: benchUrl, secrets }),
    ...told('production', new Map([...factory, ...final]), { macros: macrosOf(row, final), server: someServer, secrets }),
  ];
}

/** What the row's columns hold that feed a secret parameter: a rule may have it anywhere. */
function secretsOf({ device, handOff }: Compiled, { values }: Row): readonly string[] {
  const fed = [...device, ...handOff].flatMap(({ tag, value, origin }) => {
    if (!(value instanceof Secret) || ruleKind(tag) !== undefined) return [];
    if (origin?.from === 'row') return [origin.column];
    return origin?.from === 'recipe' ? origin.columns : [];
  });
  const held = [...new Set(fed)].filter((column) => column !== 'mac').map((column) => values[column] ?? '');
  return held.filter((value) => value !== '').toSorted((a, b) => b.length - a.length);
}

type About = { readonly macros: MacroValues; readonly server: string; readonly secrets: readonly string[] };

function valuesOf(parameters: readonly Parameter[]): Values {
  return new Map(parameters.map(({ tag, value }) => [tag, value]));
}

function told(stage: Ask['stage'], values: Values, about: About): Ask[] {
  return ruleTags.flatMap((tag) => {
    const kind = ruleKind(tag);
    const text = reveal(values.get(tag) ?? '').trim();
    if (kind === undefined || text === '') return [];
    const read = readRule(kind, text);
    return read.ok ? [{ stage, tag, ...casesOf(read.rule, kind, about) }] : [];
  });
}

function casesOf(rule: Rule, kind: RuleKind, about: About): Pick<Ask, 'cases' | 'on'> {
  const { macros } = about;
  const isReport = kind === 'report' && rule.every(({ condition }) => condition === undefined);
  const outcomes = isReport ? evaluateAll(rule, macros) : [evaluate(rule, macros)];
  const on = outcomes.flatMap((outcome) => (outcome.kind === 'depends' ? outcome.on : []));
  const some = on.length > 0 ? rule.map((each) => inCase(each, about)) : outcomes.flatMap((each) => settled(each, rule, about));
  return { on: [...new Set(on)], cases: some };
}

function settled(outcome: Outcome, rule: Rule, about: About): AskCase[] {
  if (outcome.kind === 'nothing' || outcome.kind === 'depends') return [];
  const taken = rule[outcome.alternative];
  return taken === undefined ? [] : [{ ...inCase(taken, about), condition: null }];
}

function inCase({ condition, assignments = [], options, url }: Alternative, { macros, server, secrets: known }: About): AskCase {
  const ofRule = options.flatMap(({ name, value }) => (name === 'key' || name === 'pwd' ? [expand(value ?? '', macros)] : []));
  const secrets = [...ofRule, ...known];
  const shown = (text: string): string => secrets.reduce((all, secret) => (secret === '' ? all : all.replaceAll(secret, mask)), text);
  return {
    condition: condition === undefined ? null : shown(condition.map((each) => expand(printComparison(each), macros)).join(' and ')),
    url: url === undefined ? null : shown(expand(printUrl(url), macros).replace(/^(?=\/)/, server)),
    sets: assignments.map(({ tag }) => tag),
    options: options.map(({ name }) => name),
  };
}

/** What is known of a phone before it is there. */
function macrosOf({ mac, model, values: columns }: Row, values: Values): MacroValues {
  const known: Record<string, string> = { PN: `CP-${model}-3PCC`, PSN: `${model}-3PCC` };
  if (mac !== null) Object.assign(known, { MA: mac, MAU: mac.toUpperCase(), MAC: mac.match(/../g)?.join(':') ?? mac });
  if ((columns['serial'] ?? '') !== '') known['SN'] = columns['serial'] ?? '';
  for (const [tag, value] of values) {
    const name = macroOf(tag);
    if (name !== undefined) known[name] = value instanceof Secret || findParameter(tag)?.known.kind === 'secret' ? mask : reveal(value);
  }
  return known;
}

const perLine: Readonly<Record<string, string>> = { User_ID: 'UID', Auth_ID: 'AUTHID', Display_Name: 'DISPLAYNAME', Proxy: 'PROXY' };

function macroOf(tag: string): string | undefined {
  const general = /^GPP_(S?[A-P])$/.exec(tag)?.[1];
  if (general !== undefined) return general;
  const [, name = '', line = ''] = /^(User_ID|Auth_ID|Display_Name|Proxy)_(\d{1,2})_$/.exec(tag) ?? [];
  return perLine[name] === undefined ? undefined : `${perLine[name]}${line}`;
}
