/**
 * What a second list of a job changes: which of its rows are new, gone or different for their phone. Pure.
 *
 * A row is the same row when its MAC is the same: that of the list, or of the phone it was bound to. A row without one is known by its
 * serial number, its extension, its user or its name, where that is one row's alone. What is different is what the phone would be sent.
 */
import type { Mac } from '../contract/mac.js';
import { reveal, Secret } from '../contract/secret.js';
import type { Compiled, Pack, Parameter } from '../phones/pack.js';
import type { Recipe, Row } from '../profiles/job.js';
import type { KeptRow } from '../store/jobs.js';

/** How far the phone of a row is. */
export type Standing = 'notSeen' | 'underWay' | 'handedOff';

/** What one parameter was and becomes; null where it is not written. A secret is told as such, never its value. */
type ParameterChange = { readonly tag: string; readonly before: string | null; readonly after: string | null };

export type Change = { readonly mac: Mac | null; readonly standing: Standing } & (
  | { readonly kind: 'added'; readonly after: Row }
  | { readonly kind: 'removed'; readonly before: KeptRow }
  | { readonly kind: 'changed'; readonly before: KeptRow; readonly after: Row; readonly parameters: readonly ParameterChange[] }
);

export type Changes = {
  /** In the order of the new list; what is gone comes last. */
  readonly changes: readonly Change[];
  /** Rows of which nothing changes for the phone. */
  readonly same: readonly { readonly before: KeptRow; readonly after: Row }[];
};

export type Compared = {
  readonly pack: Pack;
  readonly kept: readonly KeptRow[];
  readonly recipeOf: (revision: number) => Recipe | undefined;
  /** The phone of a row, and how far it is. */
  readonly phoneOf: (row: number) => { readonly mac: Mac; readonly standing: Standing } | undefined;
  readonly recipe: Recipe;
  readonly rows: readonly Row[];
};

/** Compares a job's rows with a new list. */
export function compareRows(compared: Compared): Changes {
  const { kept, rows, phoneOf } = compared;
  const pairs = matched(kept, rows, (row) => row.mac ?? phoneOf(row.row)?.mac ?? null);
  const changes: Change[] = [];
  const same: { before: KeptRow; after: Row }[] = [];
  for (const after of rows) {
    const before = pairs.get(after);
    const phone = before === undefined ? undefined : phoneOf(before.row.row);
    const mac = after.mac ?? phone?.mac ?? null;
    const standing = phone?.standing ?? 'notSeen';
    if (before === undefined) changes.push({ kind: 'added', mac, standing, after });
    else {
      const numbered = { ...after, row: before.row.row };
      const parameters = parameterChanges(compared, before, { ...numbered, mac });
      if (parameters.length > 0) changes.push({ kind: 'changed', mac, standing, before, after: numbered, parameters });
      else same.push({ before, after: numbered });
    }
  }
  const taken = new Set(pairs.values());
  for (const before of kept) {
    if (taken.has(before) || before.dropped) continue;
    const phone = phoneOf(before.row.row);
    changes.push({ kind: 'removed', mac: before.row.mac ?? phone?.mac ?? null, standing: phone?.standing ?? 'notSeen', before });
  }
  return { changes, same };
}

/** The rows of the next revision. `moves`: whether the phone of a changed row is prepared anew; one that is not keeps what it has. */
export function nextRows(
  { changes, same }: Changes,
  kept: readonly KeptRow[],
  revision: number,
  moves: (change: Change & { kind: 'changed' }) => boolean,
): readonly KeptRow[] {
  let number = Math.max(0, ...kept.map(({ row }) => row.row));
  const next: KeptRow[] = same.map(({ before, after }) => ({ row: after, revision, since: before.since, dropped: false }));
  for (const change of changes) {
    if (change.kind === 'added') next.push({ row: { ...change.after, row: (number += 1) }, revision, since: revision, dropped: false });
    else if (change.kind === 'removed') {
      if (change.standing === 'handedOff') next.push({ ...change.before, dropped: true });
    } else if (moves(change)) next.push({ row: change.after, revision, since: revision, dropped: false });
    // What its phone has stays; where it stands is as in the newest list.
    else next.push({ ...change.before, row: { ...change.before.row, line: change.after.line }, dropped: false });
  }
  const there = new Set(next.map(({ row }) => row.row));
  return [...next, ...kept.filter(({ row, dropped }) => dropped && !there.has(row.row))];
}

const identities = ['serial', 'extension', 'user', 'name'] as const;

function matched(kept: readonly KeptRow[], rows: readonly Row[], macOf: (row: Row) => Mac | null): Map<Row, KeptRow> {
  const pairs = new Map<Row, KeptRow>();
  const byMac = new Map(kept.flatMap((each) => (macOf(each.row) === null ? [] : [[macOf(each.row), each] as const])));
  for (const row of rows) {
    const before = row.mac === null ? undefined : byMac.get(row.mac);
    if (before !== undefined) pairs.set(row, before);
  }
  // Two MACs that differ are two phones, whoever is to have them.
  const mayBe = (before: KeptRow, after: Row): boolean => before.row.mac === null || after.mac === null;
  for (const word of identities) {
    const taken = new Set(pairs.values());
    const old = onlyOnes(
      kept.filter((each) => !taken.has(each)),
      ({ row }) => row.values[word] ?? '',
    );
    for (const [value, row] of onlyOnes(
      rows.filter((each) => !pairs.has(each)),
      ({ values }) => values[word] ?? '',
    )) {
      const before = old.get(value);
      if (before !== undefined && before.row.model === row.model && mayBe(before, row)) pairs.set(row, before);
    }
  }
  return pairs;
}

/** By value, what has it alone. */
function onlyOnes<T>(all: readonly T[], valueOf: (each: T) => string): Map<string, T> {
  const found = new Map<string, T | undefined>();
  for (const each of all) {
    const value = valueOf(each);
    if (value !== '') found.set(value, found.has(value) ? undefined : each);
  }
  return new Map([...found].flatMap(([value, each]) => (each === undefined ? [] : [[value, each] as const])));
}

/** What the phone would be sent otherwise; the model too, for another one is another phone's profile. */
function parameterChanges({ pack, recipe, recipeOf }: Compared, { row, revision }: KeptRow, after: Row): ParameterChange[] {
  const earlier = recipeOf(revision);
  const before = earlier === undefined ? undefined : pack.compile(earlier, { ...row, mac: row.mac ?? after.mac }).compiled;
  const [was, becomes] = [told(before), told(pack.compile(recipe, after).compiled)];
  const tags = new Set([...was.keys(), ...becomes.keys()]);
  return [...tags].flatMap((tag) => {
    const [old, fresh] = [was.get(tag) ?? null, becomes.get(tag) ?? null];
    if (old === fresh || (old !== null && fresh !== null && reveal(old) === reveal(fresh))) return [];
    const isSecret = old instanceof Secret || fresh instanceof Secret;
    const text = (value: string | Secret | null): string | null =>
      value === null ? null : isSecret ? new Secret('').toString() : String(value);
    return [{ tag, before: text(old), after: text(fresh) }];
  });
}

function told(compiled: Compiled | undefined): Map<string, string | Secret> {
  if (compiled === undefined) return new Map();
  const { model, transport, device, handOff, account, encryption } = compiled;
  const all = new Map<string, string | Secret>([
    ['model', model],
    ['transport', transport],
    ...(encryption === undefined
      ? []
      : [['encryption', encryption.form === 'salted' ? `salted ${encryption.digest}` : `${encryption.form} ${encryption.ikm}`] as const]),
    ...(account === undefined ? [] : [['account', new Secret(`${account.user}:${reveal(account.password)}`)] as const]),
  ]);
  const put = (tag: string, { value, ua }: Parameter): void => {
    const suffix = ua === 'na' ? '' : ` (${ua})`;
    all.set(tag, value instanceof Secret ? (suffix === '' ? value : new Secret(reveal(value) + suffix)) : value + suffix);
  };
  for (const each of device) put(each.tag, each);
  for (const each of handOff) put(all.has(each.tag) ? `${each.tag}, hand-off` : each.tag, each);
  return all;
}
