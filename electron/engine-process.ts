/** One life of the engine's process: its start, calls with a deadline, the virtual phones it asked for, its end. */
import type { UtilityProcess } from 'electron';
import type { PhonesProgram, StartPhones } from '../engine/bench/virtual.js';
import type { Answer, CallName, Event } from '../engine/contract/calls.js';
import type { Clock } from '../engine/services/service.js';
import type { FromEngine, OpenOptions, ToEngine } from './engine-link.js';

/** The part of a utility process that is used here. */
export type Child = Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill'> & {
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
};

export type EngineProcessOptions = {
  readonly child: Child;
  readonly open: OpenOptions;
  readonly startPhones: StartPhones;
  readonly onEvent: (event: Event) => void;
  readonly clock: Clock;
};

/** How long the engine may take to answer, in milliseconds. Starting a bench listens for foreign DHCP servers first. */
const answerWithinMs = 30_000;
/** How long it may take to close its sockets and the database before it is killed, in milliseconds. */
const closeWithinMs = 3000;

/** An expected failure of the shell's own, as the window is told. */
export function failed(code: string, params: Readonly<Record<string, string | number>> = {}): Answer {
  return { ok: false, error: { code, params: { ...params } } };
}

export class EngineProcess {
  /** Resolves once the desk is open. Never rejects; stays pending when the process ends before. */
  readonly opened: Promise<void>;
  /** Resolves with the exit code, however the end came. */
  readonly ended: Promise<number>;
  readonly #child: Child;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #phones = new Map<number, PhonesProgram>();
  #lastCall = 0;
  #alive = true;

  constructor({ child, open, startPhones, onEvent, clock }: EngineProcessOptions) {
    this.#child = child;
    this.#clock = clock;
    const opened = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<number>();
    this.opened = opened.promise;
    this.ended = ended.promise;
    child.on('message', (message) => {
      switch (message.kind) {
        case 'opened':
          opened.resolve();
          break;
        case 'answer':
          this.#waiting.get(message.id)?.(message.answer);
          break;
        case 'event':
          onEvent(message.event);
          break;
        case 'start-phones':
          this.#startPhones(message.id, startPhones(message.args));
          break;
        case 'stop-phones':
          void this.#phones.get(message.id)?.stop();
          break;
      }
    });
    child.on('exit', (code) => {
      this.#end();
      ended.resolve(code);
    });
    this.#tell({ kind: 'open', options: open });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks the desk. Always answers: with `engine.timeout` after 30 s, with `engine.crashed` when the process ends first. */
  call(name: CallName, input: unknown): Promise<Answer> {
    if (!this.#alive) return Promise.resolve(failed('engine.crashed'));
    this.#lastCall += 1;
    const id = this.#lastCall;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const cancel = this.#clock.after(answerWithinMs, () => this.#waiting.get(id)?.(failed('engine.timeout', { name })));
    this.#waiting.set(id, (answer) => {
      cancel();
      this.#waiting.delete(id);
      resolve(answer);
    });
    this.#tell({ kind: 'call', id, name, input });
    return promise;
  }

  /** Lets it close in peace for three seconds, then kills it. Resolves when it is gone. */
  async stop(): Promise<void> {
    if (!this.#alive) return;
    const cancel = this.#clock.after(closeWithinMs, () => void this.#child.kill());
    this.#tell({ kind: 'close' });
    await this.ended;
    cancel();
  }

  #tell(message: ToEngine): void {
    if (this.#alive) this.#child.postMessage(message);
  }

  #startPhones(id: number, phones: PhonesProgram): void {
    this.#phones.set(id, phones);
    void phones.ended.then(() => {
      this.#phones.delete(id);
      this.#tell({ kind: 'phones-ended', id });
    });
  }

  /** Nobody waits for a dead process, and its virtual phones end with it. */
  #end(): void {
    this.#alive = false;
    for (const answer of this.#waiting.values()) answer(failed('engine.crashed'));
    for (const phones of this.#phones.values()) void phones.stop();
  }
}
