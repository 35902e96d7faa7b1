/**
 * The one database of a data folder: SQLite through node:sqlite, WAL, one writer.
 *
 * `synchronous=NORMAL` in WAL survives the end of the process at any moment; a power cut may cost the last transactions, never the file.
 * `secure_delete` overwrites what is deleted, for a destroyed key must be gone. The log is carried over into the file every 16 MiB: each
 * time stops the bench for the disk, and a page that many leases changed is then written once for all of them.
 */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Refusal, Result } from '../contract/problem.js';
import { makeFolder } from './make-folder.js';

/** Each step brings the schema from its index to the next version; steps are never changed once released. */
const migrations: readonly string[] = [
  `CREATE TABLE jobs (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     pack TEXT NOT NULL,
     revision INTEGER NOT NULL,
     created TEXT NOT NULL,
     closed TEXT,
     keep_days INTEGER NOT NULL,
     wrapped_key BLOB,
     recipe BLOB NOT NULL,
     input_mac BLOB NOT NULL
   ) STRICT;
   CREATE TABLE rows (
     job TEXT NOT NULL REFERENCES jobs(id),
     row INTEGER NOT NULL,
     sealed BLOB NOT NULL,
     PRIMARY KEY (job, row)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE journal (
     seq INTEGER PRIMARY KEY,
     job TEXT NOT NULL REFERENCES jobs(id),
     at TEXT NOT NULL,
     mac TEXT NOT NULL,
     address TEXT,
     fact TEXT NOT NULL
   ) STRICT;
   CREATE INDEX journal_by_job ON journal (job, seq);
   CREATE TABLE leases (
     mac TEXT PRIMARY KEY,
     address TEXT NOT NULL UNIQUE,
     expires INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE jobs ADD COLUMN virtual INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE settings (
     name TEXT PRIMARY KEY,
     value TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE phone_keys (
     job TEXT NOT NULL REFERENCES jobs(id),
     mac TEXT NOT NULL,
     sealed BLOB NOT NULL,
     PRIMARY KEY (job, mac)
   ) STRICT, WITHOUT ROWID;`,
  // `revision`: the one a row's content is of. `since`: the one its phone's verdict belongs to. `dropped`: no longer in the newest list.
  `ALTER TABLE rows ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
   ALTER TABLE rows ADD COLUMN since INTEGER NOT NULL DEFAULT 1;
   ALTER TABLE rows ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE revisions (
     job TEXT NOT NULL REFERENCES jobs(id),
     revision INTEGER NOT NULL,
     recipe BLOB NOT NULL,
     PRIMARY KEY (job, revision)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE seen (
     kind TEXT NOT NULL,
     value TEXT NOT NULL,
     job TEXT NOT NULL REFERENCES jobs(id),
     PRIMARY KEY (kind, value, job)
   ) STRICT, WITHOUT ROWID;
   INSERT INTO seen SELECT DISTINCT 'mac', mac, job FROM journal WHERE json_extract(fact, '$.kind') = 'bound';`,
  `CREATE TABLE served (
     job TEXT NOT NULL REFERENCES jobs(id),
     mac TEXT NOT NULL,
     file TEXT NOT NULL,
     at TEXT NOT NULL,
     tags TEXT NOT NULL,
     PRIMARY KEY (mac, file, job)
   ) STRICT, WITHOUT ROWID;`,
  // How often a phone's keys were rotated.
  'ALTER TABLE phone_keys ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;',
  // What the newest list of a job is called.
  'ALTER TABLE jobs ADD COLUMN list TEXT;',
];

/** Opens (or makes) the database of a data folder, brought to the newest schema. Refuses a file made by a newer Benchtone or none at all. */
export function openDatabase(folder: string, access: 'write' | 'read' = 'write'): Result<DatabaseSync> {
  const file = join(folder, 'benchtone.sqlite');
  try {
    if (access === 'write') makeFolder(folder);
    const database = new DatabaseSync(file, { readOnly: access === 'read', timeout: 5000 });
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version > migrations.length) {
      database.close();
      return { ok: false, refusal: { kind: 'missing', code: 'data.newer', params: { folder, version } } };
    }
    if (access === 'write') {
      chmodSync(file, 0o600);
      database.exec(
        'PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000;',
      );
      migrate(database, version);
    }
    return { ok: true, value: database };
  } catch (error) {
    return { ok: false, refusal: dataRefusal(folder, error) };
  }
}

/** True for what SQLite or the file system says of a folder that cannot be used; anything else is our bug. */
export function isDataFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:ERR_SQLITE_ERROR|ERR_FS_\w+|E[A-Z]+)$/.test(String(error.code));
}

export function dataRefusal(folder: string, error: unknown): Refusal {
  return { kind: 'missing', code: 'data.unusable', params: { folder, reason: error instanceof Error ? error.message : String(error) } };
}

/** Runs `work` as one transaction: all of it or nothing. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function migrate(database: DatabaseSync, from: number): void {
  for (const [index, step] of migrations.entries()) {
    if (index < from) continue;
    transaction(database, () => {
      database.exec(step);
      database.exec(`PRAGMA user_version=${index + 1}`);
    });
  }
}
