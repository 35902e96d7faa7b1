/**
 * The roster: takes what the services saw, resolves who it was, journals it, folds it into the device and says what changed.
 * It never asks a service for anything, and no service asks it: it broadcasts, and only what is on disk. What could not be kept
 * is taken back, so that the board is always what the journal would give.
 */
import type { Mac } from '../contract/mac.js';
import type { Fact, Journalled, Observation } from '../contract/observation.js';
import { finish, type Steps } from '../profiles/slices.js';
import { advance } from './advance.js';
import { type Device, newDevice } from './device.js';
import { identify, type Whereabouts } from './identity.js';

/** Where entries are kept. */
interface JournalKeeper {
  /** The number of the next entry. */
  next(): number;
  /** `done` is called once the entry is safe, or with the reason why it is lost; in the order of appending. */
  append(entry: Journalled, done: (error?: unknown) => void): void;
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

/** An entry that is not known to be safe yet, and what it made of its device. */
type Pending = { readonly entry: Journalled; device: Device; before: Device; isFirst: boolean };

export class Roster {
  readonly #options: RosterOptions;
  readonly #devices = new Map<Mac, Device>();
  readonly #pending = new Map<Mac, Pending[]>();
  readonly #listeners: Listener[] = [];
  readonly #rates = new Map<Mac, { minute: string; entries: number }>();

  constructor(options: RosterOptions) {
    this.#options = options;
  }

  /** Brings back the board of the journal; nobody is told. */
  replay(): void {
    finish(this.replaySteps());
  }

  /** The same in steps. */
  *replaySteps(): Steps<void> {
    for (const entry of this.#options.journal.replay()) {
      this.#fold(entry);
      yield;
    }
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
    const known = this.#devices.get(entry.mac);
    if (known === undefined && !this.#options.admits(entry.mac, entry.fact)) return;
    const before = known ?? newDevice(entry.mac, entry.at);
    if (this.#isIdleFlood(entry, before)) return;
    const numbered = { seq: this.#options.journal.next(), ...entry };
    const isFirst = known === undefined;
    const pending = { entry: numbered, device: this.#fold(numbered), before, isFirst };
    const others = this.#pending.get(entry.mac);
    if (others === undefined) this.#pending.set(entry.mac, [pending]);
    else others.push(pending);
    this.#options.journal.append(numbered, (error) => this.#kept(pending, error));
  }

  /** Tells of an entry that is safe, or takes one back that is lost. */
  #kept(pending: Pending, error: unknown): void {
    const { mac } = pending.entry;
    const others = this.#pending.get(mac) ?? [];
    others.splice(others.indexOf(pending), 1);
    if (others.length === 0) this.#pending.delete(mac);
    if (error === undefined) for (const listener of this.#listeners) listener(pending.entry, pending.device, pending.before);
    else this.#takeBack(pending, others, error);
  }

  /** As if it had not been: what waits beside it is folded anew onto the device before it. */
  #takeBack({ entry: { mac, seq }, before, isFirst }: Pending, others: readonly Pending[], error: unknown): void {
    let device = before;
    const later = others.filter(({ entry }) => entry.seq > seq);
    for (const [index, other] of later.entries()) {
      other.isFirst = isFirst && index === 0;
      other.before = device;
      other.device = device = advance(device, other.entry);
    }
    if (isFirst && later.length === 0) this.#devices.delete(mac);
    else this.#devices.set(mac, device);
    this.#options.onLost?.(error);
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
    if (rate !== known) this.#rates.set(entry.mac, rate);
    if (rate.entries <= idleEntriesPerMinute) return false;
    const after = advance(before, { seq: 0, ...entry });
    return (
      JSON.stringify({ ...after, lastSeen: null, trouble: null, since: '' }) ===
      JSON.stringify({ ...before, lastSeen: null, trouble: null, since: '' })
    );
  }
}
