/** What a phone would do with a rule: which alternative it takes, and what it asks for there (facts section 3.1). */
import { expand, isSecretMacro, type MacroValues, macrosIn } from './macros.js';
import type { Alternative, Assignment, Comparison, Operand, Operator, Rule, RuleOption, Url } from './rule.js';
import { compareVersions } from './version.js';

/** What an alternative comes to, macros replaced. */
type Wanted = {
  readonly scheme: 'tftp' | 'http' | 'https' | 'gds';
  /** Absent: the server DHCP named. */
  readonly server?: string;
  /** The scheme's own (69, 80, 443) unless written; 0 for `gds`. */
  readonly port: number;
  readonly path: string;
  readonly options: readonly RuleOption[];
  readonly assignments: readonly Assignment[];
};

export type Outcome =
  | { readonly kind: 'asks'; readonly alternative: number; readonly wanted: Wanted }
  /** Assigns and fetches nothing. */
  | { readonly kind: 'assigns'; readonly alternative: number; readonly assignments: readonly Assignment[] }
  /** No alternative applies: the phone skips the rule, which is no error. */
  | { readonly kind: 'nothing' }
  /** A condition needs a value that is not known here. */
  | { readonly kind: 'depends'; readonly on: readonly string[] };

const ports = { tftp: 69, http: 80, https: 443, gds: 0 } as const;

/** Goes through the alternatives as a phone does, whose macros have these values. */
export function evaluate(rule: Rule, all: MacroValues): Outcome {
  const values = withoutSecrets(all);
  for (const [index, alternative] of rule.entries()) {
    const unknown = (alternative.condition ?? []).flatMap(({ left, right }) => unknownIn(left, values).concat(unknownIn(right, values)));
    if (unknown.length > 0) return { kind: 'depends', on: [...new Set(unknown)] };
    if ((alternative.condition ?? []).every((comparison) => holds(comparison, values))) return outcomeOf(alternative, index, values, all);
  }
  return { kind: 'nothing' };
}

/** Whether a comparison is true. Text that is no number and no version differs from every number. */
function holds({ left, operator, right }: Comparison, values: MacroValues): boolean {
  const [one, other] = [expand(left.text, values), expand(right.text, values)];
  if (left.quoted || right.quoted) return operator === '=' ? one === other : operator === '!=' && one !== other;
  const order = isNumber(one) && isNumber(other) ? Number(one) - Number(other) : compareVersions(one, other);
  return order === undefined ? operator === '!=' : compared(order, operator);
}

function compared(order: number, operator: Operator): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** What a report rule asks: its rules apply one beside the other. */
export function evaluateAll(rule: Rule, values: MacroValues): readonly Outcome[] {
  return rule.map((each) => evaluate([each], values));
}

/** Outside the three options that take a secret, a phone leaves `$SA` to `$SD` as typed. */
function withoutSecrets(values: MacroValues): MacroValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isSecretMacro(name)));
}

function outcomeOf({ assignments = [], options, url }: Alternative, alternative: number, values: MacroValues, all: MacroValues): Outcome {
  if (url === undefined) return { kind: 'assigns', alternative, assignments };
  return {
    kind: 'asks',
    alternative,
    wanted: { ...addressOf(url, values), options: options.map((each) => filled(each, values, all)), assignments },
  };
}

function addressOf(url: Url, values: MacroValues): Pick<Wanted, 'scheme' | 'server' | 'port' | 'path'> {
  const scheme = url.scheme ?? 'tftp';
  const port = Number(expand(url.port ?? '', values));
  return {
    scheme,
    ...(url.server === undefined ? {} : { server: expand(url.server, values) }),
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : ports[scheme],
    path: expand(url.path, values),
  };
}

function filled(option: RuleOption, values: MacroValues, all: MacroValues): RuleOption {
  if (option.value === undefined) return option;
  const takesSecret = option.name === 'key' || option.name === 'uid' || option.name === 'pwd';
  const text = expand(option.value, takesSecret ? all : values);
  return { ...option, value: option.name === 'uid' || option.name === 'pwd' ? unescaped(text) : text };
}

/** `\\134` is a backslash: special signs of user and password may be written in octal (facts section 3.1). */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-3][0-7]{2})/g, (_escape, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function unknownIn({ text }: Operand, values: MacroValues): string[] {
  return macrosIn(text).flatMap(({ name, known }) => (known && !Object.hasOwn(values, name) ? [name] : []));
}

function isNumber(text: string): boolean {
  return /^-?\d{1,9}$/.test(text);
}
