/** What the address book of the DHCP service answers and is told; bindings.ts keeps it. */
import type { Mac } from '../../contract/mac.js';
import type { Lease } from '../lease.js';

/** Why nobody gets an address for a while, until when, and whose MAC it was: who declined it, or who answered at it. */
export type SetAside = { readonly why: 'declined' | 'conflict'; readonly until: number; readonly by: Mac | null };

/** One line of the address book, for people. `until` in milliseconds since 1970. */
export type Entry = {
  readonly mac: Mac | null;
  readonly address: string;
  readonly state: 'active' | 'lapsed' | 'offered' | SetAside['why'];
  readonly until: number;
};

/** Addresses of the pool. `free`: never given to anybody. */
export type Counts = {
  readonly size: number;
  readonly leased: number;
  readonly free: number;
  readonly checking: number;
  readonly setAside: number;
};

export interface Bindings {
  /** The lease a MAC has or had. */
  leaseOf(mac: Mac): Lease | undefined;
  /** An address for an OFFER, kept for this MAC until `until` (milliseconds since 1970); undefined when the pool is exhausted. */
  reserve(mac: Mac, wanted: string | undefined, now: number, until: number): string | undefined;
  /** The address kept for this MAC by an OFFER that still holds. */
  reservationOf(mac: Mac, now: number): string | undefined;
  /** The client took another server's offer. */
  free(mac: Mac): void;
  /** Whether this MAC could have that address now. */
  available(mac: Mac, address: string, now: number): boolean;
  /** Valid at once, so that nobody else is given the address; `done` hears when it is durable, or the error, and then all is as before. */
  bind(lease: Lease, done?: (error?: unknown) => void): void;
  /** RFC 2131 section 4.3.4: the address is free, but stays the first choice for its MAC while the bench runs. */
  release(mac: Mac, now: number): void;
  /** RFC 2131 section 4.3.3: somebody else uses this address; nobody gets it until `until`. */
  decline(mac: Mac, address: string, until: number): void;
  /** Up to `count` addresses that could be offered next and should be checked first; `checked` is to be told of each. */
  toCheck(count: number, now: number): readonly string[];
  /**
   * Somebody answered at it (null: without a MAC that is known) and it is set aside until `until`, or nobody (undefined). False
   * where nothing had to be set aside.
   */
  checked(address: string, answeredBy: Mac | null | undefined, now: number, until: number): boolean;
  /** Takes the `count` longest checked addresses out of the stock, for they should be looked at again; gives how many there were. */
  doubt(count: number): number;
  /** How many checked addresses wait to be offered. */
  stock(): number;
  /** Forgets leases that lapsed long ago. */
  retire(now: number): void;
  list(now: number): readonly Entry[];
  counts(now: number): Counts;
}
