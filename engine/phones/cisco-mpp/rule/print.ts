/** A rule written out in one way, so that reading it again gives the same rule. */
import type { Alternative, Comparison, Operand, Rule, RuleOption, Url } from './rule.js';

/** Writes a rule of alternatives. */
export function printRule(rule: Rule): string {
  return rule.map(printAlternative).join(' | ');
}

/** Writes a `Report_Rule`: its rules with a blank between them. */
export function printReport(rule: Rule): string {
  return rule.map(printAlternative).join(' ');
}

/** Writes the condition of a `Resync_Trigger_*`. */
export function printTrigger([only]: Rule): string {
  return (only?.condition ?? []).map(printComparison).join(' and ');
}

/** An address as it stands in a rule. */
export function printUrl({ scheme, server, port, path }: Url): string {
  return `${scheme === undefined ? '' : `${scheme}://`}${server ?? ''}${port === undefined ? '' : `:${port}`}${path}`;
}

function printAlternative({ condition, assignments, options, url }: Alternative): string {
  return [
    condition && `(${condition.map(printComparison).join(' and ')})?`,
    assignments && `(${assignments.map(({ tag, value }) => `${tag} = "${value}";`).join(' ')})!`,
    options.length > 0 && `[${options.map(printOption).join(' ')}]`,
    url && printUrl(url),
  ]
    .filter((part) => typeof part === 'string')
    .join(' ');
}

/** A comparison as it stands in a condition. */
export function printComparison({ left, operator, right }: Comparison): string {
  return `${printOperand(left)} ${operator} ${printOperand(right)}`;
}

function printOperand({ quoted, text }: Operand): string {
  return quoted ? `"${text}"` : text;
}

function printOption({ name, value }: RuleOption): string {
  if (value === undefined) return `--${name}`;
  return /[\s\]]/.test(value) || value === '' || value.startsWith('--') ? `--${name} "${value}"` : `--${name} ${value}`;
}
