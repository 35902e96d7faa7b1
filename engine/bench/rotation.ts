/**
 * New keys for phones that have some, because a person says so (ADR 0029).
 *
 * What is on disk decides: the new pair is written first, together with those before it, and that it was is a fact of the phone afterwards.
 * A bench that ended in between, or that another process told nothing, sees by the number beside the keys that a fact is missing.
 */
import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Fact } from '../contract/observation.js';
import type { Params } from '../contract/problem.js';
import { mostFormer } from '../profiles/phone-keys.js';
import { type Device, isLeaving } from '../roster/device.js';
import type { Roster } from '../roster/roster.js';
import type { Job } from '../store/jobs.js';
import { StoredPhoneKeys } from '../store/phone-keys.js';
import type { Order } from './order.js';

/** What became of one phone's wish: new keys are on their way to it, or why there are none. */
export type Rotated = { readonly mac: Mac; readonly refused: { readonly code: string; readonly params: Params } | null };

/** One transaction's worth: some milliseconds. */
const atOnce = 50;

/** Why a phone gets no new keys now; null where it does. `encrypted`: its files are; undefined where it has no row in the job. */
export function whyNotRotated(device: Device | undefined, encrypted: boolean | undefined): Rotated['refused'] {
  if (encrypted === undefined) return { code: 'key.no-row', params: {} };
  if (!encrypted) return { code: 'key.not-encrypted', params: {} };
  if (device === undefined) return null;
  if (isLeaving(device)) return { code: 'key.leaving', params: {} };
  const waiting = (device.keyTurn ?? 0) - (device.provenTurn ?? 0);
  return device.lastSeen !== null && waiting >= mostFormer ? { code: 'key.waiting', params: { count: waiting } } : null;
}

export type RotationParts = {
  readonly keys: Pick<StoredPhoneKeys, 'rotate'>;
  readonly macs: readonly Mac[];
  readonly why: (mac: Mac) => Rotated['refused'];
  /** A phone is to have the keys of this number from here on. */
  readonly tell: (mac: Mac, turn: number) => void;
};

/** Rotates the keys of these phones, a few at a time, and gives the event loop its turn in between. */
export async function rotateKeys({ keys, macs, why, tell }: RotationParts): Promise<readonly Rotated[]> {
  const all: Rotated[] = [];
  for (let at = 0; at < macs.length; at += atOnce) {
    if (at > 0) await setImmediate();
    const some = macs.slice(at, at + atOnce).map((mac) => ({ mac, refused: why(mac) }));
    const turns = keys.rotate(some.flatMap(({ mac, refused }) => (refused === null ? [mac] : [])));
    for (const [mac, turn] of turns) tell(mac, turn);
    all.push(...some);
  }
  return all;
}

export type KeyRotationOptions = {
  readonly database: DatabaseSync;
  readonly job: Pick<Job, 'id' | 'key'>;
  readonly order: Order;
  readonly roster: Pick<Roster, 'get' | 'record'>;
  readonly now: () => string;
};

/** Of the job a bench is at work on. */
export class KeyRotation {
  readonly #options: KeyRotationOptions;
  /** None where the job has no key any more; a bench does not work on such a one. */
  readonly #keys: StoredPhoneKeys | undefined;
  #version: unknown;

  constructor(options: KeyRotationOptions) {
    this.#options = options;
    const { database, job } = options;
    this.#keys = job.key === undefined ? undefined : new StoredPhoneKeys(database, job.id, job.key);
  }

  /** Null: all phones of the job whose files are encrypted. */
  async rotate(macs: readonly Mac[] | null): Promise<readonly Rotated[]> {
    const { order, roster } = this.#options;
    if (this.#keys === undefined) return [];
    return await rotateKeys({
      keys: this.#keys,
      macs: macs ?? order.macs().filter((mac) => order.encrypts(mac)),
      why: (mac) => whyNotRotated(roster.get(mac), order.has(mac) ? order.encrypts(mac) : undefined),
      tell: (mac, turn) => this.#tell(mac, turn),
    });
  }

  /** Sees what was rotated without this bench being told: by another process, or by one that ended right then. */
  look(): void {
    const version = this.#options.database.prepare('PRAGMA data_version').get()?.['data_version'];
    if (version === this.#version) return; // nobody else has written (sqlite.org/pragma.html#pragma_data_version)
    this.#version = version;
    for (const [mac, turn] of this.#keys?.turns() ?? []) {
      const device = this.#options.roster.get(mac);
      if (device === undefined || turn <= (device.keyTurn ?? 0)) continue;
      if (isLeaving(device)) this.#takeBack(mac, device);
      else this.#tell(mac, turn);
    }
  }

  #tell(mac: Mac, turn: number): void {
    const fact: Fact = { kind: 'keysRotated', turn };
    this.#options.order.forget(mac);
    this.#options.roster.record(mac, this.#options.now(), fact);
  }

  /** It left while somebody else was at it: it keeps what it has. */
  #takeBack(mac: Mac, { provenTurn }: Device): void {
    if (this.#keys?.keep(mac, provenTurn) === true) this.#options.order.forget(mac);
  }
}
