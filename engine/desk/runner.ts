/** The one bench a desk runs: started, gone on with, stopped; its state as a window shows it, and the board it belongs to. */
import type { BenchState } from '../contract/calls.js';
import { startGuarded } from '../bench/guarded.js';
import type { JobChoice, JobInput } from '../bench/job.js';
import type { ServingLimits } from '../bench/services.js';
import {
  demoInput,
  type PhonesProgram,
  plugIn,
  type Play,
  startVirtualBench,
  type StartPhones,
  type VirtualPhone,
} from '../bench/virtual.js';
import type { Bench } from '../bench.js';
import type { Mac } from '../contract/mac.js';
import type { Journalled } from '../contract/observation.js';
import type { Refusal, Result } from '../contract/problem.js';
import { findPlace, isLoopback } from '../network/places.js';
import { finishInSlices } from '../profiles/slices.js';
import { verdictOf } from '../roster/device.js';
import type { Clock } from '../services/service.js';
import type { Job, Jobs } from '../store/jobs.js';
import type { Journal } from '../store/journal.js';
import { boardSteps, type JobBoard, readBoard } from './job-board.js';
import { failed, refused, type Reply } from './reply.js';

export type Where = {
  readonly interface: string;
  readonly address?: string | undefined;
  readonly dhcp: boolean;
  readonly despite?: string | undefined;
};

/** The job a list is a second one of, and which of its phones that were handed off are prepared again. */
export type Revise = { readonly job: string; readonly again: readonly string[] };

export type RunnerOptions = {
  readonly data: { readonly folder: string; readonly installationKey: Uint8Array };
  readonly clock: Clock;
  readonly startPhones: StartPhones;
  readonly speed: number;
  readonly random: (below: number) => number;
  /** What a person allows the serving of files, as it is set now. */
  readonly limits: () => ServingLimits;
  /** The desk's own view of the same data folder. */
  readonly jobs: Jobs;
  readonly journal: (job: Job) => Journal;
};

/** Who hears what happened to the bench. */
export type RunnerListener = { deviceChanged(mac: Mac): void; benchChanged(): void; boardChanged(): void };

/** Where phones look by themselves; on loopback any port does, for who is there was told. */
const standardPorts = { dhcp: 67, tftp: 69, http: 80, syslog: 514 } as const;
const anyPorts = { dhcp: 0, tftp: 0, http: 0, syslog: 0 } as const;
/** Notices kept, the newest. */
const noticeLimit = 20;
const seeds = 1_000_000;

type Run = { readonly notices: BenchState['notices']; bench?: Bench; phones?: PhonesProgram; state?: BenchState };
type Make = (onInterlock: (refusal: Refusal) => void, signal: AbortSignal) => Promise<Result<Bench>>;

export class Runner {
  readonly #options: RunnerOptions;
  readonly #listener: RunnerListener;
  #run: Run | undefined;
  #cancel = new AbortController();
  #starting: Promise<unknown> | undefined;
  #stopping: Promise<void> | undefined;
  #board: JobBoard | undefined;

  constructor(options: RunnerOptions, listener: RunnerListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** The running bench, or null. */
  get state(): BenchState | null {
    return this.#run?.state ?? null;
  }

  /** Whether a bench is on its way: which job it is of is not known yet. */
  get isStarting(): boolean {
    return this.#run !== undefined && this.#run.state === undefined;
  }

  /** The bench itself, while it runs. */
  get bench(): Bench | undefined {
    return this.#run?.bench;
  }

  /** The board of the running bench, or of the one that ran last. */
  get board(): JobBoard | undefined {
    return this.#board;
  }

  /** A job of files on a real interface. */
  start(input: JobInput, where: Where, revise?: Revise): Promise<Reply<{ job: string }>> {
    const choice: JobChoice =
      revise === undefined
        ? { kind: 'new', input, virtual: false }
        : { kind: 'revise', id: revise.job, input, again: new Set(revise.again.map((mac) => mac as Mac)) };
    return this.#begin((onInterlock, signal) => this.#real(choice, where, onInterlock, signal));
  }

  /** A stored job: a real one where it is said, a virtual one on loopback with phones for all that are not finished. */
  resume(job: Job, where: Where): Promise<Reply<{ job: string }>> {
    const choice: JobChoice = { kind: 'stored', id: job.id };
    return job.virtual
      ? this.#begin((onInterlock) => this.#virtual(choice, onInterlock), this.#unfinished(job), 0)
      : this.#begin((onInterlock, signal) => this.#real(choice, where, onInterlock, signal));
  }

  /** A job of virtual phones. */
  demo(count: number, fault: number): Promise<Reply<{ job: string }>> {
    const seed = this.#options.random(seeds);
    const { phones, input } = demoInput(count, seed);
    return this.#begin((onInterlock) => this.#virtual({ kind: 'new', input, virtual: true }, onInterlock), phones, fault, seed);
  }

  /** Stops the bench, or the attempt to start one; resolves when nothing is open any more. */
  async stop(): Promise<void> {
    this.#cancel.abort();
    await this.#starting;
    this.#stopping ??= this.#stop().finally(() => {
      this.#stopping = undefined;
    });
    await this.#stopping;
  }

  async #begin(make: Make, phones?: readonly VirtualPhone[], fault = 0, seed = 0): Promise<Reply<{ job: string }>> {
    if (this.#run !== undefined) return failed('bench.busy', { job: this.#run.bench?.job.id ?? '' });
    const run: Run = { notices: [] };
    this.#run = run;
    this.#cancel = new AbortController();
    const begun = this.#make(run, make, phones, { seed, fault, speed: this.#options.speed });
    this.#starting = begun.catch(() => undefined);
    try {
      const reply = await begun;
      if (!reply.ok) this.#run = undefined;
      return reply;
    } catch (error) {
      this.#run = undefined;
      throw error;
    }
  }

  async #make(run: Run, make: Make, phones: readonly VirtualPhone[] | undefined, play: Play): Promise<Reply<{ job: string }>> {
    const { signal } = this.#cancel;
    const made = await make((refusal) => this.#notice(run, refusal.code, refusal.params), signal);
    if (!made.ok) return refused(made.refusal);
    const bench = made.value;
    try {
      if (signal.aborted) {
        await bench[Symbol.asyncDispose]();
        return failed('bench.cancelled');
      }
      await this.#adopt(run, bench);
      if (phones !== undefined) this.#plugIn(run, bench, phones, play);
      return { ok: true, value: { job: bench.job.id } };
    } catch (error) {
      await bench[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #adopt(run: Run, bench: Bench): Promise<void> {
    const { id, name, revision, virtual } = bench.job;
    const meanwhile: Journalled[] = [];
    let take = (entry: Journalled): void => void meanwhile.push(entry);
    bench.onChange((entry) => take(entry));
    const board = await finishInSlices(boardSteps(this.#options.jobs, bench.job, this.#options.journal(bench.job)));
    for (const entry of meanwhile) board.take(entry);
    take = (entry) => {
      board.take(entry);
      if (this.#board === board) this.#listener.deviceChanged(entry.mac);
    };
    run.bench = bench;
    run.state = {
      job: { id, name, revision, virtual },
      state: 'running',
      dhcp: bench.ports.dhcp === undefined ? 'off' : 'serving',
      link: 'up',
      interface: bench.place.interface,
      address: bench.place.address,
      ports: { ...bench.ports },
      startedAt: this.#now(),
      notices: [...run.notices],
    };
    this.#board = board;
    this.#listener.boardChanged();
  }

  #plugIn(run: Run, bench: Bench, phones: readonly VirtualPhone[], play: Play): void {
    run.phones = plugIn(phones, bench, play, this.#options.startPhones);
    void run.phones.ended.then(() => {
      if (run.state?.state === 'running') this.#notice(run, 'phones.gone', {});
    });
  }

  async #stop(): Promise<void> {
    const run = this.#run;
    if (run?.bench === undefined || run.state === undefined) return;
    run.state = { ...run.state, state: 'stopping' };
    this.#listener.benchChanged();
    await Promise.all([run.phones?.stop(), run.bench[Symbol.asyncDispose]()]);
    // With nothing left to do its days begin to count; going on with it opens it again.
    if (this.#board?.allPassed === true) this.#options.jobs.close(run.bench.job, this.#now());
    this.#run = undefined;
    this.#listener.benchChanged();
  }

  #real(job: JobChoice, where: Where, onInterlock: (refusal: Refusal) => void, signal: AbortSignal): Promise<Result<Bench>> {
    const place = findPlace(where.interface, where.address);
    if (!place.ok) return Promise.resolve(place);
    const { data, clock } = this.#options;
    const ports = isLoopback(place.value) ? anyPorts : standardPorts;
    const despite = where.despite === undefined ? {} : { despite: where.despite };
    return startGuarded({
      limits: this.#options.limits(),
      place: place.value,
      ports,
      dhcp: where.dhcp,
      data,
      job,
      clock,
      onInterlock,
      signal,
      ...despite,
    });
  }

  #virtual(job: JobChoice, onInterlock: (refusal: Refusal) => void): Promise<Result<Bench>> {
    const { data, clock, speed } = this.#options;
    return startVirtualBench({ data, job, clock, speed, onInterlock, limits: this.#options.limits() });
  }

  #unfinished(job: Job): readonly VirtualPhone[] {
    const { jobs, journal } = this.#options;
    const devices = readBoard(jobs, job, journal(job)).devices();
    const finished = new Set(devices.filter((device) => verdictOf(device).kind === 'pass').map(({ mac }) => mac));
    return jobs.rows(job).flatMap(({ mac, model }) => (mac === null || finished.has(mac) ? [] : [{ mac, model }]));
  }

  #notice(run: Run, code: string, params: Refusal['params']): void {
    run.notices.push({ at: this.#now(), code, params: { ...params } });
    run.notices.splice(0, run.notices.length - noticeLimit);
    if (run.state === undefined) return;
    const { dhcp, link } = run.bench?.standing ?? run.state;
    run.state = { ...run.state, dhcp, link, notices: [...run.notices] };
    this.#listener.benchChanged();
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }
}
