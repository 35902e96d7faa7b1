/**
 * Who answers at an address of this segment? Asked for many addresses at once, before they are offered.
 *
 * Linux with CAP_NET_RAW: ARP probes (RFC 5227 section 2.1.1), a thousand in half a second. Without the privilege a datagram to each
 * address makes the system itself ask, fewer at a time, for its table is small (arp(7), gc_thresh), and the table is read. Elsewhere
 * it can't be found out.
 */
import type { Mac } from '../contract/mac.js';
import type { Clock } from '../services/service.js';
import { readNeighbours } from './arp.js';
import { type ArpWire, openArpWire } from './arp-wire.js';
import type { Place } from './places.js';
import { openUdp } from './sockets.js';

/** By address who answered: the MAC, or null where it stays unknown. Undefined: it can't be found out here. */
type Answers = ReadonlyMap<string, Mac | null>;
export type AddressChecker = ((addresses: readonly string[]) => Promise<Answers | undefined>) & Disposable;

/** Milliseconds: a host on a cable answers within a few; one that sleeps gets a second chance. */
const betweenProbes = 250;
const looks = 10;
const betweenLooks = 50;

/** Nobody listens on it (RFC 863); a datagram to it makes the system ask for the hardware address. */
const discardPort = 9;
/** The table holds 128 entries before the system begins to tidy it. */
const mostAtOnce = 96;

/**
 * How addresses are checked on a place, until it is disposed: the socket stays open, for to open and to close one of this kind stops
 * the system for many milliseconds (packet(7): it waits for all CPUs).
 */
export function addressChecker(place: Place, clock: Clock): AddressChecker {
  const wait = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));
  let opening: Promise<ArpWire | undefined> | undefined;
  const check = async (addresses: readonly string[]): Promise<Answers | undefined> => {
    if (process.platform !== 'linux') return undefined;
    opening ??= openArpWire(place);
    const wire = await opening;
    return wire === undefined ? askSystem(place, addresses, wait) : askWire(wire, addresses, wait);
  };
  return Object.assign(check, { [Symbol.dispose]: () => void opening?.then((wire) => wire?.close()) });
}

type Wait = (ms: number) => Promise<void>;

async function askWire(wire: ArpWire, addresses: readonly string[], wait: Wait): Promise<Answers> {
  const asked = new Set(addresses);
  const answers = new Map<string, Mac | null>();
  const read = (): void => {
    for (const { address, mac } of wire.read()) if (asked.has(address)) answers.set(address, mac);
  };
  wire.read(); // what was said since the last time
  for (let look = 0; look < looks; look += 1) {
    if (look * betweenLooks === 0 || look * betweenLooks === betweenProbes)
      for (const address of addresses) if (!answers.has(address)) wire.ask(address, true);
    await wait(betweenLooks);
    read();
  }
  return answers;
}

async function askSystem(place: Place, addresses: readonly string[], wait: Wait): Promise<Answers | undefined> {
  const opened = await openUdp(place, 0);
  if (!opened.ok) return undefined;
  const socket = opened.value;
  socket.on('error', () => undefined); // what can't be reached answers nothing
  const answers = new Map<string, Mac | null>();
  try {
    for (let from = 0; from < addresses.length; from += mostAtOnce) {
      const some = addresses.slice(from, from + mostAtOnce);
      for (const address of some) socket.send('', discardPort, address, () => undefined);
      await wait(2 * betweenProbes);
      const neighbours = readNeighbours(place.interface);
      for (const address of some) {
        const mac = neighbours.get(address);
        if (mac !== undefined) answers.set(address, mac);
      }
    }
    return answers;
  } finally {
    socket.close();
  }
}
