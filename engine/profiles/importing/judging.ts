/** One tag of a file somebody has, and what becomes of it: taken, left out, or open until the person says. */
import type { Problem } from '../../contract/problem.js';
import { mask } from '../../contract/secret.js';
import type { ForeignEntry, Judged, Lifted } from '../../phones/foreign.js';
import type { Pack } from '../../phones/pack.js';
import type { Access } from '../job.js';
import { errorAt, warningAt } from '../problems.js';
import { parseTemplate, templateLimit } from '../template.js';
import { hasBrokenTag, replaceServerTags, serverTagsIn } from './server-tags.js';

/** What a person said; keys are server tags (`%BWHOST-1%`) and tags of the file as written. */
export type Decisions = {
  /** Recipe text in a server tag's place: `{{column}}`, a value, or nothing. */
  readonly map?: Readonly<Record<string, string>>;
  /** Recipe text in a value's place. */
  readonly set?: Readonly<Record<string, string>>;
  readonly rename?: Readonly<Record<string, string>>;
  readonly drop?: readonly string[];
  /** Taken although the phones are not known to have it, or to take its value. */
  readonly keep?: readonly string[];
};

/** `empty`: changes nothing; `overruled`: a later one of the same tag wins; `never`: belongs to the bench; `open`: to be decided. */
type TagStatus = 'taken' | 'open' | 'dropped' | 'empty' | 'overruled' | 'never';

export type ImportedTag = {
  readonly file: string;
  readonly line: number | null;
  /** As in the file. */
  readonly written: string;
  /** As the recipe has it. */
  readonly tag: string;
  readonly ua: Access;
  /** As in the file; a secret is masked. */
  readonly value: string;
  /** As the recipe has it; null where it is not taken. */
  readonly becomes: string | null;
  readonly place: 'parameters' | 'handOff';
  readonly status: TagStatus;
  /** Nobody's to read. */
  readonly secret: boolean;
  /** A literal secret was taken out of the value. */
  readonly lifted: boolean;
  /** The tag that may have been meant. */
  readonly meant: string | null;
  readonly problems: readonly Problem[];
};

/** Shorter passwords are parts of ordinary words. */
const shortestPassword = 6;

/** Literal passwords and the columns they become, to be found again where they stand in other values. */
export function passwordsIn(pack: Pack, entries: readonly ForeignEntry[]): ReadonlyMap<string, string> {
  const keys = keyTagsIn(pack, entries);
  const taken = entries.flatMap(({ tag, value }) => liftOf(pack, keys, tag, value).taken);
  return new Map(taken.flatMap(({ literal, column }) => (literal.length < shortestPassword ? [] : [[literal, column] as const])));
}

/** Tags whose values other values refer to as keys. */
export function keyTagsIn(pack: Pack, entries: readonly ForeignEntry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ value }) => pack.foreign.keysOf(value)));
}

function liftOf({ foreign }: Pack, keys: ReadonlySet<string>, tag: string, value: string): Lifted {
  return keys.has(tag) ? foreign.lift(tag, value, true) : foreign.lift(tag, value);
}

export class Judge {
  readonly #pack: Pack;
  readonly #decisions: Decisions;
  readonly #passwords: ReadonlyMap<string, string>;
  readonly #keys: ReadonlySet<string>;

  constructor(pack: Pack, decisions: Decisions, passwords: ReadonlyMap<string, string>, keys: ReadonlySet<string>) {
    this.#keys = keys;
    this.#pack = pack;
    this.#decisions = decisions;
    this.#passwords = passwords;
  }

  /** `last`: the entry of the same tag that wins on the phone. */
  judge(file: string, entry: ForeignEntry, last: ForeignEntry | undefined): ImportedTag {
    const { written, line, ua } = entry;
    const tag = own(this.#decisions.rename, written) ?? entry.tag;
    const judged = this.#pack.foreign.judge(tag);
    const original = this.#lift(entry.tag, entry.value);
    // Lifted under its own name first: what was a password stays one, whatever it is called in the recipe.
    const said = own(this.#decisions.set, written);
    const lifted = said === undefined ? joined(original, this.#lift(tag, original.value)) : this.#lift(tag, said);
    const found = this.#fate(entry, tag, judged, lifted, last);
    return {
      file,
      line,
      written,
      tag,
      ua,
      value: original.taken.reduce((text, { column }) => text.replaceAll(`{{${column}}}`, mask), original.value),
      secret: judged.secret || this.#pack.foreign.judge(entry.tag).secret || this.#keys.has(entry.tag),
      place: judged.place === 'handOff' ? 'handOff' : 'parameters',
      lifted: lifted.taken.length > 0,
      meant: judged.suggestion?.tag ?? null,
      becomes: null,
      problems: [],
      ...found,
    };
  }

  #fate(entry: ForeignEntry, tag: string, judged: Judged, lifted: Lifted, last: ForeignEntry | undefined): Fate {
    const at = { line: entry.line, column: entry.written };
    const keeps = this.#decisions.keep?.includes(entry.written) === true;
    if (judged.place === 'never') return { status: 'never', problems: entry.value === '' ? [] : [warningAt('import.bench-tag', at)] };
    if (entry.value === '') return { status: 'empty' };
    if (last !== entry) return { status: 'overruled', problems: [warningAt('import.overruled', at, { last: last?.line ?? 0 })] };
    if (this.#decisions.drop?.includes(entry.written) === true) return { status: 'dropped' };
    return judged.known || keeps ? this.#written(tag, lifted, at, keeps, entry) : unknown(judged, lifted, at);
  }

  /** A tag that is to stand in the recipe: its value, and what is wrong with it. */
  #written(tag: string, { value, taken }: Lifted, at: Place, keeps: boolean, entry: ForeignEntry): Fate {
    const becomes = replaceServerTags(value, this.#decisions.map ?? {});
    // What was said is the person's own text: a password in it is refused, not taken out behind their back.
    const said = own(this.#decisions.set, entry.written) !== undefined;
    if ((said && taken.length > 0) || this.#lift(tag, becomes).taken.length > 0)
      return { status: 'open', problems: [errorAt('import.secret-value', at)] };
    const problems = [
      ...(taken.length > 0 ? [warningAt('import.secret-lifted', at, { column: taken.map(({ column }) => column).join(', ') })] : []),
      ...(hasBrokenTag(value) ? [warningAt('import.tag-unclosed', at)] : []),
      ...this.#checked(tag, becomes, at, keeps),
    ];
    if (problems.some(({ severity }) => severity === 'error')) return { status: 'open', becomes, problems };
    return becomes === '' ? { status: 'dropped', problems } : { status: 'taken', becomes, problems };
  }

  /** What a phone would say of a value that is fixed; of one that a row or a server fills nobody can say it yet. */
  #checked(tag: string, value: string, at: Place, keeps: boolean): readonly Problem[] {
    if (value.length > templateLimit) return [errorAt('parameter.too-long', at, { tag, limit: templateLimit })];
    const parsed = parseTemplate(value);
    if (!parsed.ok) return [errorAt('recipe.template-syntax', at, { tag })];
    if (value === '' || keeps || parsed.template.columns.length > 0 || serverTagsIn(value).length > 0) return [];
    const { line, column } = at;
    return this.#pack.foreign
      .check(tag, value)
      .map(({ severity, code, params, suggestion }) => ({ line, column, severity, code, params, suggestion }));
  }

  /** Secrets taken out: those that stand where a secret belongs, and those repeated elsewhere. */
  #lift(tag: string, value: string): Lifted {
    const lifted = liftOf(this.#pack, this.#keys, tag, value);
    const known = [...this.#passwords].filter(([password]) => lifted.value.includes(password));
    return {
      value: known.reduce((text, [password, column]) => text.replaceAll(password, `{{${column}}}`), lifted.value),
      taken: [...lifted.taken, ...known.map(([literal, column]) => ({ literal, column }))],
    };
  }
}

type Place = { readonly line: number | null; readonly column: string };
type Fate = Pick<ImportedTag, 'status'> & Partial<Pick<ImportedTag, 'becomes' | 'problems'>>;

/** One that the phones would ignore in silence. */
function unknown({ suggestion }: Judged, { value }: Lifted, at: Place): Fate {
  const code = suggestion?.differs === 'spelling' ? 'import.wrong-case' : 'import.unknown-tag';
  return { status: 'open', becomes: value, problems: [errorAt(code, { ...at, suggestion: suggestion?.tag ?? null })] };
}

function joined(first: Lifted, then: Lifted): Lifted {
  return { value: then.value, taken: [...first.taken, ...then.taken] };
}

function own(texts: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return texts !== undefined && Object.hasOwn(texts, key) ? texts[key] : undefined;
}
