/** The journal: every observation of a known device, in order. Replaying it gives the same board. Holds no secret. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Fact, Journalled } from '../contract/observation.js';

export class Journal {
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #newest: StatementSync;
  readonly #last: StatementSync;
  readonly #job: string;

  constructor(database: DatabaseSync, job: string) {
    this.#job = job;
    this.#insert = database.prepare('INSERT INTO journal (job, at, mac, address, fact) VALUES (?, ?, ?, ?, ?)');
    this.#select = database.prepare('SELECT seq, at, mac, address, fact FROM journal WHERE job = ? ORDER BY seq');
    this.#newest = database.prepare('SELECT seq, at, mac, address, fact FROM journal WHERE job = ? AND mac = ? ORDER BY seq DESC LIMIT ?');
    this.#last = database.prepare('SELECT max(seq) AS seq FROM journal WHERE job = ?');
  }

  /** Appends; what it returns from survives the end of the process. */
  append(entry: Omit<Journalled, 'seq'>): Journalled {
    const { lastInsertRowid } = this.#insert.run(this.#job, entry.at, entry.mac, entry.address ?? null, JSON.stringify(entry.fact));
    return { seq: Number(lastInsertRowid), ...entry };
  }

  /** Everything of the job, oldest first. */
  *replay(): Generator<Journalled> {
    for (const record of this.#select.iterate(this.#job)) yield read(record);
  }

  /** The newest entries of one device, oldest first. */
  of(mac: Mac, limit: number): readonly Journalled[] {
    return this.#newest.all(this.#job, mac, limit).map(read).reverse();
  }

  /** Number of the newest entry; 0 when there is none. */
  get last(): number {
    return Number(this.#last.get(this.#job)?.['seq'] ?? 0);
  }
}

function read({ seq, at, mac, address, fact }: Record<string, unknown>): Journalled {
  return {
    seq: Number(seq),
    at: String(at),
    mac: String(mac) as Mac,
    ...(typeof address === 'string' ? { address } : {}),
    fact: JSON.parse(String(fact)) as Fact,
  };
}
