/** The interfaces a bench could stand on, the likely one first: a wired one with a private address that leads nowhere else. */
import { existsSync } from 'node:fs';
import type { Output } from '../contract/calls.js';
import type { Check } from '../contract/problem.js';
import { type InterfaceFacts, readInterfaceFacts } from '../network/interface-facts.js';
import { checkInterface, checkOverlap } from '../network/interlocks.js';
import { isLoopback, type Place } from '../network/places.js';

type Listed = Output<'interfaces.list'>[number];

/** What the system has to say of an interface: what kind of network it is on, and whether it is a card or made of software. */
export type Known = { readonly facts: InterfaceFacts; readonly isCard: boolean };

/** Every place with what speaks against it; at most one is proposed, and loopback comes last. */
export function listInterfaces(places: readonly Place[], know: (place: Place) => Known = look): Listed[] {
  const ranked = places
    .map((place) => ({ place, known: know(place) }))
    .map(({ place, known }) => ({ place, checks: checksOf(place, known, places), rank: rankOf(place, known) }))
    .toSorted((a, b) => a.rank - b.rank);
  return ranked.map(({ place, checks, rank }, index) => ({
    name: place.interface,
    address: place.address,
    prefix: place.prefix,
    proposed: index === 0 && rank <= likely,
    checks,
  }));
}

function checksOf(place: Place, { facts }: Known, places: readonly Place[]): Listed['checks'] {
  return [...checkInterface(facts, { dhcp: true }), checkOverlap(place, places)].map(toldCheck);
}

/** A check as it crosses to the window. */
export function toldCheck({ id, state, code, params }: Check): Listed['checks'][number] {
  return { id, state, code, params: { ...params } };
}

/** Up to this rank an interface is proposed. */
const likely = 1;

/** 0: a card for a bench; 1: the same made of software, as in a container; then what is less likely, and loopback. */
function rankOf(place: Place, { facts, isCard }: Known): number {
  if (isLoopback(place)) return 9;
  if (facts.defaultRoute === true || facts.wifi === true || facts.vpn === true) return 4;
  if (!isPrivate(place.address)) return 3;
  if (/^(?:docker|br-|virbr|vmnet|vEthernet|bridge)/.test(place.interface)) return 2;
  return isCard ? 0 : 1;
}

/** RFC 1918. An address a machine gave itself (RFC 3927) says that nobody has set one. */
function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(address);
}

function look(place: Place): Known {
  return {
    facts: readInterfaceFacts(place),
    isCard: process.platform !== 'linux' || existsSync(`/sys/class/net/${place.interface}/device`),
  };
}
