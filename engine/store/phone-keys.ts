/**
 * The phones' keys of a job, sealed together under the job's key: made when first asked for, and then the same until somebody wants new ones.
 *
 * `turn` stands beside them in the clear, so that a bench sees what another process has rotated without opening all of them.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { Mac } from '../contract/mac.js';
import { Secret } from '../contract/secret.js';
import { type KeyPair, mostFormer, newPhoneKeys, pairHeld, type PhoneKeys, rotated } from '../profiles/phone-keys.js';
import { transaction } from './database.js';
import { groupOf } from './group-commit.js';
import { seal, unseal } from './keys.js';

const pair = z.strictObject({ key: z.string().regex(/^[0-9a-f]{64}$/), directory: z.string().regex(/^[0-9a-f]{32}$/) });
/** Those of earlier versions have neither `turn` nor `former`. */
const stored = z.strictObject({
  bench: pair,
  customer: pair,
  turn: z.int().min(0).default(0),
  former: z.array(pair).max(mostFormer).default([]),
});

export class StoredPhoneKeys {
  readonly #database: DatabaseSync;
  readonly #job: string;
  readonly #jobKey: Uint8Array;
  /** Prepared once: thousands of phones are gone through at a time. */
  readonly #select: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;

  constructor(database: DatabaseSync, job: string, jobKey: Uint8Array) {
    this.#database = database;
    this.#job = job;
    this.#jobKey = jobKey;
    this.#select = database.prepare('SELECT sealed FROM phone_keys WHERE job = ? AND mac = ?');
    this.#insert = database.prepare('INSERT OR IGNORE INTO phone_keys (job, mac, sealed) VALUES (?, ?, ?)');
    this.#update = database.prepare('UPDATE phone_keys SET sealed = ?, turn = ? WHERE job = ? AND mac = ?');
  }

  /** The keys of a phone, kept before anybody hears of them. Throws what SQLite throws, and when what is kept cannot be opened. */
  of(mac: Mac): PhoneKeys {
    const known = this.find(mac);
    if (known !== undefined) return known;
    const made = newPhoneKeys();
    this.#insert.run(this.#job, mac, this.#sealed(mac, made));
    return this.find(mac) ?? made; // another process may have been first: then its keys are the ones
  }

  /** The keys a phone has, if it has any. */
  find(mac: Mac): PhoneKeys | undefined {
    const record = this.#select.get(this.#job, mac);
    if (record === undefined) return undefined;
    const sealed = record['sealed'];
    const plain = sealed instanceof Uint8Array ? unseal(this.#jobKey, this.#context(mac), sealed) : undefined;
    if (plain === undefined) throw new Error(`the keys of ${mac} are not sealed under the key of job ${this.#job}`);
    const { bench, customer, turn, former } = stored.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
    return { bench: secret(bench), customer: secret(customer), turn, former: former.map(secret) };
  }

  /**
   * New keys for these phones, all of them or none; gives the number of each. On disk when this returns: what follows from it may be done at
   * leisure, for whoever opens the job again sees it. Throws what SQLite throws.
   */
  rotate(macs: readonly Mac[]): ReadonlyMap<Mac, number> {
    groupOf(this.#database).flush(); // no transaction within another
    return transaction(this.#database, () => {
      const turns = macs.map((mac) => {
        const keys = rotated(this.of(mac));
        this.#update.run(this.#sealed(mac, keys), keys.turn, this.#job, mac);
        return [mac, keys.turn] as const;
      });
      return new Map(turns);
    });
  }

  /** Leaves a phone the pair it has proven last, number and all that was before unchanged; false where that is the one it is to have. */
  keep(mac: Mac, proven: number | undefined): boolean {
    const keys = this.find(mac);
    const held = keys === undefined ? undefined : pairHeld(keys, proven);
    if (keys === undefined || held === undefined || held.directory.reveal() === keys.customer.directory.reveal()) return false;
    this.#update.run(this.#sealed(mac, { ...keys, customer: held }), keys.turn, this.#job, mac);
    return true;
  }

  /** The phones whose keys were rotated, and how often. */
  turns(): ReadonlyMap<Mac, number> {
    const rows = this.#database.prepare('SELECT mac, turn FROM phone_keys WHERE job = ? AND turn > 0').all(this.#job);
    return new Map(rows.map(({ mac, turn }) => [String(mac) as Mac, Number(turn)]));
  }

  /** The phones that have keys. */
  macs(): readonly Mac[] {
    return this.#database
      .prepare('SELECT mac FROM phone_keys WHERE job = ?')
      .all(this.#job)
      .map(({ mac }) => String(mac) as Mac);
  }

  #sealed(mac: Mac, { bench, customer, turn, former }: PhoneKeys): Uint8Array {
    const plain: z.infer<typeof stored> = { bench: revealed(bench), customer: revealed(customer), turn, former: former.map(revealed) };
    return seal(this.#jobKey, this.#context(mac), Buffer.from(JSON.stringify(plain)));
  }

  #context(mac: Mac): string {
    return `phone keys ${this.#job} ${mac}`;
  }
}

function revealed({ key, directory }: KeyPair): z.infer<typeof pair> {
  return { key: key.reveal(), directory: directory.reveal() };
}

function secret({ key, directory }: z.infer<typeof pair>): KeyPair {
  return { key: new Secret(key), directory: new Secret(directory) };
}
