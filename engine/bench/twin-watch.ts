/**
 * Looks for two phones with one MAC: at the addresses of phones that were seen lately, whether two answer (double-answers.ts), and, where
 * the site hands out the addresses, whether one MAC speaks from two of them in turn.
 */
import type { Mac } from '../contract/mac.js';
import type { Observation } from '../contract/observation.js';
import { findDoubleAnswers } from '../network/double-answers.js';
import { isLoopback, type Place } from '../network/places.js';
import type { Device } from '../roster/device.js';
import type { Clock } from '../services/service.js';
import { TwoVoices } from '../services/two-voices.js';

/** Milliseconds between looks. */
const lookEvery = 10_000;
/** A phone that was not seen for so long (milliseconds) is not asked for. */
const lately = 300_000;
/** No phone gets another address and its former one again in so many milliseconds. */
const movedWithin = 60_000;

export type TwinWatchOptions = {
  readonly place: Place;
  readonly clock: Clock;
  readonly devices: () => readonly Device[];
  readonly observe: (observation: Observation) => void;
  readonly find?: typeof findDoubleAnswers;
};

/** Looks every 10 s until the function it returns is called. On loopback there is nothing to look for. */
export function watchTwins({ place, clock, devices, observe, find = findDoubleAnswers }: TwinWatchOptions): () => void {
  if (isLoopback(place)) return () => undefined;
  let ended = false;
  const look = async (): Promise<void> => {
    const now = clock.now();
    const doubles = await find(place, clock, addressesOf(devices(), now.getTime()));
    if (ended) return;
    const at = clock.now().toISOString();
    for (const [address, mac] of doubles)
      if (devices().some((device) => device.mac === mac && device.address === address && !isKnown(device)))
        observe({ at, sender: { mac, address }, fact: { kind: 'secondPhone', addresses: [address] } });
    cancel = clock.after(lookEvery, () => void look());
  };
  let cancel = clock.after(lookEvery, () => void look());
  return () => {
    ended = true;
    cancel();
  };
}

/** Where phones stand that were seen lately and of which it is not known already. */
function addressesOf(devices: readonly Device[], now: number): readonly string[] {
  return devices.flatMap((device) => {
    const { address, lastSeen } = device;
    return address === null || lastSeen === null || Date.parse(lastSeen) < now - lately || isKnown(device) ? [] : [address];
  });
}

function isKnown({ contradiction }: Device): boolean {
  return contradiction?.kind === 'second-phone-with-this-mac';
}

export type NeighboursOptions = {
  /** Who stands at an address, as the ARP table has it. */
  readonly neighbour: (address: string) => Mac | undefined;
  readonly device: (mac: Mac) => Device | undefined;
  readonly observe: (observation: Observation) => void;
};

/** Without own DHCP the ARP table is what stands for a lease: notes where each phone is, and when one MAC is at two places. */
export class Neighbours {
  readonly #options: NeighboursOptions;
  readonly #places = new TwoVoices({ withinMs: movedWithin });

  constructor(options: NeighboursOptions) {
    this.#options = options;
  }

  /** Takes where something came from. */
  note(address: string, now: Date): void {
    const { neighbour, device, observe } = this.#options;
    const mac = neighbour(address);
    if (mac === undefined) return;
    const known = device(mac);
    const at = now.toISOString();
    const before = known?.address ?? address;
    if (this.#places.hear(mac, address, now.getTime()))
      observe({ at, sender: { mac, address }, fact: { kind: 'secondPhone', addresses: [before, address] } });
    if (known?.address !== address) observe({ at, sender: { mac, address }, fact: { kind: 'arpSeen', address } });
  }
}
