/**
 * Which hardware address stands behind an IPv4 address, as the system has learnt it.
 *
 *   Linux, proc(5); flag 2 says that the entry is complete (ATF_COM, net/if_arp.h):
 *     IP address       HW type     Flags       HW address            Mask     Device
 *     192.168.1.20     0x1         0x2         00:56:2b:04:36:15     *        eth1
 *
 *   macOS, arp -an; written after its manual page and recorded output, never run on a Mac:
 *     ? (192.168.1.20) at 0:56:2b:4:36:15 on en5 ifscope [ethernet]
 *
 *   Windows, arp -a; its words are the language's own, and likewise never run:
 *     192.168.1.20          00-56-2b-04-36-15     dynamic
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isUnicast, type Mac, parseMac } from '../contract/mac.js';

/** Milliseconds a look at the table is good for, for those who ask of every packet. */
const lookEvery = 100;
/** Where a program has to be asked, nobody's packets make it run more often. */
const askEvery = process.platform === 'linux' ? 0 : 500;
const patience = 2_000;

/**
 * Asks who stands behind an address, of every packet if need be: an entry seen a moment ago is taken as it was, one that was not there is
 * looked for again, for the phone's first packet has just made it.
 */
export function neighbourhood(
  device: string,
  look: (device: string) => ReadonlyMap<string, Mac> = readNeighbours,
  now: () => number = () => performance.now(),
  atLeast: number = askEvery,
): (address: string) => Mac | undefined {
  let [known, looked]: [ReadonlyMap<string, Mac>, number] = [new Map(), -Infinity];
  return (address) => {
    const since = now() - looked;
    if (since >= atLeast && (since >= lookEvery || !known.has(address))) [known, looked] = [look(device), now()];
    return known.get(address);
  };
}

/** The neighbours known now, by address; of one interface where it is named and the system tells. Empty where there is no such table. */
export function readNeighbours(device?: string): ReadonlyMap<string, Mac> {
  if (process.platform === 'darwin') return parseArpOfMac(ask('-an'), device);
  if (process.platform === 'win32') return parseArpOfWindows(ask('-a'));
  try {
    return parseNeighbours(readFileSync('/proc/net/arp', 'utf8'), device);
  } catch {
    return new Map(); // what the table would have told stays unproven
  }
}

function ask(option: string): string {
  return spawnSync('arp', [option], { encoding: 'utf8', timeout: patience, windowsHide: true }).stdout ?? '';
}

/** Reads what `arp -an` says on macOS, which leaves out leading zeroes; of one interface where it is named. */
export function parseArpOfMac(text: string, device?: string): ReadonlyMap<string, Mac> {
  const found = text.matchAll(/\((?<address>[\d.]+)\) at (?<mac>[0-9a-f:]+) on (?<on>\S+)/gi);
  return unicasts(
    [...found].flatMap(({ groups }) => {
      const spelled = (groups?.['mac'] ?? '').split(':').map((byte) => byte.padStart(2, '0'));
      return device === undefined || groups?.['on'] === device ? [[groups?.['address'] ?? '', spelled.join(':')]] : [];
    }),
  );
}

/** Reads what `arp -a` says on Windows, of all interfaces: it tells them by their addresses alone. */
export function parseArpOfWindows(text: string): ReadonlyMap<string, Mac> {
  const found = text.matchAll(/^\s*(?<address>\d+\.\d+\.\d+\.\d+)\s+(?<mac>(?:[0-9a-f]{2}-){5}[0-9a-f]{2})\s/gim);
  return unicasts([...found].map(({ groups }) => [groups?.['address'] ?? '', groups?.['mac'] ?? '']));
}

function unicasts(entries: readonly (readonly string[])[]): ReadonlyMap<string, Mac> {
  return new Map(
    entries.flatMap(([address = '', spelled = '']) => {
      const mac = parseMac(spelled);
      return mac === undefined || !isUnicast(mac) ? [] : [[address, mac] as const];
    }),
  );
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
