/**
 * Group commit: everything that is to be kept from one turn of the event loop goes to disk in one transaction.
 *
 * A transaction costs far more than a row, and packets come in crowds. What is added waits until the turn's packets have been
 * read (`setImmediate`), is written in the order of its adding, and only when it is on disk is anybody told: an ACK leaves in
 * `done`, not before. Between two turns no transaction is open, so other writers of the same connection are not hindered.
 */
import type { DatabaseSync } from 'node:sqlite';

/** Hears that its work is on disk, or why nothing of its turn is. Must not throw. */
export type Kept = (error?: unknown) => void;

type Item = { readonly work: () => void; readonly done: Kept | undefined };

const groups = new WeakMap<DatabaseSync, GroupCommit>();

/** The one group of a connection: leases and journal share their transactions. */
export function groupOf(database: DatabaseSync): GroupCommit {
  const known = groups.get(database);
  if (known !== undefined) return known;
  const made = new GroupCommit(database);
  groups.set(database, made);
  return made;
}

export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #soon: (flush: () => void) => void;
  #waiting: Item[] = [];
  #due = false;

  constructor(database: DatabaseSync, soon: (flush: () => void) => void = setImmediate) {
    this.#database = database;
    this.#soon = soon;
  }

  /**
   * Lets `work` run in this turn's transaction, then tells `done`. All or nothing: where one work throws, or the commit fails,
   * nothing of the turn is kept and every `done` hears the error. A work must not begin a transaction of its own.
   */
  add(work: () => void, done?: Kept): void {
    this.#waiting.push({ work, done });
    if (this.#due) return;
    this.#due = true;
    this.#soon(() => this.flush());
  }

  /** Writes what waits now: before reading what was just added, and before the connection is closed. */
  flush(): void {
    this.#due = false;
    const items = this.#waiting;
    if (items.length === 0) return;
    this.#waiting = [];
    const failure = this.#write(items);
    for (const { done } of items) done?.(failure);
  }

  #write(items: readonly Item[]): unknown {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const { work } of items) work();
      this.#database.exec('COMMIT');
      return undefined;
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      return error ?? new Error('nothing could be kept');
    }
  }
}
