/** Leases in SQLite: each `put` is on disk before it returns, so an address once acknowledged is never given to another after a crash. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Lease, LeaseStore } from '../services/lease.js';
import { transaction } from './database.js';

export class Leases implements LeaseStore {
  readonly #database: DatabaseSync;
  readonly #free: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  readonly #byAddress = new Map<string, Lease>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#free = database.prepare('DELETE FROM leases WHERE address = ? AND mac <> ?');
    this.#put = database.prepare(
      'INSERT INTO leases (mac, address, expires) VALUES (?, ?, ?) ON CONFLICT (mac) DO UPDATE SET address = excluded.address, expires = excluded.expires',
    );
    this.#remove = database.prepare('DELETE FROM leases WHERE mac = ?');
    for (const { mac, address, expires } of database.prepare('SELECT mac, address, expires FROM leases').all()) {
      this.#byAddress.set(String(address), { mac: String(mac) as Mac, address: String(address), expires: Number(expires) });
    }
  }

  all(): readonly Lease[] {
    return [...this.#byAddress.values()];
  }

  /** Who holds an address now: the MAC of a lease that has not lapsed. */
  holder(address: string, now: Date): Mac | undefined {
    const lease = this.#byAddress.get(address);
    return lease !== undefined && lease.expires > now.getTime() ? lease.mac : undefined;
  }

  put(lease: Lease): void {
    transaction(this.#database, () => {
      this.#free.run(lease.address, lease.mac);
      this.#put.run(lease.mac, lease.address, lease.expires);
    });
    this.#forget(lease.mac);
    this.#byAddress.set(lease.address, lease);
  }

  remove(mac: Mac): void {
    this.#remove.run(mac);
    this.#forget(mac);
  }

  #forget(mac: Mac): void {
    for (const [address, lease] of this.#byAddress) if (lease.mac === mac) this.#byAddress.delete(address);
  }
}
