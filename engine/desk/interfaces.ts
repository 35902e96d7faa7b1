/** The interfaces a bench could stand on, the likely one first: a wired one with a private address that leads nowhere else. */
import type { Output } from '../contract/calls.js';
import type { Check, Params } from '../contract/problem.js';
import type { Facts } from '../network/interface-facts.js';
import type { InterfaceFacts } from '../network/facts/facts.js';
import { checkInterface, checkOverlap } from '../network/interlocks.js';
import { isLoopback, type Place } from '../network/places.js';

type Listed = Output<'interfaces.list'>[number];

/** Every place with what speaks against it; at most one is proposed, and loopback comes last. */
export function listInterfaces(places: readonly Place[], facts: Facts): Listed[] {
  const ranked = places
    .map((place) => ({ place, known: facts(place) }))
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

function checksOf(place: Place, facts: InterfaceFacts, places: readonly Place[]): Listed['checks'] {
  return [...checkInterface(facts, { dhcp: true }), checkOverlap(place, places)].map(toldCheck);
}

/** A check as it crosses to the window. */
export function toldCheck({ id, state, code, params, remedy }: Check): Listed['checks'][number] {
  const told = (
    coded: { code: string; params: Params } | undefined,
  ): { code: string; params: Record<string, string | number> } | undefined =>
    coded === undefined ? undefined : { code: coded.code, params: { ...coded.params } };
  const plain = { id, state, code, params: { ...params } };
  return remedy === undefined ? plain : { ...plain, remedy: { act: told(remedy.act), undo: told(remedy.undo), repair: remedy.repair } };
}

/** Up to this rank an interface is proposed. */
const likely = 1;

/** 0: a card for a bench; 1: the same made of software, as in a container; then what is less likely, and loopback. */
function rankOf(place: Place, facts: InterfaceFacts): number {
  if (isLoopback(place)) return 9;
  if (facts.defaultRoute === true || facts.wifi === true || facts.vpn === true) return 4;
  if (!isPrivate(place.address)) return 3;
  if (facts.virtual === false || facts.virtual === 'unknown') return 0;
  return facts.virtual === 'veth' || facts.virtual === 'software' ? 1 : 2;
}

/** RFC 1918. An address a machine gave itself (RFC 3927) says that nobody has set one. */
function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(address);
}
