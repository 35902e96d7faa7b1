/** The addresses a server may give, reckoned with and never listed: a pool may be a /8. */
import { addressNumber, addressText, parseAddress, type Range } from '../../protocols/dhcp/ipv4.js';

export type Pool = {
  readonly range: Range;
  /** Addresses within the range that are never given: the bench's own, the network's and its broadcast. */
  readonly except: readonly string[];
};

export interface AddressRange {
  /** Addresses from first to last, those excepted included. */
  readonly size: number;
  /** How many of them are never given. */
  readonly excepted: number;
  has(address: string): boolean;
  /**
   * The next address for which `fits` holds, going on where the last search ended. `taken`: for how many it may not hold, at most;
   * of `taken` + 1 different addresses one fits, so no more are looked at.
   */
  next(taken: number, fits: (address: string) => boolean): string | undefined;
}

export function addressRange(pool: Pool): AddressRange {
  const first = addressNumber(pool.range.first);
  const size = addressNumber(pool.range.last) - first + 1;
  const within = (address: string): boolean => {
    const offset = (parseAddress(address) ?? -1) - first;
    return offset >= 0 && offset < size;
  };
  const except = new Set(pool.except.filter(within));
  let next = 0;
  return {
    size,
    excepted: except.size,
    has: (address) => within(address) && !except.has(address),
    next(taken, fits) {
      for (let looked = 0; looked <= taken + except.size && looked < size; looked += 1) {
        const address = addressText(first + next);
        if (!except.has(address) && fits(address)) return address;
        next = (next + 1) % size;
      }
      return undefined;
    },
  };
}
