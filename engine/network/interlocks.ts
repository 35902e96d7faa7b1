/**
 * The checks that keep own DHCP out of networks that are not a bench (design: interlocks). What the facts mean is decided here
 * and nowhere else; who reads them and who asks the wire are other rooms.
 */
import type { Check, Params, Refusal } from '../contract/problem.js';
import { subnetOf } from '../protocols/dhcp/ipv4.js';
import { type ForeignDhcp, probeForeignDhcp, type ProbeOptions } from './foreign-dhcp.js';
import type { InterfaceFacts, Known } from './facts/facts.js';
import { readFacts } from './interface-facts.js';
import { listPlaces, type Place, spell } from './places.js';

export type Intent = {
  /** Whether the bench's own DHCP is to serve there; without it the site's interface is the right one. */
  readonly dhcp: boolean;
  /** The interface's name as the person repeated it: "I know what I do". */
  readonly despite?: string;
};

/** What is asked of each fact, the worst first: its check, the code that stops, the one that is well, the one for "nobody knows". */
const questions = [
  { id: 'default-route', fact: 'defaultRoute', stop: 'interface.default-route', ok: 'interface.no-default-route' },
  { id: 'wifi', fact: 'wifi', stop: 'interface.wifi', ok: 'interface.wired' },
  { id: 'vpn', fact: 'vpn', stop: 'interface.vpn', ok: 'interface.no-vpn' },
] as const;

/** Default route, Wi-Fi and VPN: one check each. What the system can't tell is a warning, code ending in `-unknown`. */
export function checkInterface(facts: InterfaceFacts, intent: Intent): readonly Check[] {
  const checks = questions.map(({ id, fact, stop, ok }): Check => {
    const known: Known = facts[fact];
    const params = { interface: facts.interface };
    if (known === false || !intent.dhcp || facts.loopback) return { id, state: 'ok', code: known === true ? stop : ok, params };
    if (known === 'unknown') return { id, state: 'warn', code: `${stop}-unknown`, params };
    return { id, state: intent.despite === facts.interface ? 'warn' : 'stop', code: stop, params };
  });
  return [...checks, checkVirtual(facts, intent)];
}

/** An interface made of software has no cable to a bench switch, unless somebody has bridged it. */
function checkVirtual({ interface: name, virtual, loopback }: InterfaceFacts, { dhcp }: Intent): Check {
  if (loopback) return { id: 'virtual', state: 'warn', code: 'interface.loopback', params: { interface: name } };
  const isOne = virtual !== false && virtual !== 'unknown' && dhcp;
  return isOne
    ? {
        id: 'virtual',
        state: 'warn',
        code: 'interface.virtual',
        params: { interface: name, ...(virtual === 'software' ? {} : { maker: virtual }) },
      }
    : { id: 'virtual', state: 'ok', code: 'interface.real', params: { interface: name } };
}

/** Another interface whose subnet overlaps: the system can't know which of them to send through. */
export function checkOverlap(place: Place, places: readonly Place[]): Check {
  const other = places.find((each) => each.interface !== place.interface && overlaps(each, place));
  return other === undefined
    ? { id: 'overlap', state: 'ok', code: 'interface.no-overlap', params: { interface: place.interface } }
    : {
        id: 'overlap',
        state: 'warn',
        code: 'interface.overlap',
        params: { interface: place.interface, address: spell(place), other: other.interface, otherAddress: spell(other) },
      };
}

/** What the probe for other servers showed. */
export function checkForeign(found: readonly ForeignDhcp[], places: readonly Place[] = listPlaces()): Check {
  const [server] = found;
  return server === undefined
    ? { id: 'foreign-dhcp', state: 'ok', code: 'dhcp.alone', params: {} }
    : { id: 'foreign-dhcp', state: 'stop', code: foreignCode(server, places), params: paramsOf(server) };
}

/**
 * Why own DHCP must not be started on a place: `interface.default-route`, `interface.wifi`, `interface.vpn` (params interface)
 * unless the person repeated its name in `despite`, `dhcp.foreign` (address, mac), or what kept the probe from asking; undefined
 * when nothing stands against it. Takes up to 5 s.
 */
export async function refusingInterlock(
  place: Place,
  { despite, ...probe }: ProbeOptions & { readonly despite?: string },
): Promise<Refusal | undefined> {
  const intent: Intent = { dhcp: true, ...(despite === undefined ? {} : { despite }) };
  const stop = checkInterface((await readFacts())(place), intent).find(({ state }) => state === 'stop');
  if (stop !== undefined) return interlock(stop.code, stop.params);
  const found = await probeForeignDhcp(place, probe);
  if (!found.ok) return found.refusal;
  const [server] = found.value;
  return server === undefined ? undefined : foreignRefusal(server);
}

/** Why own DHCP must not serve: who else does. `dhcp.foreign-here`: another program on this very machine. */
export function foreignRefusal(server: ForeignDhcp, places: readonly Place[] = listPlaces()): Refusal {
  return interlock(foreignCode(server, places), paramsOf(server));
}

function foreignCode(server: ForeignDhcp, places: readonly Place[]): string {
  return places.some(({ address }) => address === server.address) ? 'dhcp.foreign-here' : 'dhcp.foreign';
}

function overlaps(one: Place, other: Place): boolean {
  const [a, b] = [subnetOf(one.address, one.prefix), subnetOf(other.address, other.prefix)];
  return a.first <= b.last && b.first <= a.last;
}

function paramsOf({ address, mac }: ForeignDhcp): Params {
  return mac === undefined ? { address } : { address, mac };
}

function interlock(code: string, params: Params): Refusal {
  return { kind: 'interlock', code, params };
}
