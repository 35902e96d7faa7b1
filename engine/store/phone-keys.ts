/** The phones' keys of a job, each pair of pairs sealed under the job's key: made when first asked for, and then the same for good. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Mac } from '../contract/mac.js';
import { Secret } from '../contract/secret.js';
import { type KeyPair, newPhoneKeys, type PhoneKeys } from '../profiles/phone-keys.js';
import { seal, unseal } from './keys.js';

const pair = z.strictObject({ key: z.string().regex(/^[0-9a-f]{64}$/), directory: z.string().regex(/^[0-9a-f]{32}$/) });
const stored = z.strictObject({ bench: pair, customer: pair });

export class StoredPhoneKeys {
  readonly #database: DatabaseSync;
  readonly #job: string;
  readonly #jobKey: Uint8Array;

  constructor(database: DatabaseSync, job: string, jobKey: Uint8Array) {
    this.#database = database;
    this.#job = job;
    this.#jobKey = jobKey;
  }

  /** The keys of a phone, kept before anybody hears of them. Throws what SQLite throws, and when what is kept cannot be opened. */
  of(mac: Mac): PhoneKeys {
    const known = this.find(mac);
    if (known !== undefined) return known;
    const made = newPhoneKeys();
    const plain = Buffer.from(JSON.stringify({ bench: revealed(made.bench), customer: revealed(made.customer) }));
    this.#database
      .prepare('INSERT OR IGNORE INTO phone_keys (job, mac, sealed) VALUES (?, ?, ?)')
      .run(this.#job, mac, seal(this.#jobKey, this.#context(mac), plain));
    return this.find(mac) ?? made; // another process may have been first: then its keys are the ones
  }

  /** The keys a phone has, if it has any. */
  find(mac: Mac): PhoneKeys | undefined {
    const record = this.#database.prepare('SELECT sealed FROM phone_keys WHERE job = ? AND mac = ?').get(this.#job, mac);
    if (record === undefined) return undefined;
    const sealed = record['sealed'];
    const plain = sealed instanceof Uint8Array ? unseal(this.#jobKey, this.#context(mac), sealed) : undefined;
    if (plain === undefined) throw new Error(`the keys of ${mac} are not sealed under the key of job ${this.#job}`);
    const { bench, customer } = stored.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
    return { bench: secret(bench), customer: secret(customer) };
  }

  /** How many phones have keys. */
  count(): number {
    return Number(this.#database.prepare('SELECT count(*) AS phones FROM phone_keys WHERE job = ?').get(this.#job)?.['phones'] ?? 0);
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
