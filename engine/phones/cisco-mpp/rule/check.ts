/**
 * What a phone would do with a rule that its writer did not mean (facts sections 3.1 to 3.4). A rule may hold passwords and keys:
 * findings name places and macros, never the text around them.
 */
import { nearest } from '../../../profiles/nearest.js';
import { error, type Finding, warning } from '../findings.js';
import { isMacro, macroNames, macrosIn } from './macros.js';
import { parseReport, parseRule, parseTrigger } from './parse.js';
import { printUrl } from './print.js';
import type { Alternative, Comparison, Operand, ReadRule, Rule, RuleOption } from './rule.js';

export type RuleKind = 'profile' | 'upgrade' | 'report' | 'trigger';

const kinds: Readonly<Record<string, RuleKind>> = {
  Profile_Rule: 'profile',
  Profile_Rule_B: 'profile',
  Profile_Rule_C: 'profile',
  Profile_Rule_D: 'profile',
  Upgrade_Rule: 'upgrade',
  Report_Rule: 'report',
  Resync_Trigger_1: 'trigger',
  Resync_Trigger_2: 'trigger',
};

/** Which kind of rule a parameter holds; undefined where its grammar is not documented, or it holds none. */
export function ruleKind(tag: string): RuleKind | undefined {
  return Object.hasOwn(kinds, tag) ? kinds[tag] : undefined;
}

/** Reads a text as a rule of its kind. */
export function readRule(kind: RuleKind, text: string): ReadRule {
  if (kind === 'trigger') return parseTrigger(text);
  return kind === 'report' && !text.includes('|') ? parseReport(text) : parseRule(text);
}

/** Everything wrong with the text of a rule. `character` counts from 1. */
export function checkRule(kind: RuleKind, text: string): Finding[] {
  const read = readRule(kind, text);
  const macros = checkMacros(text);
  if (!read.ok) return [error(read.problem.code, { character: read.problem.character }), ...macros];
  return [...macros, ...checkOrder(kind, text, read.rule), ...read.rule.flatMap((each) => checkAlternative(kind, each))];
}

function checkMacros(text: string): Finding[] {
  // `$MA(0,6)` is in no document: the phone would put the whole address there, and `(0,6)` behind it.
  const sliced = [...text.matchAll(/\$([A-Z]{1,12})\((\d{1,3}),(\d{1,3})\)/g)].map(([written, name = '', from = '', count = '']) =>
    error('parameter.rule-macro-slice', { macro: written }, `$(${name}:${from}:${count})`),
  );
  const unknown = macrosIn(text)
    .filter(({ known }) => !known)
    .map(({ name }) => {
      const meant = isMacro(name.toUpperCase()) ? name.toUpperCase() : nearest(name, macroNames());
      return warning('parameter.rule-macro-unknown', { macro: `$${name}` }, meant === null ? null : `$${meant}`);
    });
  return [...sliced, ...unknown];
}

/** All but the last alternative need a condition: what follows one without is never reached. */
function checkOrder(kind: RuleKind, text: string, rule: Rule): Finding[] {
  if (kind === 'report' && !text.includes('|')) return []; // both of its rules apply
  const first = rule.findIndex(({ condition }) => condition === undefined);
  return kind !== 'trigger' && first >= 0 && first < rule.length - 1
    ? [error('parameter.rule-never-reached', { alternative: first + 2 })]
    : [];
}

function checkAlternative(kind: RuleKind, { condition = [], options, url }: Alternative): Finding[] {
  return [
    ...condition.flatMap(checkComparison),
    ...(hasSecret(condition) || (url !== undefined && secret.test(printUrl(url))) ? [error('parameter.rule-secret-outside')] : []),
    ...options.flatMap((option) => checkOption(kind, option)),
    ...(kind === 'upgrade' ? checkUpgrade({ options, ...(url && { url }) }) : []),
  ];
}

/** Order exists for numbers and versions alone; text is equal or it is not. */
function checkComparison({ left, operator, right }: Comparison): Finding[] {
  const isText = left.quoted || right.quoted;
  return isText && operator !== '=' && operator !== '!=' ? [error('parameter.rule-text-order')] : [];
}

/** `$SA` to `$SD` are filled in inside --key, --uid and --pwd alone. */
const secret = /\$(?:\(S[A-D][:)]|S[A-D](?![A-Za-z0-9_]))/;

function hasSecret(condition: readonly Comparison[]): boolean {
  const holds = ({ text }: Operand): boolean => secret.test(text);
  return condition.some(({ left, right }) => holds(left) || holds(right));
}

function checkOption(kind: RuleKind, { name }: RuleOption): Finding[] {
  return (name === 'delta' || name === 'status') && kind !== 'report'
    ? [error('parameter.rule-option-report', { option: `--${name}` })]
    : [];
}

/** Section 3.4: the phone takes no rule without a server, and wants the name of a load. */
function checkUpgrade({ options, url }: Pick<Alternative, 'options' | 'url'>): Finding[] {
  if (url === undefined) return [];
  return [
    ...(url.server === undefined ? [error('parameter.rule-upgrade-server')] : []),
    ...(/\.loads$|\$/.test(url.path) ? [] : [warning('parameter.rule-upgrade-load')]),
    ...(options.length > 0 ? [warning('parameter.rule-upgrade-options')] : []), // one document allows an account, another does not
  ];
}
