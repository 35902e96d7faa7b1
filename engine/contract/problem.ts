/** What is wrong with something a person gave us, as a value: a stable code and parameters; words are chosen by the user interface. */

export type Params = Readonly<Record<string, string | number>>;

export type Problem = {
  /** Line in the file, from 1; null when it is about the whole. */
  readonly line: number | null;
  /** Heading of the CSV column, or the key path in the recipe (`parameters.Proxy_1_`). */
  readonly column: string | null;
  /** Stable, dotted: `mac.spreadsheet`, `recipe.unknown-key`, … */
  readonly code: string;
  /** An error stops the row (or, without a line, the job); a warning does not. */
  readonly severity: 'error' | 'warning';
  /** What the words need; never a secret. */
  readonly params: Params;
  /** The nearest right value, when there is one to offer. */
  readonly suggestion: string | null;
};

/** Why the bench does not start, or something could not be had; carried to exit codes 2 to 4 by the command line. */
export type Refusal = {
  readonly kind: 'usage' | 'interlock' | 'missing';
  readonly code: string;
  readonly params: Params;
};

/** A result that may be refused. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** One readiness check of `doctor`. */
export type Check = {
  readonly id: string;
  readonly state: 'ok' | 'warn' | 'stop';
  readonly code: string;
  readonly params: Params;
  readonly remedy?: Remedy;
};

/** What to do about a check, and how to take it back. */
export type Remedy = {
  readonly act?: { readonly code: string; readonly params: Params };
  readonly undo?: { readonly code: string; readonly params: Params };
  /** `doctor.repair` can set it, or take it back where there is no `act`. */
  readonly repair?: 'ports' | 'firewall';
};
