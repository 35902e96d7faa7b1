/** The job as the bench works on it: every row with its recipe applied, and which MAC has which row. */
import type { Mac } from '../contract/mac.js';
import type { Transport } from '../contract/observation.js';
import type { Asked, BenchAddress, Compiled, Made, Pack } from '../phones/pack.js';
import type { Recipe, Row } from '../profiles/job.js';
import { packFile } from '../profiles/packing/pack-file.js';
import { type KeyPair, newPhoneKeys, type PhoneKeys } from '../profiles/phone-keys.js';
import { deriveKey } from '../store/keys.js';

/** A row ready to be served; `recipe`: the one it was made by, `since`: the revision its phone's verdict belongs to. */
export type Prepared = { readonly row: Row; readonly recipe: Recipe; readonly compiled: Compiled; readonly since: number };

/** What is not so for every row: a phone may keep what it had under an earlier revision of the job. */
export type EarlierRows = ReadonlyMap<number, { readonly recipe: Recipe; readonly since: number; readonly dropped: boolean }>;

/** Rows whose recipe was applied lately, kept: a phone asks several times within minutes. */
const keptPrepared = 1024;

/** Where phones' keys are kept: the same for a MAC whenever it is asked, also after a restart. */
export type KeyRing = (mac: Mac) => PhoneKeys;

export class Order {
  readonly pack: Pack;
  readonly recipe: Recipe;
  /** Some row came without a MAC: phones nobody named before are to be expected. */
  readonly takesUnlisted: boolean;
  readonly #rows = new Map<number, Row>();
  readonly #earlier: EarlierRows;
  readonly #prepared = new Map<number, Prepared | undefined>();
  readonly #byMac = new Map<Mac, Row>();
  readonly #free: Row[] = [];
  readonly #markerKey: Uint8Array;
  readonly #keysOf: KeyRing;
  #readPath: (path: string) => Asked | undefined;

  /**
   * A recipe is applied to a row when it is asked for. Keys are in memory alone unless said. `earlier`, by row: those that are not simply of
   * this recipe and of the first revision.
   */
  constructor(
    pack: Pack,
    recipe: Recipe,
    rows: readonly Row[],
    jobKey: Uint8Array,
    keysOf: KeyRing = memoryRing(),
    earlier: EarlierRows = new Map(),
  ) {
    this.pack = pack;
    this.recipe = recipe;
    this.#earlier = earlier;
    this.#markerKey = deriveKey(jobKey, 'marker');
    this.#keysOf = keysOf;
    this.#readPath = (path) => pack.readPath(path);
    for (const row of rows) {
      this.#rows.set(row.row, row);
      if (row.mac !== null) this.#byMac.set(row.mac, row);
      else if (earlier.get(row.row)?.dropped !== true) this.#free.push(row);
    }
    this.takesUnlisted = this.#free.length > 0;
  }

  /** The row of a MAC, by the CSV or by binding; none where the recipe cannot be applied to it. */
  of(mac: Mac): Prepared | undefined {
    const row = this.#byMac.get(mac);
    return row === undefined ? undefined : this.#prepare(row);
  }

  /** Whether a MAC has a row. */
  has(mac: Mac): boolean {
    return this.#byMac.has(mac);
  }

  /** The model its row says. */
  modelOf(mac: Mac): string | undefined {
    return this.#byMac.get(mac)?.model;
  }

  /** How many MACs have a row. */
  get listed(): number {
    return this.#byMac.size;
  }

  macs(): readonly Mac[] {
    return [...this.#byMac.keys()];
  }

  /** The number of a MAC's row, and the revision its verdict belongs to, without applying the recipe. */
  rowOf(mac: Mac): { readonly row: number; readonly since: number } | undefined {
    const row = this.#byMac.get(mac);
    return row === undefined ? undefined : { row: row.row, since: this.#earlier.get(row.row)?.since ?? 1 };
  }

  /** The line of a MAC's row in the list; undefined where it has none. */
  lineOf(mac: Mac): number | undefined {
    return this.#byMac.get(mac)?.line;
  }

  /** Whether the job has a row of this number. */
  hasRow(row: number): boolean {
    return this.#rows.has(row);
  }

  /** Whether a MAC has a row whose files are encrypted, without applying the recipe. */
  encrypts(mac: Mac): boolean {
    const row = this.#byMac.get(mac);
    return row !== undefined && this.pack.encryption(this.#earlier.get(row.row)?.recipe ?? this.recipe, row.model) !== undefined;
  }

  /** The models of the rows, each once. */
  models(): readonly string[] {
    return [...new Set([...this.#rows.values()].map(({ model }) => model))];
  }

  /** Rows that still wait for a phone. */
  get unbound(): number {
    return this.#free.length;
  }

  /** Gives a MAC a row: the one named (a binding of the journal), else the next free one of its model. */
  bind(mac: Mac, which: { readonly row: number } | { readonly model: string }): Prepared | undefined {
    if (this.#byMac.has(mac)) return this.of(mac);
    const index = this.#free.findIndex((row) => ('row' in which ? row.row === which.row : row.model === which.model));
    const dropped = 'row' in which && index === -1 ? this.#rows.get(which.row) : undefined;
    const row = index === -1 ? (dropped?.mac === null ? dropped : undefined) : this.#free.splice(index, 1)[0];
    if (row === undefined) return undefined;
    const bound = { ...row, mac }; // `{{mac}}` of its recipe means this phone from here on
    this.#rows.set(row.row, bound);
    this.#byMac.set(mac, bound);
    return this.#prepare(bound);
  }

  /** Where it is served: the rules of its recipes may name this address. */
  servedAt(bench: BenchAddress): void {
    const recipes = new Set([this.recipe, ...Array.from(this.#earlier.values(), ({ recipe }) => recipe)]);
    this.#readPath = this.pack.pathReader(recipes, bench);
  }

  /** What a name asks for; what only the recipes' own rules name is known once it is served. */
  readPath(path: string): Asked | undefined {
    return this.#readPath(path);
  }

  /** The keys of a phone are others now: its files are made anew. */
  forget(mac: Mac): void {
    const row = this.#byMac.get(mac);
    if (row !== undefined) this.#prepared.delete(row.row);
  }

  /** The device file of a row, with its marker, before it is packed. */
  deviceFile({ compiled }: Prepared): ReturnType<Pack['device']> {
    return this.pack.device(compiled, this.#markerKey);
  }

  /**
   * A file as it goes over the wire to a phone of this model, encrypted where a pair of its keys is given. `recipe`: of the phone's row,
   * which a later one of the job does not change; throws where that does not say how to encrypt.
   */
  packed(made: Made, model: string | undefined, recipe: Recipe = this.recipe, pair?: KeyPair): Made {
    const how = this.pack.encryption(recipe, model);
    if (how === undefined && pair !== undefined) throw new Error('a file of a phone with keys is never sent in the clear');
    const encryption = how === undefined || pair === undefined ? undefined : { how, pair };
    const compressed = this.pack.gzips(recipe, model);
    if (!compressed && encryption === undefined) return made;
    return { ...made, ...packFile(made.bytes, { gzip: compressed, ...(encryption === undefined ? {} : { encryption }) }) };
  }

  /** How a phone fetches: its row's way, else its model's. */
  transport(mac: Mac | undefined, model: string | undefined): Transport {
    const prepared = mac === undefined ? undefined : this.of(mac);
    return prepared?.compiled.transport ?? this.pack.transportOf(this.recipe, model);
  }

  #prepare(row: Row): Prepared | undefined {
    if (this.#prepared.has(row.row)) return this.#prepared.get(row.row);
    const earlier = this.#earlier.get(row.row);
    const recipe = earlier?.recipe ?? this.recipe;
    const { compiled } = this.pack.compile(recipe, row);
    const prepared =
      compiled === undefined ? undefined : { row, recipe, compiled: this.#withKeys(row, compiled), since: earlier?.since ?? 1 };
    this.#prepared.set(row.row, prepared);
    for (const oldest of this.#prepared.keys()) {
      if (this.#prepared.size <= keptPrepared) break;
      this.#prepared.delete(oldest);
    }
    return prepared;
  }

  #withKeys({ mac }: Row, compiled: Compiled): Compiled {
    return compiled.encryption === undefined || mac === null ? compiled : this.pack.withKeys(compiled, this.#keysOf(mac));
  }
}

/** Keys that nobody keeps: good for as long as the order lives. */
function memoryRing(): KeyRing {
  const made = new Map<Mac, PhoneKeys>();
  return (mac) => {
    const keys = made.get(mac) ?? newPhoneKeys();
    made.set(mac, keys);
    return keys;
  };
}
