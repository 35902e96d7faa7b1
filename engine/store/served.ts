/**
 * What each phone was served last, so that a preview can say what changed: a keyed hash per parameter and no value. Under a key of the
 * job that served it, for a bare hash would let anyone with the database try passwords; with the job's key destroyed nothing of it can be told.
 */
import { createHmac } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { Mac } from '../contract/mac.js';
import { reveal, type Secret } from '../contract/secret.js';
import { groupOf } from './group-commit.js';
import { deriveKey } from './keys.js';

type Written = { readonly tag: string; readonly value: string | Secret; readonly ua: string };

/** Base64url by tag. */
type Fingerprints = Readonly<Record<string, string>>;
const fingerprints = z.record(z.string(), z.string());

export type LastServed = { readonly job: string; readonly at: string; readonly tags: Fingerprints };

export class Served {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare('INSERT OR REPLACE INTO served (job, mac, file, at, tags) VALUES (?, ?, ?, ?, ?)');
    this.#select = database.prepare('SELECT job, at, tags FROM served WHERE mac = ? AND file = ? ORDER BY at DESC LIMIT 1');
  }

  /** Kept with the other entries of this turn. */
  note(job: { readonly id: string; readonly key: Uint8Array }, mac: Mac, file: string, at: string, parameters: readonly Written[]): void {
    const tags = JSON.stringify(fingerprintsOf(job.key, mac, file, parameters));
    groupOf(this.#database).add(
      () => this.#insert.run(job.id, mac, file, at, tags),
      () => undefined,
    ); // one that is lost tells of an older one
  }

  /** The newest of any job. */
  last(mac: Mac, file: string): LastServed | undefined {
    groupOf(this.#database).flush();
    const record = this.#select.get(mac, file);
    if (record === undefined) return undefined;
    return { job: String(record['job']), at: String(record['at']), tags: fingerprints.parse(JSON.parse(String(record['tags']))) };
  }
}

/** By tag; the same parameter of another phone or file has another fingerprint. `jobKey`: 32 bytes. */
export function fingerprintsOf(jobKey: Uint8Array, mac: Mac, file: string, parameters: readonly Written[]): Fingerprints {
  const key = deriveKey(jobKey, 'served');
  return Object.fromEntries(
    parameters.map(({ tag, value, ua }) => {
      const hash = createHmac('sha256', key)
        .update(`${mac}\0${file}\0${tag}\0${ua}\0${reveal(value)}`)
        .digest();
      return [tag, hash.subarray(0, 16).toString('base64url')];
    }),
  );
}
