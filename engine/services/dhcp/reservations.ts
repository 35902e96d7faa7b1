/** Addresses kept for those they were offered to (RFC 2131 section 4.3.1). In the order of their making, and all kept equally long. */
import type { Mac } from '../../contract/mac.js';

/** What strangers can make us remember is bounded; the oldest goes first. */
const most = 10_000;

export class Reservations {
  readonly #byMac = new Map<Mac, { readonly address: string; readonly until: number }>();
  readonly #byAddress = new Map<string, Mac>();

  get size(): number {
    return this.#byMac.size;
  }

  keep(mac: Mac, address: string, until: number): void {
    const before = this.#byAddress.get(address); // of a MAC whose OFFER has lapsed
    if (before !== undefined) this.drop(before);
    this.drop(mac);
    this.#byMac.set(mac, { address, until });
    this.#byAddress.set(address, mac);
  }

  /** Takes a reservation back; false when there was none. */
  drop(mac: Mac): boolean {
    const reservation = this.#byMac.get(mac);
    if (reservation === undefined) return false;
    this.#byAddress.delete(reservation.address);
    return this.#byMac.delete(mac);
  }

  /** The address kept for a MAC now. */
  of(mac: Mac, now: number): string | undefined {
    const reservation = this.#byMac.get(mac);
    return reservation !== undefined && reservation.until > now ? reservation.address : undefined;
  }

  /** The address last kept for a MAC, lapsed or not. */
  last(mac: Mac): string | undefined {
    return this.#byMac.get(mac)?.address;
  }

  /** For whom an address is kept now. */
  keeper(address: string, now: number): Mac | undefined {
    const mac = this.#byAddress.get(address);
    return mac !== undefined && (this.#byMac.get(mac)?.until ?? 0) > now ? mac : undefined;
  }

  tidy(now: number): void {
    for (const [mac, { until }] of this.#byMac) {
      if (until > now && this.#byMac.size <= most) break;
      this.drop(mac);
    }
  }

  /** When the oldest ends, in milliseconds since 1970. */
  firstEnd(): number {
    return this.#byMac.values().next().value?.until ?? Infinity;
  }

  list(now: number) {
    return [...this.#byMac].flatMap(([mac, { address, until }]) =>
      until > now ? [{ mac, address, state: 'offered' as const, until }] : [],
    );
  }
}
