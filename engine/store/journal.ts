/**
 * The journal: every observation of a known device, in order. Replaying it gives the same board. Holds no secret.
 *
 * Entries are written in groups: those of one turn of the event loop together, and with the leases of that turn.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Fact, Journalled } from '../contract/observation.js';
import { type GroupCommit, groupOf, type Kept } from './group-commit.js';

/** More entries than one run makes. */
const farAhead = 10_000_000;
/** Entries read at a time. */
const entriesAtOnce = 256;

export class Journal {
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #newest: StatementSync;
  readonly #last: StatementSync;
  readonly #newestOfAll: StatementSync;
  readonly #job: string;
  readonly #group: GroupCommit;
  #numbered: number | undefined;

  constructor(database: DatabaseSync, job: string) {
    this.#job = job;
    this.#group = groupOf(database);
    this.#insert = database.prepare('INSERT INTO journal (seq, job, at, mac, address, fact) VALUES (?, ?, ?, ?, ?, ?)');
    this.#newestOfAll = database.prepare('SELECT max(seq) AS seq FROM journal');
    this.#select = database.prepare('SELECT seq, at, mac, address, fact FROM journal WHERE job = ? AND seq > ? ORDER BY seq LIMIT ?');
    this.#newest = database.prepare('SELECT seq, at, mac, address, fact FROM journal WHERE job = ? AND mac = ? ORDER BY seq DESC LIMIT ?');
    this.#last = database.prepare('SELECT max(seq) AS seq FROM journal WHERE job = ?');
  }

  /** The number of the next entry. One journal of a database is written at a time, by the one bench of its folder. */
  next(): number {
    if (this.#numbered === undefined) this.#group.flush(); // what another journal of the same database has appended
    this.#numbered = (this.#numbered ?? Number(this.#newestOfAll.get()?.['seq'] ?? 0)) + 1;
    return this.#numbered;
  }

  /** Appends with the other entries of this turn; `done` hears when it survives the end of the process, or why it was not kept. */
  append({ seq, at, mac, address, fact }: Journalled, done?: Kept): void {
    this.#group.add(() => this.#insert.run(seq, this.#job, at, mac, address ?? null, JSON.stringify(fact)), done);
  }

  /**
   * Appends what is no bench's doing: a bench of another job, or in another process, may be numbering its own entries meanwhile. The
   * number lies so far ahead that it meets none of that run; the next run goes on behind it.
   */
  note({ at, mac, fact }: Omit<Journalled, 'seq' | 'address'>): void {
    this.#group.add(() => {
      const newest = Number(this.#newestOfAll.get()?.['seq'] ?? 0);
      this.#insert.run(newest + farAhead, this.#job, at, mac, null, JSON.stringify(fact));
    });
  }

  /** Everything of the job, oldest first; a few at a time, so that who takes its time holds nothing open. */
  *replay(): Generator<Journalled> {
    this.#group.flush();
    for (let after = 0, more = true; more;) {
      const some = this.#select.all(this.#job, after, entriesAtOnce).map(read);
      yield* some;
      after = some.at(-1)?.seq ?? after;
      more = some.length === entriesAtOnce;
    }
  }

  /** The newest entries of one device, oldest first. */
  of(mac: Mac, limit: number): readonly Journalled[] {
    this.#group.flush();
    return this.#newest.all(this.#job, mac, limit).map(read).reverse();
  }

  /** Number of the newest entry; 0 when there is none. */
  get last(): number {
    this.#group.flush();
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
