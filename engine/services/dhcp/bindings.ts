/**
 * Who has which address. The one rule: never the same address for two MACs.
 *
 * RFC 2131 section 4.3.1 says in which order a client is given an address: the one it has or had, the one it asks for, a new one.
 * A new one is an address nobody ever had; only when there is none left, the one whose lease lapsed longest ago. The pool may be
 * as large as a /8: it is never listed, only reckoned with.
 *
 * The RFC lets the client identifier name a client; here the MAC does, for it is the identity of a phone everywhere else too.
 */
import type { Mac } from '../../contract/mac.js';
import { addressNumber, addressText, type Range } from '../../protocols/dhcp/ipv4.js';
import type { Lease, LeaseStore } from '../lease.js';

export type Pool = {
  readonly range: Range;
  /** Addresses within the range that are never given: the bench's own, the network's and its broadcast. */
  readonly except: readonly string[];
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
  /** Makes the lease durable, then valid. Throws what the store throws, and then nothing has changed. */
  bind(lease: Lease): void;
  /** RFC 2131 section 4.3.4: the address is free, but stays the first choice for its MAC while the bench runs. */
  release(mac: Mac, now: number): void;
  /** RFC 2131 section 4.3.3: somebody else uses this address; nobody gets it until `until`. */
  decline(mac: Mac, address: string, until: number): void;
}

/** What a stranger can make us remember is bounded; the oldest goes first. */
const mostReservations = 10_000;
const mostDeclined = 1_000;

/** Opens the address book with the leases the store has. Of two leases for one address the one that ends later counts. */
export function openBindings(pool: Pool, store: LeaseStore): Bindings {
  const first = addressNumber(pool.range.first);
  const size = addressNumber(pool.range.last) - first + 1;
  const except = new Set(pool.except);
  const byMac = new Map<Mac, Lease>();
  const holder = new Map<string, Mac>(); // of every lease, lapsed ones too
  const reserved = new Map<Mac, { readonly address: string; readonly until: number }>();
  const reservedBy = new Map<string, Mac>();
  const declined = new Map<string, number>();
  let next = 0; // where the search for an address nobody had goes on

  for (const lease of [...store.all()].sort((one, other) => other.expires - one.expires)) if (!holder.has(lease.address)) remember(lease);

  function remember(lease: Lease): void {
    const before = byMac.get(lease.mac);
    if (before !== undefined) holder.delete(before.address);
    byMac.set(lease.mac, lease);
    holder.set(lease.address, lease.mac);
  }

  function forget(mac: Mac): void {
    const lease = byMac.get(mac);
    if (lease !== undefined) holder.delete(lease.address);
    byMac.delete(mac);
  }

  function inPool(address: string): boolean {
    const offset = addressNumber(address) - first;
    return offset >= 0 && offset < size && !except.has(address);
  }

  function free(mac: Mac): void {
    const reservation = reserved.get(mac);
    if (reservation !== undefined) reservedBy.delete(reservation.address);
    reserved.delete(mac);
  }

  /** Reservations and declined addresses stand in the order of their making, and are all kept equally long. */
  function tidy(now: number): void {
    for (const [mac, { until }] of reserved) {
      if (until > now && reserved.size <= mostReservations) break;
      free(mac);
    }
    for (const [address, until] of declined) {
      if (until > now && declined.size <= mostDeclined) break;
      declined.delete(address);
    }
  }

  function unspoken(mac: Mac, address: string, now: number): boolean {
    if (!inPool(address) || (declined.get(address) ?? 0) > now) return false;
    const keeper = reservedBy.get(address);
    return keeper === undefined || keeper === mac || (reserved.get(keeper)?.until ?? 0) <= now;
  }

  /** An address nobody ever had. Of `taken + 1` different addresses one is not taken, so no more are looked at. */
  function fresh(mac: Mac, now: number): string | undefined {
    const taken = holder.size + reservedBy.size + declined.size + except.size;
    for (let looked = 0; looked <= taken && looked < size; looked += 1) {
      const address = addressText(first + next);
      if (!holder.has(address) && unspoken(mac, address, now)) return address;
      next = (next + 1) % size;
    }
    return undefined;
  }

  function lapsedLongest(mac: Mac, now: number): string | undefined {
    let oldest: Lease | undefined;
    for (const lease of byMac.values())
      if (lease.expires <= now && lease.expires < (oldest?.expires ?? Infinity) && unspoken(mac, lease.address, now)) oldest = lease;
    return oldest?.address;
  }

  function available(mac: Mac, address: string, now: number): boolean {
    const owner = holder.get(address);
    return unspoken(mac, address, now) && (owner === undefined || owner === mac);
  }

  return {
    leaseOf: (mac) => byMac.get(mac),
    reservationOf: (mac, now) => {
      const reservation = reserved.get(mac);
      return reservation !== undefined && reservation.until > now ? reservation.address : undefined;
    },
    reserve(mac, wanted, now, until) {
      const kept = reserved.get(mac)?.address;
      free(mac);
      tidy(now);
      const choices = [byMac.get(mac)?.address, kept, wanted].filter((address) => address !== undefined);
      const address = choices.find((choice) => available(mac, choice, now)) ?? fresh(mac, now) ?? lapsedLongest(mac, now);
      if (address === undefined) return undefined;
      const before = reservedBy.get(address); // of a MAC whose OFFER has lapsed
      if (before !== undefined) free(before);
      reserved.set(mac, { address, until });
      reservedBy.set(address, mac);
      return address;
    },
    free,
    available,
    bind(lease) {
      const owner = holder.get(lease.address);
      if (owner !== undefined && owner !== lease.mac) {
        store.remove(owner);
        forget(owner);
      }
      store.put(lease);
      remember(lease);
      free(lease.mac);
    },
    release(mac, now) {
      const lease = byMac.get(mac);
      if (lease === undefined) return;
      store.remove(mac);
      byMac.set(mac, { ...lease, expires: Math.min(lease.expires, now) });
    },
    decline(mac, address, until) {
      if (byMac.get(mac)?.address === address) {
        store.remove(mac);
        forget(mac);
      }
      free(mac);
      declined.delete(address);
      declined.set(address, until);
    },
  };
}
