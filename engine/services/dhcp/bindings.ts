/**
 * Who has which address. The one rule: never the same address for two MACs.
 *
 * RFC 2131 section 4.3.1 says in which order a client is given an address: the one it has or had, the one it asks for, a new one.
 * A new one is an address nobody ever had; only when there is none left, the one whose lease lapsed longest ago. Where addresses
 * are checked for silent holders (stock.ts), one that was checked comes first, for a phone never waits for a check. The pool may
 * be as large as a /8: it is never listed, only reckoned with.
 *
 * The RFC lets the client identifier name a client; here the MAC does, for it is the identity of a phone everywhere else too.
 */
import type { Mac } from '../../contract/mac.js';
import type { Lease, LeaseStore } from '../lease.js';
import { addressRange, type Pool } from './address-range.js';
import type { Bindings, SetAside } from './bindings-contract.js';
import { Reservations } from './reservations.js';

/** What a stranger can make us remember is bounded; the oldest goes first. */
const mostSetAside = 1_000;
/** A share of the pool, so that nobody can decline it all away; in a small pool a few. */
const setAsideShare = { part: 1 / 8, least: 8 };

/** A lease that lapsed so long ago (milliseconds) is nobody's any more; of more than so many lapsed ones the oldest go. */
const lapsedKept = { ms: 30 * 86_400_000, most: 20_000 };

/** Opens the address book with the leases the store has. Of two leases for one address the one that ends later counts. */
export function openBindings(pool: Pool, store: LeaseStore): Bindings {
  const range = addressRange(pool);
  const byMac = new Map<Mac, Lease>();
  const holder = new Map<string, Mac>(); // of every lease, lapsed ones too
  const offers = new Reservations();
  const aside = new Map<string, SetAside>();
  const checked = new Set<string>(); // the stock: addresses nobody answers at, oldest check first
  const checking = new Set<string>();
  const roomAside = Math.min(mostSetAside, Math.max(setAsideShare.least, Math.floor(range.size * setAsideShare.part)));
  let looks = false; // whether addresses are checked at all
  let barrenUntil = 0; // until then there is no new address to be had: a full pool is not searched for each packet

  for (const lease of [...store.all()].sort((one, other) => other.expires - one.expires)) if (!holder.has(lease.address)) remember(lease);

  function remember(lease: Lease): void {
    const before = byMac.get(lease.mac);
    if (before !== undefined) holder.delete(before.address);
    byMac.set(lease.mac, lease);
    holder.set(lease.address, lease.mac);
    barrenUntil = Math.min(barrenUntil, lease.expires);
  }

  function forget(mac: Mac): void {
    const lease = byMac.get(mac);
    if (lease !== undefined) holder.delete(lease.address);
    byMac.delete(mac);
    barrenUntil = 0;
  }

  function free(mac: Mac): void {
    if (offers.drop(mac)) barrenUntil = 0;
  }

  /** Addresses set aside stand in the order of their making. */
  function tidy(now: number): void {
    offers.tidy(now);
    for (const [address, { until }] of aside) {
      if (until > now && aside.size <= roomAside) break;
      aside.delete(address);
    }
  }

  function unspoken(mac: Mac | undefined, address: string, now: number): boolean {
    return range.has(address) && unspokenOfPool(mac, address, now);
  }

  /** Of an address that is known to be of the pool. */
  function unspokenOfPool(mac: Mac | undefined, address: string, now: number): boolean {
    if (aside.size > 0 && (aside.get(address)?.until ?? 0) > now) return false;
    const keeper = offers.keeper(address, now);
    return keeper === undefined || keeper === mac;
  }

  function available(mac: Mac, address: string, now: number): boolean {
    const owner = holder.get(address);
    return unspoken(mac, address, now) && (owner === undefined || owner === mac);
  }

  function fresh(mac: Mac | undefined, now: number): string | undefined {
    const taken = holder.size + offers.size + aside.size + checked.size + checking.size;
    return range.next(
      taken,
      (address) => !holder.has(address) && !checked.has(address) && !checking.has(address) && unspokenOfPool(mac, address, now),
    );
  }

  function fromStock(mac: Mac, now: number): string | undefined {
    for (const address of checked) {
      checked.delete(address);
      const owner = holder.get(address);
      const lapsed = owner === undefined || (byMac.get(owner)?.expires ?? 0) <= now;
      if (lapsed && unspoken(mac, address, now)) return address;
    }
    return undefined;
  }

  function lapsedLongest(mac: Mac | undefined, now: number): string | undefined {
    let oldest: Lease | undefined;
    for (const lease of byMac.values())
      if (lease.expires <= now && lease.expires < (oldest?.expires ?? Infinity) && !checking.has(lease.address))
        if (!checked.has(lease.address) && unspoken(mac, lease.address, now)) oldest = lease;
    return oldest?.address;
  }

  function unlooked(mac: Mac, now: number): string | undefined {
    if (now < barrenUntil) return undefined;
    const found = fresh(mac, now) ?? lapsedLongest(mac, now);
    if (found === undefined) {
      let next = Math.min(offers.firstEnd(), firstOf(aside)?.until ?? Infinity);
      for (const lease of byMac.values()) if (lease.expires > now) next = Math.min(next, lease.expires);
      barrenUntil = checking.size > 0 ? 0 : next;
    }
    return found;
  }

  return {
    leaseOf: (mac) => byMac.get(mac),
    reservationOf: (mac, now) => offers.of(mac, now),
    reserve(mac, wanted, now, until) {
      const kept = offers.last(mac);
      free(mac);
      tidy(now);
      const asked = wanted !== undefined && (!looks || checked.has(wanted)) ? wanted : undefined;
      const own = [byMac.get(mac)?.address, kept, asked].find((choice) => choice !== undefined && available(mac, choice, now));
      const address = own ?? fromStock(mac, now) ?? unlooked(mac, now);
      if (address === undefined) return undefined;
      checked.delete(address);
      offers.keep(mac, address, until);
      return address;
    },
    free,
    available,
    bind(lease, done) {
      const owner = holder.get(lease.address);
      if (owner !== undefined && owner !== lease.mac) forget(owner);
      const before = byMac.get(lease.mac);
      remember(lease);
      checked.delete(lease.address);
      free(lease.mac);
      store.put(lease, (error) => {
        if (error !== undefined && byMac.get(lease.mac) === lease) {
          forget(lease.mac);
          if (before !== undefined && !holder.has(before.address)) remember(before);
        }
        done?.(error);
      });
    },
    release(mac, now) {
      const lease = byMac.get(mac);
      if (lease === undefined) return;
      store.remove(mac);
      byMac.set(mac, { ...lease, expires: Math.min(lease.expires, now) });
      barrenUntil = 0;
    },
    decline(mac, address, until) {
      if (byMac.get(mac)?.address === address) {
        store.remove(mac);
        forget(mac);
      }
      free(mac);
      aside.delete(address);
      aside.set(address, { why: 'declined', until, by: mac });
    },
    toCheck(count, now) {
      looks = true;
      tidy(now);
      let barren = false;
      // No loop of its own: the system's compiler would take one that goes round a thousand times for hot, at the price of megabytes.
      const found = Array.from({ length: count }, () => {
        const address = barren ? undefined : (fresh(undefined, now) ?? lapsedLongest(undefined, now));
        if (address === undefined) barren = true;
        else checking.add(address);
        return address;
      });
      return found.filter((address) => address !== undefined);
    },
    checked(address, answeredBy, now, until) {
      if (!checking.delete(address)) return false;
      barrenUntil = 0;
      const owner = holder.get(address);
      // Taken meanwhile: the one who answers is the one who has it.
      if (offers.keeper(address, now) !== undefined || (owner !== undefined && (byMac.get(owner)?.expires ?? 0) > now)) return false;
      if (answeredBy === undefined) checked.add(address);
      else aside.set(address, { why: 'conflict', until, by: answeredBy });
      return answeredBy !== undefined;
    },
    doubt(count) {
      const oldest = [...checked].slice(0, count);
      for (const address of oldest) checked.delete(address);
      return oldest.length;
    },
    stock: () => checked.size,
    retire(now) {
      const lapsed = [...byMac.values()].filter(({ expires }) => expires <= now).sort((one, other) => other.expires - one.expires);
      for (const [index, { mac, expires }] of lapsed.entries()) {
        if (index < lapsedKept.most && expires > now - lapsedKept.ms) continue;
        store.remove(mac);
        forget(mac);
      }
    },
    list(now) {
      const leases = [...byMac.values()].map(({ mac, address, expires }) => {
        const state = expires > now ? ('active' as const) : ('lapsed' as const);
        return { mac, address, state, until: expires };
      });
      const set = [...aside].flatMap(([address, { why, until, by }]) => (until > now ? [{ mac: by, address, state: why, until }] : []));
      return [...leases, ...offers.list(now), ...set];
    },
    counts(now) {
      const active = [...byMac.values()].filter(({ address, expires }) => expires > now && range.has(address)).length;
      const setAside = [...aside.values()].filter(({ until }) => until > now).length;
      const had = [...holder.keys()].filter((address) => range.has(address)).length;
      const free = range.size - range.excepted - had - setAside - offers.list(now).filter(({ address }) => !holder.has(address)).length;
      return { size: range.size - range.excepted, leased: active, free: Math.max(0, free), checking: checking.size, setAside };
    },
  };
}

function firstOf<T>(map: ReadonlyMap<string, T>): T | undefined {
  return map.values().next().value;
}
