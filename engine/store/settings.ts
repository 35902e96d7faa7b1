/** A person's settings: names and short texts in the database of the data folder. What a setting may be is decided by who reads it. */
import type { DatabaseSync } from 'node:sqlite';

export class Settings {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get(name: string): string | undefined {
    const value = this.#database.prepare('SELECT value FROM settings WHERE name = ?').get(name)?.['value'];
    return typeof value === 'string' ? value : undefined;
  }

  set(name: string, value: string): void {
    this.#database
      .prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
      .run(name, value);
  }
}
