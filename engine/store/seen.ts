/**
 * Which phones, extensions and users were in which job, to tell a person of what comes a second time. A MAC stands there as it does in the
 * journal; the others only as a keyed digest (HMAC-SHA-256 under a key of the installation), extensions and users no longer than their job's
 * key, activation codes for good.
 */
import { createHmac } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { activationDigits } from '../profiles/activation-column.js';
import type { Row } from '../profiles/job.js';
import { deriveKey } from './keys.js';

export const seenKinds = ['mac', 'extension', 'user', 'activation_code'] as const;
export type SeenKind = (typeof seenKinds)[number];

export class Seen {
  readonly #database: DatabaseSync;
  readonly #key: Uint8Array | undefined;

  constructor(database: DatabaseSync, installationKey: Uint8Array | undefined) {
    this.#database = database;
    this.#key = installationKey === undefined ? undefined : deriveKey(installationKey, 'seen');
  }

  /** Notes the rows of a job, within the caller's transaction. */
  add(job: string, rows: readonly Row[]): void {
    const insert = this.#database.prepare('INSERT OR IGNORE INTO seen (kind, value, job) VALUES (?, ?, ?)');
    for (const row of rows)
      for (const kind of seenKinds) {
        const value = this.#stored(kind, valueOf(row, kind));
        if (value !== undefined) insert.run(kind, value, job);
      }
  }

  /** A way to ask in which jobs a row's MAC, extension or user was before; one statement for many rows. */
  lookUp(): (row: Row, kind: SeenKind) => readonly string[] {
    const select = this.#database.prepare(
      'SELECT job FROM seen WHERE kind = ? AND value = ? AND job IN (SELECT id FROM jobs WHERE revision > 0)', // one in the making is none yet
    );
    return (row, kind) => {
      const value = this.#stored(kind, valueOf(row, kind));
      return value === undefined ? [] : select.all(kind, value).map((record) => String(record['job']));
    };
  }

  /** What a purged job knew of people goes with its key; that a code was used stays, for it never works again. */
  forgetPeople(job: string): void {
    this.#database.prepare("DELETE FROM seen WHERE job = ? AND kind IN ('extension', 'user')").run(job);
  }

  #stored(kind: SeenKind, value: string): string | undefined {
    if (value === '') return undefined;
    if (kind === 'mac') return value;
    return this.#key === undefined ? undefined : createHmac('sha256', this.#key).update(`${kind}\0${value}`).digest('hex');
  }
}

function valueOf(row: Row, kind: SeenKind): string {
  if (kind === 'mac') return row.mac ?? '';
  const value = row.values[kind] ?? '';
  return kind === 'activation_code' ? (activationDigits(value) ?? '') : value;
}
