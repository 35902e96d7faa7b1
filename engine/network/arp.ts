/**
 * Which hardware address stands behind an IPv4 address, as the system has learnt it (Linux, proc(5)).
 *
 *   IP address       HW type     Flags       HW address            Mask     Device
 *   192.168.1.20     0x1         0x2         00:56:2b:04:36:15     *        eth1
 *
 * Flag 2 says that the entry is complete (ATF_COM, net/if_arp.h).
 */
import { readFileSync } from 'node:fs';
import { isUnicast, type Mac, parseMac } from '../contract/mac.js';

/** Milliseconds a look at the table is good for, for those who ask of every packet. */
const lookEvery = 100;

/**
 * Asks who stands behind an address, of every packet if need be: an entry seen a moment ago is taken as it was, one that was not there is
 * looked for again, for the phone's first packet has just made it.
 */
export function neighbourhood(
  device: string,
  look: (device: string) => ReadonlyMap<string, Mac> = readNeighbours,
  now: () => number = () => performance.now(),
): (address: string) => Mac | undefined {
  let [known, until]: [ReadonlyMap<string, Mac>, number] = [new Map(), 0];
  return (address) => {
    if (now() >= until || !known.has(address)) [known, until] = [look(device), now() + lookEvery];
    return known.get(address);
  };
}

/** The neighbours known now, by address; of one interface where it is named. Empty where the system has no such table. */
export function readNeighbours(device?: string): ReadonlyMap<string, Mac> {
  try {
    return parseNeighbours(readFileSync('/proc/net/arp', 'utf8'), device);
  } catch {
    return new Map(); // not Linux: what the table would have told stays unproven
  }
}

/** Reads the table; entries that are not complete are left out. */
export function parseNeighbours(table: string, device?: string): ReadonlyMap<string, Mac> {
  const neighbours = new Map<string, Mac>();
  for (const line of table.split('\n').slice(1)) {
    const [address, , flags = '', spelled = '', , on] = line.trim().split(/\s+/);
    const mac = parseMac(spelled);
    if (address === undefined || mac === undefined || !isUnicast(mac)) continue;
    if ((Number.parseInt(flags, 16) & 2) !== 0 && (device === undefined || on === device)) neighbours.set(address, mac);
  }
  return neighbours;
}
