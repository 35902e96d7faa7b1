/**
 * The rule language of `Profile_Rule*`, `Upgrade_Rule`, `Report_Rule` and `Resync_Trigger_*` as values (facts section 3.1).
 *
 *   rule         = alternative { "|" alternative }
 *   alternative  = [ condition "?" ] [ assignment "!" ] [ [ "[" options "]" ] url ]
 *   condition    = "(" comparison { "and" comparison } ")"
 *   comparison   = operand op operand
 *   assignment   = "(" { Tag "=" quoted ";" } ")"
 *   url          = [ scheme "://" ] [ server [ ":" port ] ] "/" path
 */

/** The first alternative whose condition is true is used; none of them is the empty rule, which does nothing. */
export type Rule = readonly Alternative[];

export type Alternative = {
  /** All must be true; absent where none was written. */
  readonly condition?: readonly Comparison[];
  readonly assignments?: readonly Assignment[];
  readonly options: readonly RuleOption[];
  readonly url?: Url;
};

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Quoted operands are compared as text, others as numbers or versions. */
export type Operand = { readonly quoted: boolean; readonly text: string };

export type Comparison = { readonly left: Operand; readonly operator: Operator; readonly right: Operand };

export type Assignment = { readonly tag: string; readonly value: string };

/** Options that take a value, and those that are there or not. `delta` and `status` belong to `Report_Rule` alone. */
export const valued = ['key', 'uid', 'pwd', 'post', 'alias'] as const;
export const bare = ['srv', 'delta', 'status'] as const;

export type RuleOption =
  | { readonly name: (typeof valued)[number]; readonly value: string }
  | { readonly name: (typeof bare)[number]; readonly value?: undefined };

/** Each part as written, macros in it; what is missing the phone fills in (scheme tftp, server found by DHCP). */
export type Url = {
  readonly scheme?: 'tftp' | 'http' | 'https' | 'gds';
  readonly server?: string;
  /** Digits, or a macro. */
  readonly port?: string;
  /** With its leading slash; empty for `gds://` alone. */
  readonly path: string;
};

/** Why a text is no rule, and at which character, from 1. What stands there may be a password and is not said. */
type NoRule = { readonly code: NoRuleCode; readonly character: number };

export type NoRuleCode =
  | 'parameter.rule-unclosed'
  | 'parameter.rule-comparison'
  | 'parameter.rule-operator'
  | 'parameter.rule-or'
  | 'parameter.rule-assignment'
  | 'parameter.rule-option'
  | 'parameter.rule-option-value'
  | 'parameter.rule-url'
  | 'parameter.rule-too-long'
  | 'parameter.rule-empty-alternative';

export type ReadRule = { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly problem: NoRule };
