/**
 * Two phones with one MAC: their addresses are the same too, for a lease is the MAC's, so that nothing they send tells them apart. But who
 * has an address answers an ARP question once (RFC 826), and a question to everyone reaches both: where each of several questions is
 * answered twice by one MAC, there are two of it.
 */
import type { Mac } from '../contract/mac.js';
import type { Clock } from '../services/service.js';
import { type ArpWire, openArpWire } from './arp-wire.js';
import type { Place } from './places.js';

/** So many times in a row it has to have been two. */
const rounds = 3;
/** The socket has room for the answers to so many questions. */
const atOnce = 100;
/** Milliseconds in which a phone on a cable answers. */
const patience = 100;

/** Addresses at which a MAC answers twice, with that MAC. Empty where the system lets nobody ask (no privilege, or not Linux). */
export async function findDoubleAnswers(place: Place, clock: Clock, addresses: readonly string[]): Promise<ReadonlyMap<string, Mac>> {
  if (addresses.length === 0) return new Map();
  const wire = await openArpWire(place);
  if (wire === undefined) return new Map();
  try {
    return await narrowed(wire, addresses, (ms) => new Promise((resolve) => clock.after(ms, resolve)));
  } finally {
    wire.close();
  }
}

/** Asks again wherever it was two. Exported for its rules. */
export async function narrowed(
  wire: Pick<ArpWire, 'ask' | 'read'>,
  addresses: readonly string[],
  wait: (ms: number) => Promise<void>,
): Promise<ReadonlyMap<string, Mac>> {
  let doubles: ReadonlyMap<string, Mac> = new Map();
  for (let round = 0, asked = addresses; round < rounds && asked.length > 0; round += 1, asked = [...doubles.keys()]) {
    const counts = await ask(wire, asked, wait);
    const before = doubles;
    doubles = new Map([...counts].flatMap(([address, { mac, times }]) => (times > 1 ? [[address, mac] as const] : [])));
    // A network that doubles every frame (a loop, a mirrored port) tells nothing.
    if (round === 0 && counts.size > 1 && doubles.size === counts.size) return new Map();
    if (round > 0) doubles = new Map([...doubles].filter(([address, mac]) => before.get(address) === mac));
  }
  return doubles;
}

type Count = { readonly mac: Mac; readonly times: number };

/** By address who answered and how often; left out where two MACs did, which is another trouble. */
async function ask(
  wire: Pick<ArpWire, 'ask' | 'read'>,
  addresses: readonly string[],
  wait: (ms: number) => Promise<void>,
): Promise<ReadonlyMap<string, Count>> {
  const counts = new Map<string, Count>();
  const disputed = new Set<string>();
  for (let from = 0; from < addresses.length; from += atOnce) {
    const some = new Set(addresses.slice(from, from + atOnce));
    wire.read(); // late answers to the questions before
    for (const address of some) wire.ask(address, false);
    await wait(patience);
    for (const { address, mac, answer } of wire.read()) {
      if (!answer || !some.has(address)) continue;
      const known = counts.get(address);
      if (known !== undefined && known.mac !== mac) disputed.add(address);
      counts.set(address, { mac, times: (known?.times ?? 0) + 1 });
    }
  }
  for (const address of disputed) counts.delete(address);
  return counts;
}
