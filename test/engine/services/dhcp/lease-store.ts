/** Leases in memory, with the promise of the real store: one address, one MAC. */
import type { Mac } from '../../../../engine/contract/mac.js';
import type { Lease, LeaseStore } from '../../../../engine/services/lease.js';

export class MemoryLeases implements LeaseStore {
  readonly #leases = new Map<Mac, Lease>();
  /** Makes `put` throw, as a full disk would. */
  broken = false;

  constructor(leases: readonly Lease[] = []) {
    for (const lease of leases) this.put(lease);
  }

  all(): readonly Lease[] {
    return [...this.#leases.values()];
  }

  put(lease: Lease): void {
    if (this.broken) throw new Error('disk full');
    for (const other of this.#leases.values())
      if (other.address === lease.address && other.mac !== lease.mac) throw new Error(`${lease.address} leased twice`);
    this.#leases.set(lease.mac, lease);
  }

  remove(mac: Mac): void {
    this.#leases.delete(mac);
  }
}
