/** Where the bench can serve: an IPv4 address on a network interface that is up, and the addresses it may hand out there. */
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { Params, Refusal, Result } from '../contract/problem.js';
import { addressNumber, addressText, parseAddress, type Range, subnetOf } from '../protocols/dhcp/ipv4.js';

export type Place = {
  /** As the system calls it: `eth1`. */
  readonly interface: string;
  /** IPv4, dotted. */
  readonly address: string;
  /** Bits of the subnet mask. */
  readonly prefix: number;
};

/** Addresses to hand out, first and last included. */
export type Pool = Range;

/** Every IPv4 address of every interface that is up. */
export function listPlaces(): readonly Place[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.flatMap(({ family, address, cidr }) =>
      family === 'IPv4' ? [{ interface: name, address, prefix: Number(cidr?.split('/')[1] ?? 32) }] : [],
    ),
  );
}

/**
 * The place on an interface: its only address, or the one that `cidr` (`10.0.0.1/24` or `10.0.0.1`) selects among those it has.
 * Refusals: `interface.unknown`, `interface.no-address`, `interface.several-addresses`, `interface.address-malformed`; params
 * `interface`, `address`, and `addresses`, those it has, comma separated.
 */
export function findPlace(name: string, cidr?: string, places: readonly Place[] = listPlaces()): Result<Place> {
  const here = places.filter((place) => place.interface === name);
  if (here.length === 0)
    return interfaceExists(name)
      ? refused('missing', 'interface.no-address', { interface: name, addresses: '' })
      : refused('usage', 'interface.unknown', {
          interface: name,
          interfaces: [...new Set(places.map((each) => each.interface))].join(', '),
        });
  const addresses = here.map(spell).join(', ');
  if (cidr !== undefined) {
    if (!isCidr(cidr)) return refused('usage', 'interface.address-malformed', { interface: name, address: cidr, addresses });
    const chosen = here.find((place) => spell(place) === cidr || place.address === cidr);
    return chosen === undefined
      ? refused('missing', 'interface.no-address', { interface: name, address: cidr, addresses })
      : { ok: true, value: chosen };
  }
  const [only] = here;
  return only !== undefined && here.length === 1
    ? { ok: true, value: only }
    : refused('usage', 'interface.several-addresses', { interface: name, addresses });
}

/** Whether a place is on this machine only. */
export function isLoopback(place: Place): boolean {
  return place.address.startsWith('127.');
}

/**
 * The addresses to hand out unless somebody says: the rest of the subnet, or, on loopback, 127.77.0.1 to 127.77.255.254, which
 * virtual phones take. Refusal: `pool.no-room` when the subnet has no other address.
 */
export function defaultPool(place: Place): Result<Pool> {
  if (isLoopback(place)) return { ok: true, value: { first: '127.77.0.1', last: '127.77.255.254' } };
  if (place.prefix > 30) return refused('missing', 'pool.no-room', { subnet: spellSubnet(place) });
  const { first, last } = subnetOf(place.address, place.prefix);
  return { ok: true, value: { first: addressText(first + 1), last: addressText(last - 1) } };
}

/**
 * Reads `FIRST-LAST`. The place's own address may lie within; it is left out when leasing.
 * Refusals: `pool.malformed`, `pool.order`, `pool.outside-subnet` (subnet), `pool.no-room` (nothing but the place's own address).
 */
export function parsePool(text: string, place: Place): Result<Pool> {
  const [from = '', to = '', ...rest] = text.split('-').map((part) => part.trim());
  const [first, last] = [parseAddress(from), parseAddress(to)];
  if (first === undefined || last === undefined || rest.length > 0) return refused('usage', 'pool.malformed', { pool: text });
  if (first > last) return refused('usage', 'pool.order', { pool: text });
  const subnet = subnetOf(place.address, place.prefix);
  if (first < subnet.first || last > subnet.last)
    return refused('usage', 'pool.outside-subnet', { pool: text, subnet: spellSubnet(place) });
  const never = new Set([subnet.first, subnet.last, addressNumber(place.address)].filter((each) => each >= first && each <= last));
  if (last - first + 1 <= never.size) return refused('usage', 'pool.no-room', { pool: text, subnet: spellSubnet(place) });
  return { ok: true, value: { first: from, last: to } };
}

/** `10.0.0.1/24`. */
export function spell({ address, prefix }: Place): string {
  return `${address}/${prefix}`;
}

function spellSubnet(place: Place): string {
  return `${addressText(subnetOf(place.address, place.prefix).first)}/${place.prefix}`;
}

function isCidr(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  return parseAddress(address) !== undefined && rest.length === 0 && (prefix === undefined || /^(?:[0-9]|[12]\d|3[0-2])$/.test(prefix));
}

/** An interface that is down, or has no IPv4 address, is not among the system's places; on Linux it can still be told from a slip. */
function interfaceExists(name: string): boolean {
  return /^[^/]+$/.test(name) && !['.', '..'].includes(name) && existsSync(`/sys/class/net/${name}`);
}

function refused(kind: Refusal['kind'], code: string, params: Params): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind, code, params } };
}
