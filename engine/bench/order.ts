/** The job as the bench works on it: every row with its recipe applied, and which MAC has which row. */
import type { Mac } from '../contract/mac.js';
import type { Transport } from '../contract/observation.js';
import type { Compiled, Made, Pack } from '../phones/pack.js';
import type { Recipe, Row } from '../profiles/job.js';
import { packFile } from '../profiles/packing/pack-file.js';
import { type KeyPair, newPhoneKeys, type PhoneKeys } from '../profiles/phone-keys.js';
import { deriveKey } from '../store/keys.js';

/** A row ready to be served. */
export type Prepared = { readonly row: Row; readonly compiled: Compiled };

/** Where phones' keys are kept: the same for a MAC whenever it is asked, also after a restart. */
export type KeyRing = (mac: Mac) => PhoneKeys;

export class Order {
  readonly pack: Pack;
  readonly recipe: Recipe;
  /** Some row came without a MAC: phones nobody named before are to be expected. */
  readonly takesUnlisted: boolean;
  readonly #prepared = new Map<number, Prepared>();
  readonly #byMac = new Map<Mac, Prepared>();
  readonly #free: Prepared[] = [];
  readonly #markerKey: Uint8Array;
  readonly #keysOf: KeyRing;

  /** Rows the recipe cannot be applied to are left out; the caller has told their problems before. Keys are in memory alone unless said. */
  constructor(pack: Pack, recipe: Recipe, rows: readonly Row[], jobKey: Uint8Array, keysOf: KeyRing = () => newPhoneKeys()) {
    this.pack = pack;
    this.recipe = recipe;
    this.takesUnlisted = rows.some(({ mac }) => mac === null);
    this.#markerKey = deriveKey(jobKey, 'marker');
    this.#keysOf = keysOf;
    for (const row of rows) {
      const { compiled } = pack.compile(recipe, row);
      if (compiled === undefined) continue;
      const prepared = { row, compiled };
      this.#prepared.set(row.row, prepared);
      if (row.mac === null) this.#free.push(prepared);
      else this.#byMac.set(row.mac, prepared);
    }
  }

  /** The row of a MAC, by the CSV or by binding. */
  of(mac: Mac): Prepared | undefined {
    const prepared = this.#byMac.get(mac);
    if (prepared?.compiled.encryption === undefined || prepared.compiled.keys !== undefined) return prepared;
    const withKeys = { ...prepared, compiled: this.pack.withKeys(prepared.compiled, this.#keysOf(mac)) };
    this.#byMac.set(mac, withKeys);
    return withKeys;
  }

  /** Whether a MAC has a row. */
  has(mac: Mac): boolean {
    return this.#byMac.has(mac);
  }

  /** The model its row says. */
  modelOf(mac: Mac): string | undefined {
    return this.#byMac.get(mac)?.compiled.model;
  }

  macs(): readonly Mac[] {
    return [...this.#byMac.keys()];
  }

  /** The models of the rows, each once. */
  models(): readonly string[] {
    return [...new Set([...this.#prepared.values()].map(({ compiled }) => compiled.model))];
  }

  /** Rows that still wait for a phone. */
  get unbound(): number {
    return this.#free.length;
  }

  /** Gives a MAC a row: the one named (a binding of the journal), else the next free one of its model. */
  bind(mac: Mac, which: { readonly row: number } | { readonly model: string }): Prepared | undefined {
    const known = this.of(mac);
    if (known !== undefined) return known;
    const index = this.#free.findIndex(({ row }) => ('row' in which ? row.row === which.row : row.model === which.model));
    const [prepared] = index === -1 ? [] : this.#free.splice(index, 1);
    if (prepared === undefined) return undefined;
    this.#byMac.set(mac, prepared);
    return this.of(mac);
  }

  /** The device file of a row, with its marker, before it is packed. */
  deviceFile({ compiled }: Prepared): ReturnType<Pack['device']> {
    return this.pack.device(compiled, this.#markerKey);
  }

  /** A file as it goes over the wire to a phone of this model, encrypted where a pair of its keys is given. */
  packed(made: Made, model: string | undefined, pair?: KeyPair): Made {
    const how = this.pack.encryption(this.recipe, model);
    const encryption = how === undefined || pair === undefined ? undefined : { how, pair };
    const compressed = this.pack.gzips(this.recipe, model);
    if (!compressed && encryption === undefined) return made;
    return { ...made, ...packFile(made.bytes, { gzip: compressed, ...(encryption === undefined ? {} : { encryption }) }) };
  }

  /** How a phone fetches: its row's way, else its model's. */
  transport(mac: Mac | undefined, model: string | undefined): Transport {
    const prepared = mac === undefined ? undefined : this.#byMac.get(mac);
    return prepared?.compiled.transport ?? this.pack.transportOf(this.recipe, model);
  }
}
