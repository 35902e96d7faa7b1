/** Configurations somebody already has, in whichever of a family's text forms: what a pack knows of them. */
import type { Problem } from '../contract/problem.js';
import type { Access } from '../profiles/job.js';
import type { Steps } from '../profiles/slices.js';

/** One parameter of such a file. An empty value changes nothing. */
export type ForeignEntry = {
  /** As the pack's phones spell it, where the form spells it otherwise. */
  readonly tag: string;
  readonly written: string;
  readonly value: string;
  readonly ua: Access;
  /** Line of the file, from 1; null where the form has none. */
  readonly line: number | null;
};

export type ForeignProfile = {
  /** The form it was read as; null for what is none of them. */
  readonly form: 'flat-profile' | 'spc' | null;
  readonly entries: readonly ForeignEntry[];
  /** Lines are those of the file. */
  readonly problems: readonly Problem[];
};

/** What a tag is to the phones. */
export type Judged = {
  readonly known: boolean;
  /** Whether its value is nobody's to read. */
  readonly secret: boolean;
  /** Where a recipe has it: written last, with the hand-off, or before; `never` for what belongs to the bench. */
  readonly place: 'parameters' | 'handOff' | 'never';
  /** For a tag that is not known: the spelling that differs in case and signs alone, else the nearest. */
  readonly suggestion: { readonly tag: string; readonly differs: 'spelling' | 'letters' } | null;
};

/** A value with every literal secret in it replaced by `{{column}}`, and what was taken out. */
export type Lifted = { readonly value: string; readonly taken: readonly { readonly literal: string; readonly column: string }[] };

export interface ForeignProfiles {
  /** Reads a text in any of the forms. Never throws. */
  readSteps(text: string): Steps<ForeignProfile>;
  judge(tag: string): Judged;
  /** Takes literal secrets out of a value, the whole of it where `secret` says so; `{{column}}`, macros of the phone and `%TAG%` of a server are none. */
  lift(tag: string, value: string, secret?: boolean): Lifted;
  /** Tags a value refers to as a key or password, such as `GPP_B` for `[--key $B]`: what they hold is a secret. */
  keysOf(value: string): readonly string[];
  /** What is wrong with a fixed value of a known tag; holds no secret. */
  check(tag: string, value: string): readonly Pick<Problem, 'severity' | 'code' | 'params' | 'suggestion'>[];
}
