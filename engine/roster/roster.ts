/**
 * The roster: takes what the services saw, resolves who it was, journals it, folds it into the device and says what changed.
 * It never asks a service for anything, and no service asks it: it broadcasts.
 */
import type { Mac } from '../contract/mac.js';
import type { Fact, Journalled, Observation } from '../contract/observation.js';
import { advance } from './advance.js';
import { type Device, newDevice } from './device.js';
import { identify, type Whereabouts } from './identity.js';

/** Where entries are kept; what `append` returns from is safe. */
interface JournalKeeper {
  append(entry: Omit<Journalled, 'seq'>): Journalled;
  replay(): Iterable<Journalled>;
}

/** Hears of each entry, with the device before and after it. */
export type Listener = (entry: Journalled, device: Device, before: Device) => void;

export type RosterOptions = {
  readonly journal: JournalKeeper;
  readonly whereabouts: Whereabouts;
  /** MACs that may have a device: those of rows, and phones the job takes in. Everything else is seen and left alone. */
  readonly admits: (mac: Mac, fact: Fact) => boolean;
};

/** At most so many entries of one device in one minute are journalled, and so many of them words: a phone gone mad must not fill the disk. */
const perMinute = { words: 600, entries: 3000 } as const;

export class Roster {
  readonly #options: RosterOptions;
  readonly #devices = new Map<Mac, Device>();
  readonly #listeners: Listener[] = [];
  readonly #rates = new Map<Mac, { minute: string; words: number; entries: number }>();

  constructor(options: RosterOptions) {
    this.#options = options;
  }

  /** Brings back the board of the journal; nobody is told. */
  replay(): void {
    for (const entry of this.#options.journal.replay()) this.#fold(entry);
  }

  /** Expects a phone, before it is seen. */
  expect(mac: Mac, at: string): void {
    if (!this.#devices.has(mac)) this.#devices.set(mac, newDevice(mac, at));
  }

  get(mac: Mac): Device | undefined {
    return this.#devices.get(mac);
  }

  devices(): readonly Device[] {
    return [...this.#devices.values()];
  }

  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Takes an observation of a service. One whose sender nobody knows is left; it stays in the raw logs. */
  observe({ at, sender, fact }: Observation): void {
    const identity = identify(sender, this.#options.whereabouts);
    if (identity === undefined) return;
    const address = sender.address === undefined ? {} : { address: sender.address };
    if (identity.disagreeing.length > 0) {
      this.#take({ at, mac: identity.mac, ...address, fact: { kind: 'identityDisagrees', by: identity.by, claims: identity.disagreeing } });
    }
    this.#take({ at, mac: identity.mac, ...address, fact });
  }

  /** Records a fact of the bench itself about a device: a binding, a deadline, a read-back. */
  record(mac: Mac, at: string, fact: Fact): void {
    this.#take({ at, mac, fact });
  }

  #take(entry: Omit<Journalled, 'seq'>): void {
    if (!this.#devices.has(entry.mac) && !this.#options.admits(entry.mac, entry.fact)) return;
    if (this.#isFlooding(entry)) return;
    const kept = this.#options.journal.append(entry);
    const before = this.#devices.get(entry.mac) ?? newDevice(entry.mac, entry.at);
    const device = this.#fold(kept);
    for (const listener of this.#listeners) listener(kept, device, before);
  }

  #fold(entry: Journalled): Device {
    const device = advance(this.#devices.get(entry.mac) ?? newDevice(entry.mac, entry.at), entry);
    this.#devices.set(entry.mac, device);
    return device;
  }

  #isFlooding({ mac, at, fact }: Omit<Journalled, 'seq'>): boolean {
    const minute = at.slice(0, 16);
    const known = this.#rates.get(mac);
    const rate = known?.minute === minute ? known : { minute, words: 0, entries: 0 };
    rate.entries += 1;
    if (fact.kind === 'word') rate.words += 1;
    this.#rates.set(mac, rate);
    return rate.entries > perMinute.entries || (fact.kind === 'word' && rate.words > perMinute.words);
  }
}
