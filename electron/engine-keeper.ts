/**
 * Keeps an engine running: stopped -> starting -> ready -> stopping -> stopped, and from starting or ready to crashed. A crashed
 * engine is started again after 0.2, 1 and 5 s, three times a minute at most, and the bench that ran goes on. Windows are told.
 */
import type { StartPhones } from '../engine/bench/virtual.js';
import type { Answer, CallName, Event } from '../engine/contract/calls.js';
import type { Clock } from '../engine/services/service.js';
import type { OpenOptions } from './engine-link.js';
import { type Child, EngineProcess, failed } from './engine-process.js';
import type { Log } from './log.js';
import { RunningBench } from './running-bench.js';

export type EngineState = 'stopped' | 'starting' | 'ready' | 'stopping' | 'crashed';

export type EngineKeeperOptions = {
  readonly fork: () => Child;
  readonly open: OpenOptions;
  readonly startPhones: StartPhones;
  readonly clock: Clock;
  readonly log: Log;
};

const backOffMs = [200, 1000, 5000] as const;
const minuteMs = 60_000;
/** How long a call waits for an engine that is on its way, in milliseconds. */
const readyWithinMs = 15_000;

export class EngineKeeper {
  readonly #options: EngineKeeperOptions;
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #bench = new RunningBench();
  readonly #crashes: number[] = [];
  #state: EngineState = 'stopped';
  #process: EngineProcess | undefined;
  #ready = Promise.withResolvers<EngineProcess>();
  /** It crashed too often: a person has to say that it may be tried again. */
  #givenUp = false;
  #cancelRestart: () => void = () => undefined;

  constructor(options: EngineKeeperOptions) {
    this.#options = options;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Its process, for whoever looks for it in a list. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get benchRuns(): boolean {
    return this.#bench.runs;
  }

  /** How the engine is, in the words of the contract. */
  get news(): Extract<Event, { kind: 'engine' }> {
    if (this.#givenUp) return { kind: 'engine', state: 'failed' };
    return { kind: 'engine', state: this.#state === 'ready' ? 'running' : 'restarting' };
  }

  /** Hears the desk's events and the engine's news until the returned function is called. */
  on(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#state !== 'stopped' && this.#state !== 'crashed') return;
    this.#givenUp = false;
    this.#state = 'starting';
    const { fork, open, startPhones, clock, log } = this.#options;
    const engine = new EngineProcess({ child: fork(), open, startPhones, clock, onEvent: (event) => this.#hear(event) });
    this.#process = engine;
    log('engine.started', {});
    void engine.opened.then(() => this.#opened(engine));
    void engine.ended.then((code) => this.#ended(engine, code));
  }

  /** Asks the desk, waiting for an engine that is just being started. Always answers. */
  async call(name: CallName, input: unknown): Promise<Answer> {
    const engine = await this.#whenReady();
    if (engine === undefined) return failed(this.#givenUp ? 'engine.failed' : 'engine.not-ready');
    const answer = await engine.call(name, input);
    this.#bench.called(name, input, answer);
    return answer;
  }

  /** Stops it for good; it is gone when this resolves, after about three seconds at most. */
  async stop(): Promise<void> {
    this.#cancelRestart();
    const running = this.#state === 'starting' || this.#state === 'ready';
    this.#state = running ? 'stopping' : 'stopped';
    await this.#process?.stop();
    this.#state = 'stopped';
  }

  #hear(event: Event): void {
    this.#bench.hear(event);
    this.#broadcast(event);
  }

  #broadcast(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  async #opened(engine: EngineProcess): Promise<void> {
    if (engine !== this.#process || this.#state !== 'starting') return;
    const goOn = this.#bench.goOn();
    if (goOn !== undefined) {
      const answer = await engine.call('bench.resume', goOn);
      this.#options.log('bench.resumed', answer.ok ? { job: goOn.job } : { job: goOn.job, code: answer.error.code });
      if (!answer.ok) this.#bench.forget();
    }
    if (this.#state !== 'starting') return;
    this.#state = 'ready';
    this.#ready.resolve(engine);
    this.#broadcast(this.news);
  }

  #ended(engine: EngineProcess, code: number): void {
    if (engine !== this.#process || this.#state === 'stopping' || this.#state === 'stopped') return;
    const { clock, log } = this.#options;
    const now = clock.now().getTime();
    this.#state = 'crashed';
    this.#ready = Promise.withResolvers<EngineProcess>();
    this.#crashes.push(now);
    while ((this.#crashes[0] ?? now) < now - minuteMs) this.#crashes.shift();
    const wait = backOffMs[this.#crashes.length - 1];
    this.#givenUp = wait === undefined;
    log('engine.crashed', { code, crashes: this.#crashes.length });
    this.#broadcast(this.news);
    if (wait === undefined) this.#crashes.length = 0;
    else this.#cancelRestart = clock.after(wait, () => this.start());
  }

  async #whenReady(): Promise<EngineProcess | undefined> {
    if (this.#givenUp || this.#state === 'stopping' || this.#state === 'stopped') return undefined;
    const late = Promise.withResolvers<undefined>();
    const cancel = this.#options.clock.after(readyWithinMs, () => late.resolve(undefined));
    const engine = await Promise.race([this.#ready.promise, late.promise]);
    cancel();
    return engine;
  }
}
