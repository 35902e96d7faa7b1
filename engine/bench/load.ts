/**
 * How busy the bench is: transfers under way, phones that are not finished, and how long those will take at the pace of the last
 * minute. Kept as things change, so that asking costs nothing however many phones there are.
 */
import type { Load } from '../contract/calls.js';
import type { Mac } from '../contract/mac.js';
import { type Device, isSettled, verdictOf } from '../roster/device.js';
import type { Roster } from '../roster/roster.js';
import type { Clock } from '../services/service.js';

/** The pace is that of so many milliseconds. */
const windowMs = 60_000;
/** Fewer phones than this finishing within it tell no pace, nor does a shorter time since the first of them, in milliseconds. */
const tellingPasses = 3;
const tellingMs = 2000;
/** From so many unfinished phones on they may be in each other's way; so long a queue, in seconds, is worth spreading. */
const crowd = 20;
const longQueue = 120;
/** Of so many unfinished phones, one timed-out transfer in the last minute is a sign of crowding. */
const phonesPerTimeout = 20;
/** `Resync_Random_Delay` counts in units of 20 s (facts 1.3); more than ten minutes of it helps nobody at a bench. */
const delayUnit = 20;
const longestDelay = 600;

export type Pressure = {
  readonly transfers: number;
  readonly waiting: number;
  /** Those that wait, the next one first. */
  readonly queue: Load['queue'];
  /** Phones that were seen and are neither passed nor given up. */
  readonly unfinished: number;
  /** When phones passed in the last minute, milliseconds, oldest first. */
  readonly passes: readonly number[];
  /** Transfers that timed out in the last minute. */
  readonly timeouts: number;
  /** Now, in milliseconds. */
  readonly now: number;
};

/** What can be said of the load. Pure. */
export function loadOf({ transfers, waiting, queue, unfinished, passes, timeouts, now }: Pressure): Load {
  const rate = rateOf(passes, now);
  const secondsLeft = unfinished === 0 ? 0 : rate === undefined ? null : Math.ceil(unfinished / rate);
  const crowded =
    waiting > 0 || timeouts * phonesPerTimeout >= Math.max(unfinished, 3 * phonesPerTimeout) || (secondsLeft ?? 0) > longQueue;
  const helps = unfinished >= crowd && crowded && secondsLeft !== null;
  return { transfers, waiting, queue, unfinished, secondsLeft, suggestRandomDelay: helps ? delayFor(secondsLeft) : null };
}

/** Phones a second, from the first of the passes until now: a bench on which nothing passes any more becomes slow by itself. */
function rateOf(passes: readonly number[], now: number): number | undefined {
  const [first] = passes;
  if (first === undefined || passes.length < tellingPasses || now - first < tellingMs) return undefined;
  return ((passes.length - 1) * 1000) / (now - first);
}

/** Phones that come spread over the time the bench needs for all of them wait for nobody. */
function delayFor(seconds: number): number {
  return Math.min(longestDelay, Math.max(delayUnit, Math.ceil(seconds / delayUnit) * delayUnit));
}

export type GaugeOptions = {
  readonly roster: Pick<Roster, 'devices' | 'onChange'>;
  readonly clock: Clock;
  readonly transfers: () => { readonly transfers: number; readonly waiting: number; readonly queue: readonly string[] };
  /** Whose address it is. */
  readonly holder: (address: string) => Mac | undefined;
};

/** Follows the roster from now on. */
export class LoadGauge {
  readonly #options: GaugeOptions;
  readonly #unfinished = new Set<Mac>();
  readonly #passes: number[] = [];
  readonly #timeouts: number[] = [];

  constructor(options: GaugeOptions) {
    this.#options = options;
    for (const device of options.roster.devices()) this.#place(device);
    options.roster.onChange(({ fact }, device, before) => {
      this.#place(device);
      const now = options.clock.now().getTime();
      const mayPass = device.evidence.handOff !== undefined; // judging each entry costs more than all else here
      if (mayPass && verdictOf(device).kind === 'pass' && verdictOf(before).kind !== 'pass') this.#passes.push(now);
      if (fact.kind === 'fileBroken' && fact.because === 'timeout') this.#timeouts.push(now);
      this.#forget(now);
    });
  }

  now(): Load {
    const now = this.#options.clock.now().getTime();
    this.#forget(now);
    const { holder } = this.#options;
    const { transfers, waiting, queue: addresses } = this.#options.transfers();
    const queue = addresses.map((address) => ({ address, mac: holder(address) ?? null }));
    return loadOf({
      transfers,
      waiting,
      queue,
      unfinished: this.#unfinished.size,
      passes: this.#passes,
      timeouts: this.#timeouts.length,
      now,
    });
  }

  #place(device: Device): void {
    if (device.row !== null && device.lastSeen !== null && !isSettled(device)) this.#unfinished.add(device.mac);
    else this.#unfinished.delete(device.mac);
  }

  #forget(now: number): void {
    for (const times of [this.#passes, this.#timeouts]) {
      if ((times[0] ?? Infinity) > now - windowMs) continue;
      const kept = times.findIndex((at) => at > now - windowMs);
      times.splice(0, kept === -1 ? times.length : kept);
    }
  }
}
