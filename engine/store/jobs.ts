/** Jobs and their rows. What a row or a recipe holds is sealed under the job's key; ids, names and times are not secret. */
import { createHmac, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Recipe, Row } from '../profiles/job.js';
import { finish, type Steps } from '../profiles/slices.js';
import { transaction } from './database.js';
import { deriveKey, newKey, seal, unseal } from './keys.js';
import { Seen } from './seen.js';

export type Job = {
  readonly id: string;
  readonly name: string;
  /** What the file of its newest list is called, without its ending; null where nobody said. */
  readonly list: string | null;
  readonly pack: string;
  readonly revision: number;
  readonly created: string;
  readonly closed: string | null;
  /** Days its secrets are kept after closing. */
  readonly keepDays: number;
  /** The job's key; undefined once purged, or when this installation's key does not open it. */
  readonly key: Uint8Array | undefined;
  /** Made of virtual phones. */
  readonly virtual: boolean;
};

/** When a closed job's secrets are destroyed; null while it is open. */
export function secretsUntil({ closed, keepDays }: Pick<Job, 'closed' | 'keepDays'>): string | null {
  return closed === null ? null : new Date(Date.parse(closed) + keepDays * dayMs).toISOString();
}

const dayMs = 86_400_000;
/** Rows sealed or opened in one step: some milliseconds. */
const rowsAtOnce = 64;

export type NewJob = {
  readonly recipe: Recipe;
  readonly rows: readonly Row[];
  readonly input: readonly Uint8Array[];
  readonly at: string;
  readonly virtual?: boolean;
  readonly list?: string | null;
};

/** A row as a job keeps it from revision to revision. */
export type KeptRow = {
  readonly row: Row;
  /** The revision its content is of, and whose recipe is applied to it. */
  readonly revision: number;
  /** The revision since which nothing changed for its phone: a verdict belongs to that. */
  readonly since: number;
  /** The newest list lacks it; it is kept, for its phone was handed off before. */
  readonly dropped: boolean;
};

export type Revision = {
  readonly recipe: Recipe;
  readonly rows: readonly KeptRow[];
  readonly input: readonly Uint8Array[];
  readonly list?: string | null;
};

export class Jobs {
  readonly #database: DatabaseSync;
  readonly #installationKey: Uint8Array | undefined;

  constructor(database: DatabaseSync, key: Uint8Array | undefined) {
    this.#database = database;
    this.#installationKey = key;
  }

  /** Start: freezes recipe and rows as revision 1 of a new job, all of it now. */
  create(job: NewJob): Job {
    return finish(this.createSteps(job));
  }

  /**
   * The same in steps. Rows are kept a few at a time, for nobody else could write as long as one transaction lasts; the job is revision 0
   * until the last of them is there, which nobody is told of, and what is left of one that never got so far `dropUnfinished` takes away.
   */
  *createSteps({ recipe, rows, input, at, virtual = false, list = null }: NewJob): Steps<Job> {
    if (this.#installationKey === undefined) throw new Error('a job is made under an installation key');
    const id = `${at.slice(0, 10).replaceAll('-', '')}-${randomBytes(4).toString('hex')}`;
    const key = newKey();
    const wrapped = seal(this.#installationKey, `job ${id}`, key);
    this.#database
      .prepare(
        'INSERT INTO jobs (id, name, pack, revision, created, keep_days, wrapped_key, recipe, input_mac, virtual, list) VALUES (?, ?, ?, 0, ?, 14, ?, ?, ?, ?, ?)',
      )
      .run(
        id,
        recipe.name,
        recipe.phones,
        at,
        wrapped,
        sealJson(key, `recipe ${id}`, recipe),
        fingerprint(key, input),
        virtual ? 1 : 0,
        list,
      );
    const insert = this.#database.prepare('INSERT INTO rows (job, row, sealed) VALUES (?, ?, ?)');
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const some = rows.slice(from, from + rowsAtOnce);
      transaction(this.#database, () => {
        for (const row of some) insert.run(id, row.row, sealJson(key, `row ${id} ${row.row}`, row));
        if (!virtual) this.seen.add(id, some);
      });
      yield;
    }
    this.#database.prepare('UPDATE jobs SET revision = 1 WHERE id = ?').run(id);
    return { id, name: recipe.name, list, pack: recipe.phones, revision: 1, created: at, closed: null, keepDays: 14, key, virtual };
  }

  /** Takes away what is left of jobs that were never finished making. Only for who alone makes jobs in this folder. */
  dropUnfinished(): void {
    if (this.#database.prepare('SELECT 1 FROM jobs WHERE revision = 0').get() === undefined) return;
    transaction(this.#database, () => {
      for (const table of ['rows', 'seen'])
        this.#database.exec(`DELETE FROM ${table} WHERE job IN (SELECT id FROM jobs WHERE revision = 0)`);
      this.#database.exec('DELETE FROM jobs WHERE revision = 0');
    });
  }

  /** What becomes of a job when its list or its recipe is changed: one revision more. All of it or nothing. */
  revise(job: Job, { recipe, rows, input, list = job.list }: Revision): Job {
    const { id, key } = job;
    const before = this.recipe(job);
    if (key === undefined || before === undefined) throw new Error('a job is revised under its key');
    const revision = job.revision + 1;
    transaction(this.#database, () => {
      this.#database
        .prepare('INSERT OR REPLACE INTO revisions (job, revision, recipe) VALUES (?, ?, ?)')
        .run(id, job.revision, sealJson(key, `recipe ${id} ${job.revision}`, before));
      this.#database
        .prepare('UPDATE jobs SET revision = ?, name = ?, recipe = ?, input_mac = ?, list = ? WHERE id = ?')
        .run(revision, recipe.name, sealJson(key, `recipe ${id}`, recipe), fingerprint(key, input), list, id);
      this.#database.prepare('DELETE FROM rows WHERE job = ?').run(id);
      const insert = this.#database.prepare('INSERT INTO rows (job, row, sealed, revision, since, dropped) VALUES (?, ?, ?, ?, ?, ?)');
      for (const each of rows)
        insert.run(id, each.row.row, sealJson(key, `row ${id} ${each.row.row}`, each.row), each.revision, each.since, each.dropped ? 1 : 0);
      // A recipe no row is served by any more is nobody's business.
      this.#database.prepare('DELETE FROM revisions WHERE job = ?1 AND revision NOT IN (SELECT revision FROM rows WHERE job = ?1)').run(id);
      if (!job.virtual)
        this.seen.add(
          id,
          rows.map(({ row }) => row),
        );
    });
    return { ...job, revision, name: recipe.name, list };
  }

  /** The recipe of a revision that some row still belongs to. */
  recipeOf(job: Job, revision: number): Recipe | undefined {
    if (revision === job.revision) return this.recipe(job);
    const record = this.#database.prepare('SELECT recipe FROM revisions WHERE job = ? AND revision = ?').get(job.id, revision);
    return unsealJson(job.key, `recipe ${job.id} ${revision}`, record?.['recipe']) as Recipe | undefined;
  }

  /** The rows of a job with the revision each belongs to; empty when its key is gone. */
  keptRows(job: Job): readonly KeptRow[] {
    return finish(this.keptRowsSteps(job));
  }

  /** The same in steps. */
  *keptRowsSteps(job: Job): Steps<readonly KeptRow[]> {
    const kept: KeptRow[] = [];
    const some = this.#database.prepare('SELECT * FROM rows WHERE job = ? AND row > ? ORDER BY row LIMIT ?');
    for (let after = -1, more = true; more;) {
      const records = some.all(job.id, after, rowsAtOnce);
      for (const record of records) {
        after = Number(record['row']);
        const row = unsealJson(job.key, `row ${job.id} ${after}`, record['sealed']) as Row | undefined;
        // A database opened only to be read may not have the columns yet.
        const { revision = 1, since = 1, dropped = 0 } = record;
        if (row !== undefined) kept.push({ row, revision: Number(revision), since: Number(since), dropped: dropped === 1 });
      }
      more = records.length === rowsAtOnce;
      yield;
    }
    return kept;
  }

  /** Which phones, extensions and users were in which job. */
  get seen(): Seen {
    return new Seen(this.#database, this.#installationKey);
  }

  /** All jobs, the newest first. */
  list(): readonly Job[] {
    return this.#database
      .prepare('SELECT * FROM jobs WHERE revision > 0 ORDER BY created DESC, rowid DESC')
      .all()
      .map((record) => this.#job(record));
  }

  /** The newest job that is not closed; one of virtual phones is never the one meant. */
  open(): Job | undefined {
    return this.list().find((job) => job.closed === null && !job.virtual);
  }

  find(id: string): Job | undefined {
    const record = this.#database.prepare('SELECT * FROM jobs WHERE id = ? AND revision > 0').get(id);
    return record === undefined ? undefined : this.#job(record);
  }

  recipe(job: Job): Recipe | undefined {
    const record = this.#database.prepare('SELECT recipe FROM jobs WHERE id = ?').get(job.id);
    return unsealJson(job.key, `recipe ${job.id}`, record?.['recipe']) as Recipe | undefined;
  }

  /** The rows of a job in their order; empty when its key is gone. */
  rows(job: Job): readonly Row[] {
    return this.keptRows(job).map(({ row }) => row);
  }

  /** One row of a job; undefined when there is none of that number, or its key is gone. */
  row(job: Job, number: number): Row | undefined {
    const record = this.#database.prepare('SELECT sealed FROM rows WHERE job = ? AND row = ?').get(job.id, number);
    return unsealJson(job.key, `row ${job.id} ${number}`, record?.['sealed']) as Row | undefined;
  }

  /** How many rows a job has, whether or not its key is there. */
  rowCount(job: Job): number {
    return Number(this.#database.prepare('SELECT count(*) AS rows FROM rows WHERE job = ?').get(job.id)?.['rows'] ?? 0);
  }

  /** True when a job was made from exactly these files. */
  madeFrom(job: Job, input: readonly Uint8Array[]): boolean {
    const record = this.#database.prepare('SELECT input_mac FROM jobs WHERE id = ?').get(job.id);
    const known = record?.['input_mac'];
    return job.key !== undefined && known instanceof Uint8Array && Buffer.from(fingerprint(job.key, input)).equals(Buffer.from(known));
  }

  close(job: Job, at: string): void {
    this.#database.prepare('UPDATE jobs SET closed = ? WHERE id = ? AND closed IS NULL').run(at, job.id);
  }

  /** Opens a closed job again; its secrets are then kept until it is closed anew. */
  reopen(job: Job): void {
    this.#database.prepare('UPDATE jobs SET closed = NULL WHERE id = ?').run(job.id);
  }

  /** Destroys the keys of closed jobs whose days are over; gives how many. */
  purge(now: Date): number {
    const due = this.list().filter((job) => {
      const until = secretsUntil(job);
      return until !== null && Date.parse(until) <= now.getTime();
    });
    const destroy = this.#database.prepare('UPDATE jobs SET wrapped_key = NULL WHERE id = ? AND wrapped_key IS NOT NULL');
    const destroyed = due.reduce((count, job) => count + Number(destroy.run(job.id).changes), 0);
    if (destroyed > 0) for (const job of due) this.seen.forgetPeople(job.id);
    if (destroyed > 0) this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // the log holds the pages as they were before
    return destroyed;
  }

  #job(record: Record<string, unknown>): Job {
    const id = String(record['id']);
    const wrapped = record['wrapped_key'];
    const openable = this.#installationKey !== undefined && wrapped instanceof Uint8Array;
    return {
      id,
      name: String(record['name']),
      list: typeof record['list'] === 'string' ? record['list'] : null,
      pack: String(record['pack']),
      revision: Number(record['revision']),
      created: String(record['created']),
      closed: typeof record['closed'] === 'string' ? record['closed'] : null,
      keepDays: Number(record['keep_days']),
      key: openable && this.#installationKey !== undefined ? unseal(this.#installationKey, `job ${id}`, wrapped) : undefined,
      virtual: record['virtual'] === 1, // a database opened only to be read may not have the column yet
    };
  }
}

function sealJson(key: Uint8Array, context: string, value: unknown): Uint8Array {
  return seal(key, context, Buffer.from(JSON.stringify(value)));
}

function unsealJson(key: Uint8Array | undefined, context: string, sealed: unknown): unknown {
  if (key === undefined || !(sealed instanceof Uint8Array)) return undefined;
  const plain = unseal(key, context, sealed);
  return plain === undefined ? undefined : JSON.parse(Buffer.from(plain).toString('utf8'));
}

/** Keyed, for a bare hash of a CSV would let anyone try passwords against it. */
function fingerprint(key: Uint8Array, input: readonly Uint8Array[]): Uint8Array {
  const hmac = createHmac('sha256', deriveKey(key, 'input'));
  for (const part of input) hmac.update(`${part.length}:`).update(part);
  return hmac.digest();
}
