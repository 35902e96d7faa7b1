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
  /**
   * Whether a sender that no lease and no ARP entry knows is believed what it says of itself. Not with own DHCP: there every phone
   * of the job has a lease, and anybody else's words must neither prove nor disprove anything.
   */
  readonly believesClaims?: boolean;
  /** The journal could not be written: the fact is lost and the board stays as it was. */
  readonly onLost?: (error: unknown) => void;
};

/** So many entries of one device in one minute that change nothing are journalled: a phone gone mad must not fill the disk. */
const idleEntriesPerMinute = 600;

/** Facts a sender's own words decide over; they count for nobody when those words name another phone. */
const spoken: ReadonlySet<Fact['kind']> = new Set(['word', 'fileDelivered', 'fileBroken', 'recognised', 'wrongImage']);

export class Roster {
  readonly #options: RosterOptions;
  readonly #devices = new Map<Mac, Device>();
  readonly #listeners: Listener[] = [];
  readonly #rates = new Map<Mac, { minute: string; entries: number }>();

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
    const { mac, by, claimed, disagreeing } = identity;
    if (claimed && this.#options.believesClaims !== true) {
      if (fact.kind === 'fileRefused')
        this.#take({ at, mac, fact: { kind: 'askedByStranger', path: fact.path, address: sender.address ?? '' } });
      return;
    }
    const address = sender.address === undefined ? {} : { address: sender.address };
    if (disagreeing.length > 0) this.#take({ at, mac, ...address, fact: { kind: 'identityDisagrees', by, claims: disagreeing } });
    if (disagreeing.length === 0 || !spoken.has(fact.kind)) this.#take({ at, mac, ...address, fact });
  }

  /** Records a fact of the bench itself about a device: a binding, a deadline, a read-back. */
  record(mac: Mac, at: string, fact: Fact): void {
    this.#take({ at, mac, fact });
  }

  #take(entry: Omit<Journalled, 'seq'>): void {
    if (!this.#devices.has(entry.mac) && !this.#options.admits(entry.mac, entry.fact)) return;
    const before = this.#devices.get(entry.mac) ?? newDevice(entry.mac, entry.at);
    if (this.#isIdleFlood(entry, before)) return;
    const kept = this.#append(entry);
    if (kept === undefined) return;
    const device = this.#fold(kept);
    for (const listener of this.#listeners) listener(kept, device, before);
  }

  #append(entry: Omit<Journalled, 'seq'>): Journalled | undefined {
    try {
      return this.#options.journal.append(entry);
    } catch (error) {
      this.#options.onLost?.(error);
      return undefined;
    }
  }

  #fold(entry: Journalled): Device {
    const device = advance(this.#devices.get(entry.mac) ?? newDevice(entry.mac, entry.at), entry);
    this.#devices.set(entry.mac, device);
    return device;
  }

  /** More of what changes nothing than is worth keeping. What changes the device is always kept. */
  #isIdleFlood(entry: Omit<Journalled, 'seq'>, before: Device): boolean {
    const minute = entry.at.slice(0, 16);
    const known = this.#rates.get(entry.mac);
    const rate = known?.minute === minute ? known : { minute, entries: 0 };
    rate.entries += 1;
    this.#rates.set(entry.mac, rate);
    if (rate.entries <= idleEntriesPerMinute) return false;
    const after = advance(before, { seq: 0, ...entry });
    return (
      JSON.stringify({ ...after, lastSeen: null, trouble: null, since: '' }) ===
      JSON.stringify({ ...before, lastSeen: null, trouble: null, since: '' })
    );
  }
}
