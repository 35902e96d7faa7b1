/**
 * Proves what phones took: reads their configuration back, and asks proven ones to fetch their hand-off.
 *
 * It looks at the board a few times a second and does, for each phone, the one thing its state calls for, with growing pauses
 * while that does not succeed. What it finds it records as facts; what follows from them is the roster's business.
 */
import type { Mac } from '../contract/mac.js';
import type { Fact } from '../contract/observation.js';
import type { Secret } from '../contract/secret.js';
import type { BenchAddress } from '../phones/pack.js';
import { type Device, isProven } from '../roster/device.js';
import type { Roster } from '../roster/roster.js';
import type { Clock } from '../services/service.js';
import type { Order, Prepared } from './order.js';

/** What a phone's web server answered. */
type PhoneAnswer =
  | { readonly ok: true; readonly status: number; readonly body: string }
  | { readonly ok: false; readonly because: 'unauthorized' | 'unreachable' | 'timeout' | 'http-status'; readonly status?: number };

type AskPhone = (request: {
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly account?: { readonly user: string; readonly password?: Secret };
  readonly deadlineMs: number;
}) => Promise<PhoneAnswer>;

export type ProverOptions = {
  readonly order: Order;
  readonly bench: BenchAddress;
  readonly roster: Roster;
  readonly clock: Clock;
  /** How many times faster than real phones' timers everything runs (1 on a real bench). */
  readonly pace: number;
  readonly ask: AskPhone;
};

type Step = { readonly do: 'readBack'; readonly stage: 'device' | 'handOff' } | { readonly do: 'askHandOff' };
type Progress = { due: number; tries: number; busy: boolean; last: string };

const maxAtOnce = 32;
/** Pauses between tries, in milliseconds at pace 1: short first, for a phone that is just applying its file. */
const pauses: readonly number[] = [2000, 4000, 8000, 15_000, 30_000];
/** How long a file may take to be applied before the bench looks without the phone's word. */
const settleMs = 6000;
/** After the hand-off is delivered the phone writes, and perhaps reboots. */
const afterHandOffMs = 1500;
const answerMs = 8000;

export class Prover {
  readonly #options: ProverOptions;
  readonly #progress = new Map<Mac, Progress>();
  #busy = 0;
  #stopped = false;

  constructor(options: ProverOptions) {
    this.#options = options;
    options.roster.onChange((_entry, device, before) => {
      if (device !== before) this.#changed(device);
    });
  }

  /** What phones answer from here on is nobody's: the journal is closed, or another run's. */
  stop(): void {
    this.#stopped = true;
  }

  /** Does what is due now. */
  tick(): void {
    if (this.#stopped) return;
    const now = this.#options.clock.now().getTime();
    for (const device of this.#options.roster.devices()) {
      if (this.#busy >= maxAtOnce) return;
      const step = stepOf(device);
      const prepared = this.#options.order.of(device.mac);
      if (step === undefined || prepared === undefined || device.address === null) continue;
      const progress = this.#progressOf(device, step, now);
      if (progress.busy || progress.due > now) continue;
      progress.busy = true;
      this.#busy += 1;
      void this.#perform(device.mac, device.address, prepared, step).finally(() => {
        this.#busy -= 1;
        progress.busy = false;
        const pause = pauses[Math.min(progress.tries, pauses.length - 1)] ?? 0;
        progress.tries += 1;
        progress.due = this.#options.clock.now().getTime() + pause / this.#options.pace;
      });
    }
  }

  /** A new state begins with a short pause; the phone's word makes a waiting read-back due at once. */
  #changed(device: Device): void {
    const progress = this.#progress.get(device.mac);
    const step = stepOf(device);
    if (progress === undefined || step === undefined || progress.last !== keyOf(device, step)) return;
    const said = device.evidence.word !== undefined && device.evidence.readBack === undefined;
    if (said && progress.tries === 0) progress.due = Math.min(progress.due, this.#options.clock.now().getTime() + 50);
  }

  #progressOf(device: Device, step: Step, now: number): Progress {
    const last = keyOf(device, step);
    const known = this.#progress.get(device.mac);
    if (known?.last === last) return known;
    const fresh: Progress = { due: now + waitFor(device, step) / this.#options.pace, tries: 0, busy: false, last };
    this.#progress.set(device.mac, fresh);
    return fresh;
  }

  async #perform(mac: Mac, address: string, prepared: Prepared, step: Step): Promise<void> {
    const fact =
      step.do === 'readBack' ? await this.#readBack(mac, address, prepared, step.stage) : await this.#askHandOff(mac, address, prepared);
    if (this.#stopped || !this.#hasItsKeys(mac, prepared)) return;
    this.#options.roster.record(mac, this.#options.clock.now().toISOString(), fact);
  }

  /** What a phone shows of the keys it had proves nothing of those it got meanwhile. */
  #hasItsKeys(mac: Mac, { compiled }: Prepared): boolean {
    return compiled.keys?.turn === this.#options.order.of(mac)?.compiled.keys?.turn;
  }

  async #readBack(mac: Mac, address: string, prepared: Prepared, stage: 'device' | 'handOff'): Promise<Fact> {
    const { order, bench, ask } = this.#options;
    const { compiled } = prepared;
    const port = stage === 'device' ? compiled.webPort : compiled.webPortAfter;
    const answer = await ask({ address, port, path: order.pack.readBackPath, account: compiled.admin, deadlineMs: answerMs });
    if (!answer.ok)
      return { kind: 'readBackFailed', stage, because: answer.because, ...(answer.status === undefined ? {} : { status: answer.status }) };
    const comparison = order.pack.compare(answer.body, compiled, stage, order.deviceFile(prepared).marker, bench);
    if (comparison === undefined) return { kind: 'readBackFailed', stage, because: 'not-a-configuration' };
    const firmware = stage === 'device' ? this.#options.roster.get(mac)?.firmware : undefined;
    const ignored = firmware === undefined ? [] : order.pack.ignoredBy(compiled, firmware);
    return { kind: 'readBack', stage, ...comparison, ...(firmware === undefined || ignored.length === 0 ? {} : { ignored, firmware }) };
  }

  async #askHandOff(mac: Mac, address: string, { compiled }: Prepared): Promise<Fact> {
    const { order, bench, ask } = this.#options;
    const path = order.pack.resyncPath(bench, compiled, mac, 'handOff');
    const answer = await ask({ address, port: compiled.webPort, path, account: compiled.admin, deadlineMs: answerMs });
    return { kind: 'resyncAsked', stage: 'handOff', ok: answer.ok, ...(answer.status === undefined ? {} : { status: answer.status }) };
  }
}

/** The one thing a phone's state calls for; none while it has its own steps to make, or none that helps. */
function stepOf(device: Device): Step | undefined {
  if (device.row === null || device.contradiction?.kind === 'wrong-image' || device.evidence.handOff !== undefined) return undefined;
  if (device.handOffDelivered !== undefined) return device.terms.readableAfter ? { do: 'readBack', stage: 'handOff' } : undefined;
  if (isProven(device)) return { do: 'askHandOff' };
  return device.evidence.delivery !== undefined && device.evidence.readBack === undefined ? { do: 'readBack', stage: 'device' } : undefined;
}

/** One delivery, one series of tries: a phone that fetched again starts a new one. */
function keyOf(device: Device, step: Step): string {
  return step.do === 'askHandOff'
    ? `ask ${device.evidence.readBack?.at}`
    : `read ${step.stage} ${device.handOffDelivered ?? device.evidence.delivery?.at}`;
}

function waitFor(device: Device, step: Step): number {
  if (step.do === 'askHandOff') return 0;
  if (step.stage === 'handOff') return afterHandOffMs;
  return device.evidence.word === undefined ? settleMs : 100;
}
