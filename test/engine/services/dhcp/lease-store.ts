/** Leases in memory, with the promise of the real store: one address, one MAC, and nobody is told before it is kept. */
import type { Mac } from '../../../../engine/contract/mac.js';
import type { Lease, LeaseStore } from '../../../../engine/services/lease.js';

export class MemoryLeases implements LeaseStore {
  readonly #leases = new Map<Mac, Lease>();
  readonly #waiting: ((error?: unknown) => void)[] = [];
  /** Nothing can be kept, as on a full disk. */
  broken = false;
  /** The disk takes its time: nobody is told until `settle`. */
  slow = false;

  constructor(leases: readonly Lease[] = []) {
    for (const lease of leases) this.put(lease);
  }

  all(): readonly Lease[] {
    return [...this.#leases.values()];
  }

  put(lease: Lease, done: (error?: unknown) => void = () => undefined): void {
    if (this.broken) {
      queueMicrotask(() => done(new Error('disk full')));
      return;
    }
    for (const other of this.#leases.values())
      if (other.address === lease.address && other.mac !== lease.mac) this.#leases.delete(other.mac);
    this.#leases.set(lease.mac, lease);
    if (this.slow) this.#waiting.push(done);
    else queueMicrotask(done);
  }

  remove(mac: Mac): void {
    this.#leases.delete(mac);
  }

  /** What waits is on disk now. */
  settle(): void {
    for (const done of this.#waiting.splice(0)) done();
  }
}
