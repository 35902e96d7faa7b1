/**
 * Clients outside the rows that get an address: so many that the rows' phones never lack one, and not faster than people plug in.
 *
 * A program that makes up MACs can ask for thousands of addresses in a second. It gets at most the share of the pool that is nobody's,
 * not at once for ever, and what it does not take (no REQUEST) it loses again after two minutes. Phones the pack recognises have a
 * share of their own while rows wait for phones, and no limit of pace.
 */
import type { Mac } from '../contract/mac.js';
import type { Lease } from '../services/lease.js';

/** More than any bench has at once; bounds what is remembered of strangers. */
const mostGuests = 10_000;
/** How many strangers may come at once, and how many a second in the long run. */
const pace = { atOnce: 5_000, perSecond: 50 };
/** An address that was only looked at counts for two minutes. */
const lookingMs = 120_000;
/** A full house is gone through for those who left once in so many milliseconds. */
const sweepEveryMs = 1_000;

export type Room = {
  /** Addresses nobody's row needs. */
  readonly size: number;
  /** Of these, kept for phones of rows that have no MAC yet. */
  readonly forPhones: number;
};

export class Guests {
  readonly #until = new Map<Mac, number>();
  readonly #strangers = new Set<Mac>();
  #swept = -Infinity;
  #allowed: number = pace.atOnce;
  #countedAt: number | undefined;

  constructor(leases: readonly Lease[]) {
    for (const { mac, expires } of leases) this.#until.set(mac, expires);
  }

  /** Whether a guest is served; if so its address counts until `until` (milliseconds since 1970), or for two minutes where it only looks. */
  admit(
    guest: { readonly mac: Mac; readonly isPhone: boolean; readonly takes: boolean; readonly until: number },
    room: Room,
    now: number,
  ): boolean {
    const { mac, isPhone, takes, until } = guest;
    const known = this.#until.get(mac);
    if (known === undefined && !(this.#hasRoom(isPhone, room, now) && (isPhone || this.#inPace(now)))) return false;
    this.#until.set(mac, takes ? until : Math.max(known ?? 0, now + lookingMs));
    if (!isPhone) this.#strangers.add(mac);
    return true;
  }

  /** Whether it would be admitted; nothing is counted. */
  admits(mac: Mac, isPhone: boolean, room: Room, now: number): boolean {
    return this.#until.has(mac) || this.#hasRoom(isPhone, room, now);
  }

  #hasRoom(isPhone: boolean, room: Room, now: number): boolean {
    const fits = (): boolean =>
      this.#until.size < Math.min(mostGuests, room.size) && (isPhone || this.#strangers.size < room.size - room.forPhones);
    if (fits()) return true;
    if (now - this.#swept < sweepEveryMs) return false;
    this.#swept = now;
    for (const [mac, until] of this.#until) if (until <= now && this.#until.delete(mac)) this.#strangers.delete(mac);
    return fits();
  }

  #inPace(now: number): boolean {
    const since = now - (this.#countedAt ?? now);
    this.#countedAt = now;
    this.#allowed = Math.min(pace.atOnce, this.#allowed + (Math.max(0, since) * pace.perSecond) / 1000);
    if (this.#allowed < 1) return false;
    this.#allowed -= 1;
    return true;
  }
}
