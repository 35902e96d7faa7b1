/**
 * The catalogue of parameters: what a tag holds, its factory default, whether the phone shows it when it is read back, whether it has to
 * wait for the hand-off, and what it is called. Cisco IP Phone Multiplatform provisioning guide and administration guides; defaults as a
 * phone with 12.0.1 reports them. Its data is read when first asked for.
 */
import { nearestAmong } from '../../profiles/nearest.js';
import { readCatalogue } from './catalogue/areas.js';
import type { Known } from './catalogue/entry.js';
import { once } from './once.js';
import { most, type PhoneModel, unitKeys } from './phone-models.js';

/** A tag as written into a profile, looked up. */
export type Found = {
  readonly known: Known;
  /** The number in `_n_`, and what it counts on the phone. */
  readonly line?: number;
  /** Of a key of an expansion module. */
  readonly unit?: number;
};

/** Every entry, area by area in the order of the catalogue. */
export const catalogue = once(() => readCatalogue());

/** Finds a tag as written into a profile (`Proxy_1_`); tags are case-sensitive. */
export function findParameter(tag: string): Found | undefined {
  return everyTag().get(tag);
}

/** The tag somebody may have meant: the same letters in another spelling, a spelling these phones do not know, or one near; else null. */
export function nearestParameter(text: string): string | null {
  const exact = byLetters().get(canonical(text));
  return exact ?? near()(text);
}

/** True for a spelling of documents and other families that these phones do not know. */
export function isElsewhere(tag: string): boolean {
  return otherSpellings().has(tag);
}

/** What the number of a tag has to stay within on a model; undefined where it counts nothing the model is known by. */
export function countOn(model: PhoneModel, { known, line, unit }: Found): { readonly number: number; readonly most: number } | undefined {
  if (unit !== undefined) return { number: unit, most: model.units };
  if (line === undefined) return undefined;
  return { number: line, most: model[counted(known)] };
}

/** Every concrete tag of an entry in one of its spellings, as many as any model has. */
export function tagsOf(known: Known, spelling = known.tag): readonly string[] {
  return concrete(known, spelling).map(([tag]) => tag);
}

const everyTag = once(
  (): ReadonlyMap<string, Found> =>
    new Map(catalogue().flatMap((known) => [known.tag, ...(known.also ?? [])].flatMap((spelling) => concrete(known, spelling)))),
);

/** What a suggestion may say: a second spelling (`Admin_Passwd`) is written beside the first anyway, a key of a module stands for all. */
const suggested = once(() =>
  catalogue().flatMap((known) => (known.tag === moduleKey ? ['Unit_1_Key_1_'] : concrete(known).map(([tag]) => tag))),
);

const near = once(() => nearestAmong(suggested()));

const byLetters = once(
  (): ReadonlyMap<string, string> =>
    new Map([
      ...catalogue().flatMap(({ tag, wrong = [] }) => wrong.map((each) => [canonical(each), tag] as const)),
      ...suggested()
        .toReversed()
        .map((tag) => [canonical(tag), tag] as const),
    ]),
);

const otherSpellings = once((): ReadonlySet<string> => new Set(catalogue().flatMap(({ wrong = [] }) => wrong)));

const moduleKey = 'Unit_m_Key_k_';

/** The tags an entry stands for, each with what is found by it. Only `_n_` numbers something; `_m_` and `_mm_` elsewhere are minutes. */
function concrete(known: Known, spelling = known.tag): (readonly [tag: string, found: Found])[] {
  if (spelling === moduleKey)
    return numbers(1, most('units')).flatMap((unit) =>
      numbers(1, unitKeys).map((key) => [`Unit_${unit}_Key_${key}_`, { known, unit }] as const),
    );
  if (spelling.includes('_n_'))
    return numbers(1, most(counted(known))).map((line) => [spelling.replace('_n_', `_${line}_`), { known, line }] as const);
  if (known.each === undefined) return [[spelling, { known }]];
  return signs(known.each).map(
    (sign) => [spelling.replace('#', sign), known.per === undefined ? { known } : { known, line: Number(sign) }] as const,
  );
}

function counted({ per = 'line' }: Pick<Known, 'per'>): 'lines' | 'keys' | 'functions' {
  return `${per}s`;
}

/** `1-12` and `A-P`, written out. */
function signs(each: string): string[] {
  const [first = '', last = ''] = each.split('-');
  if (/^\d/.test(first)) return numbers(Number(first), Number(last)).map(String);
  return numbers(first.charCodeAt(0), last.charCodeAt(0)).map((code) => String.fromCharCode(code));
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Letters and digits only: what "User ID [1]", "user_id_1" and "User_ID_1_" have in common. */
function canonical(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
