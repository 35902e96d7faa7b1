/** What the DHCP service asks of its surroundings: who may have an address, and where leases are kept. */
import type { Mac } from '../contract/mac.js';
import type { IgnoredBecause } from '../contract/observation.js';
import type { OfferedOption } from '../phones/pack.js';

export type Lease = {
  readonly mac: Mac;
  /** IPv4, dotted. */
  readonly address: string;
  /** Milliseconds since 1970. A lapsed lease stays the first choice for its MAC. */
  readonly expires: number;
};

/** Leases, durable: what `put` returns from is on disk. One address, one MAC; one MAC, one address. */
export interface LeaseStore {
  all(): readonly Lease[];
  put(lease: Lease): void;
  /** After a RELEASE or when the address goes to another MAC. */
  remove(mac: Mac): void;
}

/** A client as its DISCOVER or REQUEST shows it. */
export type Client = { readonly mac: Mac; readonly vendorClass?: string; readonly hostName?: string };

/** What this client is to be given, decided anew for each packet. */
export type Decision =
  | { readonly serve: true; readonly options: readonly OfferedOption[]; readonly leaseSeconds: number }
  | { readonly serve: false; readonly because: IgnoredBecause };

export type DhcpPolicy = (client: Client) => Decision;
