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

/**
 * Leases, durable: what `done` hears no error of is on disk, and so is everything put or removed before it. One address, one MAC;
 * one MAC, one address: a put takes the address from whoever had it.
 */
export interface LeaseStore {
  /** As last put, whether on disk yet or not. */
  all(): readonly Lease[];
  /** Never throws; `done` comes later, never within the call. */
  put(lease: Lease, done?: (error?: unknown) => void): void;
  /** After a RELEASE or a DECLINE. */
  remove(mac: Mac): void;
}

/** A client as its DISCOVER, REQUEST or INFORM shows it. */
export type Client = {
  readonly mac: Mac;
  readonly vendorClass?: string;
  readonly hostName?: string;
  /** It takes an address or has one: not merely looking around. */
  readonly takes?: boolean;
  /** Somebody wants to know what it would be given; it did not ask itself, and nothing is to be counted. */
  readonly looks?: boolean;
};

/** What this client is to be given, decided anew for each packet. */
export type Decision =
  | { readonly serve: true; readonly options: readonly OfferedOption[]; readonly leaseSeconds: number }
  | { readonly serve: false; readonly because: IgnoredBecause };

export type DhcpPolicy = (client: Client) => Decision;
