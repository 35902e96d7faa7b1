/** A desk on a folder of its own, with real virtual phones in this process; and a window that keeps its board from what it hears. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDesk, type Desk, type DeskOptions } from '../../../engine/desk.js';
import { type Answer, type CallName, calls, type Event, event, type Input, type Output } from '../../../engine/contract/calls.js';
import type { PhonesProgram } from '../../../engine/bench/virtual.js';
import { systemClock } from '../../../engine/services/service.js';
import { phoneClock } from '../../../simulator/clock.js';
import { readCommand } from '../../../simulator/command-line.js';
import { readList } from '../../../simulator/csv.js';
import { openLoopback } from '../../../simulator/loopback.js';
import { Phone } from '../../../simulator/phone.js';
import { rollPhones } from '../../../simulator/roll.js';
import { readFileSync } from 'node:fs';

const key = Buffer.alloc(32, 7);

/** Virtual phones without a process of their own. */
export function phonesHere(args: readonly string[]): PhonesProgram {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const read = readCommand(args);
  if (!read.ok || read.command.where.kind !== 'relay' || read.command.csv === undefined)
    throw new Error('not the arguments of phones on loopback');
  const { command } = read;
  const listed = readList(readFileSync(read.command.csv, 'utf8'))?.phones ?? [];
  const opened = openLoopback(read.command.where).then((place) => {
    const clock = phoneClock(command.speed);
    const phones = rollPhones(listed, command.seed, command.fault).map(
      (rolled) => new Phone({ ...rolled, place, clock, notice: () => undefined }),
    );
    for (const phone of phones) phone.plugIn();
    return { place, phones };
  });
  return {
    ended,
    async stop() {
      const { place, phones } = await opened;
      await Promise.all(phones.map((phone) => phone.unplug()));
      await place.close();
      resolve();
    },
  };
}

export class Rig implements AsyncDisposable {
  readonly folder: string;
  readonly logged: string[] = [];
  readonly events: Event[] = [];
  #desk: Desk | undefined;
  readonly #waiting = new Set<() => void>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(options: Partial<DeskOptions> = {}): Promise<Rig> {
    const rig = new Rig(mkdtempSync(join(tmpdir(), 'benchtone-desk-')));
    await rig.reopen(options);
    return rig;
  }

  get desk(): Desk {
    if (this.#desk === undefined) throw new Error('the desk is closed');
    return this.#desk;
  }

  /** Closes the desk, where one is open, and opens another on the same folder: the engine's process ended and came back. */
  async reopen(options: Partial<DeskOptions> = {}): Promise<void> {
    await this.#desk?.[Symbol.asyncDispose]();
    const opened = await openDesk({
      dataFolder: join(this.folder, 'data'),
      installationKey: key,
      host: 'browser',
      version: '0.0.0',
      clock: systemClock,
      startPhones: phonesHere,
      log: (text) => this.logged.push(text),
      ...options,
    });
    if (!opened.ok) throw new Error(`no desk: ${opened.refusal.code}`);
    this.#desk = opened.value;
    this.events.length = 0;
    opened.value.on((heard) => {
      this.events.push(event.parse(heard));
      for (const look of this.#waiting) look();
    });
  }

  /** Calls as a window does: what crosses is JSON, and what comes back is as the contract says. */
  async answer<Name extends CallName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
    const answer = JSON.parse(JSON.stringify(await this.desk.call(name, JSON.parse(JSON.stringify(input))))) as Answer<Name>;
    if (answer.ok) calls[name].output.parse(answer.value);
    return answer;
  }

  /** The value of a call that has to succeed. */
  async call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
    const answer = await this.answer(name, input);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    return answer.value;
  }

  /** The code with which a call is refused. */
  async refusal<Name extends CallName>(name: Name, input: Input<Name>): Promise<string | undefined> {
    const answer = await this.answer(name, input);
    return answer.ok ? undefined : answer.error.code;
  }

  async upload(name: string, bytes: string | Uint8Array): Promise<string> {
    return (await this.call('files.upload', { name, base64: Buffer.from(bytes).toString('base64') })).handle;
  }

  /** Waits for an event after which `holds` is true; looks at once, too. */
  until(what: string, holds: () => boolean, ms = 50_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle();
      };
      const look = (): void => {
        if (holds()) finish(resolve);
      };
      const timer = setTimeout(() => finish(() => reject(new Error(`${ms} ms passed before ${what}`))), ms);
      this.#waiting.add(look);
      look();
    });
  }

  /** The newest counts heard. */
  get counts(): Output<'board.snapshot'>['counts'] | undefined {
    return this.events.findLast((each) => each.kind === 'batch')?.counts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#desk?.[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
