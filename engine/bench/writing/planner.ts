/**
 * Rows made ready for the threads. Those that are alike (nearly all of a list) share a plan: their files, with a hole for each text that
 * comes from the row. One that is not has a plan of its own, without holes.
 */
import type { Mac } from '../../contract/mac.js';
import { Secret } from '../../contract/secret.js';
import { type Alike, between, type Compiled, type Pack } from '../../phones/pack.js';
import type { Encryption, Recipe, Row } from '../../profiles/job.js';
import { spelledIkm } from '../../profiles/packing/pack-file.js';
import { neverRotated, type PhoneKeys } from '../../profiles/phone-keys.js';
import { type Draft, draftsOf, type FileKind } from './files.js';
import { betweenRows, type FilePlan, type Packet } from './packet.js';
import { cutAt, newMarks } from './stencil.js';

/** Keys as plain text, in the order key and directory of the bench, key and directory of the customer. */
export type PlainKeys = readonly [string, string, string, string];

export type Batch = { readonly rows: readonly Row[]; readonly keys: readonly (readonly [Mac, PlainKeys])[] };

/** What the recipe made of a row, where that is known already. */
export type Applied = ReadonlyMap<Row, Alike>;

type Form = { readonly number: number; readonly plan: readonly FilePlan[]; readonly encryption: Encryption | undefined };

/** A packet in the making. */
type Filling = { plans: [number, readonly FilePlan[]][]; planOf: number[]; macs: Mac[]; texts: string[]; keys: string[] };

export class Planner {
  readonly #pack: Pack;
  readonly #recipe: Recipe;
  readonly #kinds: readonly FileKind[];
  readonly #applied: Applied;
  readonly #forms = new Map<Alike['arranged'], Form>();
  /** Files without a MAC in their name that are on their way already: several phones share them. */
  readonly #shared = new Set<string>();

  constructor(pack: Pack, recipe: Recipe, kinds: readonly FileKind[], applied: Applied) {
    this.#pack = pack;
    this.#recipe = recipe;
    this.#kinds = kinds;
    this.#applied = applied;
  }

  /** A batch as a thread takes it; `had`: the numbers of the plans it has. Rows without a MAC or with an error are left out. */
  packet({ rows, keys }: Batch, had: Set<number>): Packet {
    const keysOf = new Map(keys);
    const into: Filling = { plans: [], planOf: [], macs: [], texts: [], keys: [] };
    for (const row of rows) {
      if (row.mac === null) continue;
      const own = keysOf.get(row.mac);
      const known = this.#applied.get(row);
      const { alike, compiled } = known === undefined ? this.#alone(row) : { alike: known, compiled: undefined };
      if (alike !== undefined) this.#addAlike(into, had, alike, row.mac, own);
      else if (compiled !== undefined) this.#addOnce(into, this.#planOf(compiled, row.mac, own, []), row.mac, own);
    }
    return { ...into, texts: into.texts.join(betweenRows) };
  }

  #alone(row: Row): { readonly alike?: Alike | undefined; readonly compiled?: Compiled | undefined } {
    const applied = this.#pack.compile(this.#recipe, row);
    const { alike } = applied;
    return alike === undefined ? { compiled: applied.compiled } : { alike };
  }

  #addAlike(into: Filling, had: Set<number>, alike: Alike, mac: Mac, own: PlainKeys | undefined): void {
    const { number, plan, encryption } = this.#formOf(into, alike, mac, own);
    if (!had.has(number)) into.plans.push([number, plan]);
    had.add(number);
    const { texts } = alike;
    add(into, number, mac, encryption === undefined || own === undefined ? texts : [texts, ...spelled(own, encryption)].join(between), own);
  }

  #addOnce(into: Filling, plan: readonly FilePlan[], mac: Mac, own: PlainKeys | undefined): void {
    const number = -1 - into.plans.length; // not kept by the thread
    const fresh = plan.filter(({ name }) => name.length > 1 || !this.#shared.has(name[0]));
    for (const { name } of fresh) if (name.length === 1) this.#shared.add(name[0]);
    into.plans.push([number, fresh]);
    add(into, number, mac, '', own);
  }

  /** The plan of all rows like this one; what they share goes once, with the first of them. */
  #formOf(into: Filling, { arranged, texts }: Alike, mac: Mac, own: PlainKeys | undefined): Form {
    const found = this.#forms.get(arranged);
    if (found !== undefined) return found;
    const count = texts.split(between).length;
    const marks = newMarks(count + 4);
    const compiled = arranged(marks.slice(0, count));
    const [benchKey = '', benchDirectory = '', key = '', directory = ''] = marks.slice(count);
    const keyMarks: PlainKeys | undefined = own === undefined ? undefined : [benchKey, benchDirectory, key, directory];
    const spelledMarks =
      keyMarks === undefined || compiled.encryption === undefined
        ? marks
        : [...marks.slice(0, count), ...spelled(keyMarks, compiled.encryption)];
    const plan = this.#planOf(compiled, mac, keyMarks, spelledMarks);
    const shared = plan.filter(({ name }) => name.length === 1);
    if (shared.length > 0) this.#addOnce(into, shared, mac, own);
    const form: Form = {
      number: this.#forms.size,
      plan: plan.filter(({ name }) => name.length > 1),
      encryption: compiled.encryption,
    };
    this.#forms.set(arranged, form);
    return form;
  }

  #planOf(compiled: Compiled, mac: Mac, own: PlainKeys | undefined, marks: readonly string[]): readonly FilePlan[] {
    const withKeys = compiled.encryption === undefined || own === undefined ? compiled : this.#pack.withKeys(compiled, phoneKeys(own));
    const how = this.#pack.encryption(this.#recipe, compiled.model);
    const gzip = this.#pack.gzips(this.#recipe, compiled.model);
    return draftsOf(this.#pack, withKeys, mac, this.#kinds).map((draft) => planned(draft, mac, marks, gzip, how));
  }
}

function planned(draft: Draft, mac: Mac, marks: readonly string[], gzip: boolean, how: Encryption | undefined): FilePlan {
  const { name, start, end, mark, encrypted } = draft;
  if (encrypted && how === undefined) throw new Error('a file of a phone with keys is never written in the clear');
  const [before = '', after] = name.split(mac);
  return {
    name: after === undefined ? [before] : [before, after],
    start: cutAt(start, marks),
    end,
    gzip,
    ...(mark === undefined ? {} : { mark }),
    ...(encrypted && how !== undefined ? { how } : {}),
  };
}

function add(into: Filling, number: number, mac: Mac, texts: string, own: PlainKeys | undefined): void {
  into.planOf.push(number);
  into.macs.push(mac);
  into.texts.push(texts);
  into.keys.push(own?.[2] ?? '');
}

/** The keys as they stand in the files. */
function spelled([benchKey, benchDirectory, key, directory]: PlainKeys, encryption: Encryption): readonly string[] {
  const spell = (text: string): string =>
    encryption.form === 'salted' ? text : spelledIkm({ key: new Secret(text), directory: new Secret('') }, encryption.ikm);
  return [spell(benchKey), benchDirectory, spell(key), directory];
}

function phoneKeys([benchKey, benchDirectory, key, directory]: PlainKeys): PhoneKeys {
  return neverRotated(
    { key: new Secret(benchKey), directory: new Secret(benchDirectory) },
    { key: new Secret(key), directory: new Secret(directory) },
  );
}
