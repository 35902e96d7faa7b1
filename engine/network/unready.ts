/** Network ports this computer has that no bench can stand on yet, and what each lacks: Linux, where the system can be asked by files. */
import { readdirSync } from 'node:fs';
import type { Check } from '../contract/problem.js';
import { linuxFacts, type ReadFile } from './facts/linux.js';
import { readSystem } from './interface-facts.js';
import { listPlaces, type Place } from './places.js';

/** IFF_UP (linux/if.h), and ARPHRD_ETHER (linux/if_arp.h). */
const isUp = 0x1;
const ethernet = '1';

/**
 * A warning for each card, or veth, that is switched off, without a cable, or without an IPv4 address; the system lists none of them among
 * its places. Elsewhere than on Linux there are none.
 */
export function unreadyInterfaces(
  places: readonly Place[] = listPlaces(),
  names: readonly string[] = interfaceNames(),
  read: ReadFile = readSystem,
): readonly Check[] {
  const ready = new Set(places.map((place) => place.interface));
  const facts = linuxFacts(read);
  return names.flatMap((name): Check[] => {
    const of = (file: string): string => (read(`/sys/class/net/${name}/${file}`) ?? '').trim();
    const { virtual } = facts(name);
    if (ready.has(name) || of('type') !== ethernet || (virtual !== false && virtual !== 'veth')) return [];
    const isOff = (Number.parseInt(of('flags'), 16) & isUp) === 0;
    const code = isOff ? 'interface.switched-off' : of('carrier') === '1' ? 'interface.without-address' : 'interface.no-cable';
    return [{ id: 'interface', state: 'warn', code, params: { interface: name } }];
  });
}

function interfaceNames(): readonly string[] {
  try {
    return process.platform === 'linux' ? readdirSync('/sys/class/net').toSorted() : [];
  } catch {
    return [];
  }
}
