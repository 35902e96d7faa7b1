/**
 * Leases in SQLite. What a turn of the event loop brings goes to disk in one transaction, together with what the journal keeps of
 * it; `done` hears of it, and only then may an ACK leave: an address once acknowledged is never given to another after a crash.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Lease, LeaseStore } from '../services/lease.js';
import { type GroupCommit, groupOf, type Kept } from './group-commit.js';

export class Leases implements LeaseStore {
  readonly #group: GroupCommit;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  readonly #byAddress = new Map<string, Lease>();
  readonly #byMac = new Map<Mac, Lease>();

  constructor(database: DatabaseSync) {
    this.#group = groupOf(database);
    this.#group.flush(); // what another view of the same connection has put
    // Takes the place of the lease with this MAC and of the one with this address.
    this.#put = database.prepare('INSERT OR REPLACE INTO leases (mac, address, expires) VALUES (?, ?, ?)');
    this.#remove = database.prepare('DELETE FROM leases WHERE mac = ?');
    for (const { mac, address, expires } of database.prepare('SELECT mac, address, expires FROM leases').all())
      this.#remember({ mac: String(mac) as Mac, address: String(address), expires: Number(expires) });
  }

  all(): readonly Lease[] {
    return [...this.#byAddress.values()];
  }

  /** Who holds an address now: the MAC of a lease that has not lapsed. */
  holder(address: string, now: Date): Mac | undefined {
    const lease = this.#byAddress.get(address);
    return lease !== undefined && lease.expires > now.getTime() ? lease.mac : undefined;
  }

  put(lease: Lease, done?: Kept): void {
    const before = this.#byMac.get(lease.mac);
    this.#remember(lease);
    this.#group.add(
      () => this.#put.run(lease.mac, lease.address, lease.expires),
      (error) => {
        if (error !== undefined && this.#byMac.get(lease.mac) === lease) {
          this.#forget(lease.mac);
          if (before !== undefined && !this.#byAddress.has(before.address)) this.#remember(before);
        }
        done?.(error);
      },
    );
  }

  remove(mac: Mac): void {
    this.#forget(mac);
    this.#group.add(() => this.#remove.run(mac));
  }

  #remember(lease: Lease): void {
    this.#forget(lease.mac);
    const other = this.#byAddress.get(lease.address);
    if (other !== undefined) this.#byMac.delete(other.mac);
    this.#byAddress.set(lease.address, lease);
    this.#byMac.set(lease.mac, lease);
  }

  #forget(mac: Mac): void {
    const lease = this.#byMac.get(mac);
    if (lease === undefined) return;
    this.#byMac.delete(mac);
    this.#byAddress.delete(lease.address);
  }
}
