/** The clock as an observer: a phone that has had its time for a stage is `overdue`, recorded once, so that verdicts stay pure. */
import type { State } from '../contract/evidence.js';
import type { Fact } from '../contract/observation.js';
import type { Pack } from '../phones/pack.js';
import { type Device, stateOf } from '../roster/device.js';
import type { Roster } from '../roster/roster.js';
import type { Clock } from '../services/service.js';

type Stage = (Fact & { kind: 'overdue' })['stage'];

/** What a phone in this state is waited for. A phone that is only expected has no deadline, and a finished one none any more. */
const awaited: Readonly<Record<State, Stage | undefined>> = {
  expected: 'lease',
  leased: 'bootstrap',
  bootstrap: 'device',
  firmware: 'device',
  device: 'device',
  verify: 'verify',
  handOff: 'handOff',
  handedOff: undefined,
};

export type DeadlineOptions = { readonly roster: Roster; readonly pack: Pack; readonly clock: Clock; readonly pace: number };

export class Deadlines {
  readonly #options: DeadlineOptions;
  /** Time during which no bench ran counts against no phone. */
  readonly #startedAt: number;

  constructor(options: DeadlineOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now().getTime();
  }

  /** Records `overdue` for each phone whose time is up. */
  tick(): void {
    const { roster, clock } = this.#options;
    const now = clock.now();
    for (const device of roster.devices()) {
      const stage = this.#overdueStage(device, now.getTime());
      if (stage !== undefined) roster.record(device.mac, now.toISOString(), { kind: 'overdue', stage });
    }
  }

  #overdueStage(device: Device, now: number): Stage | undefined {
    if (device.overdue || device.lastSeen === null || device.row === null) return undefined;
    const stage = awaited[stateOf(device)];
    if (stage === undefined) return undefined;
    const began = Math.max(Date.parse(device.since), this.#startedAt);
    return now - began > this.#options.pack.patience[stage] / this.#options.pace ? stage : undefined;
  }
}
