/**
 * Writes the profiles of many rows to a folder without keeping the event loop: batches of rows go to threads, each of which has some on
 * its desk, so that it never waits for more.
 */
import { on } from 'node:events';
import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { packNamed } from '../../phones/packs.js';
import type { Recipe, Row } from '../../profiles/job.js';
import { deriveKey } from '../../store/keys.js';
import { DeskWork } from './desk.js';
import type { FileKind } from './files.js';
import type { Desk, Packet, Written } from './packet.js';
import { type Applied, type Batch, Planner } from './planner.js';

export type WriteOptions = {
  readonly recipe: Recipe;
  readonly jobKey: Uint8Array;
  readonly folder: string;
  readonly kinds: readonly FileKind[];
  /** The next rows and their keys; undefined when there are no more. */
  readonly next: () => Batch | undefined;
  /** What the recipe made of rows when they were checked; the others are worked out again. */
  readonly applied?: Applied;
};

/** Rows of one batch: some milliseconds of a thread's work, and little to copy at a time. */
export const batchRows = 64;
/** Batches on a thread's desk: enough that it never waits for more where the one who brings them has to wait for a processor. */
const onDesk = 4;
/** Where there is no thread the loop gets its turn after so many rows. */
const rowsAtOnce = 8;

/** Threads that stand ready, or this one; to be engaged while there is something else to do, a list to be read say. */
export class Crew implements AsyncDisposable {
  readonly #hands: readonly Hand[];

  /** `threads` at work; `program`: the built one of a thread, looked for beside this program unless said. */
  constructor(threads: number, program: URL | undefined = writerProgram()) {
    this.#hands = program === undefined ? [] : Array.from({ length: threads }, () => new Hand(program));
  }

  /** Writes everything; rejects only for bugs. `reason`: the system's code of what could not be written. */
  async write({ recipe, jobKey, folder, kinds, next, applied = new Map() }: WriteOptions): Promise<Written> {
    const pack = packNamed(recipe.phones);
    if (pack === undefined) return { reason: recipe.phones };
    const planner = new Planner(pack, recipe, kinds, applied);
    const desk: Desk = { folder, markerKey: deriveKey(jobKey, 'marker') };
    if (this.#hands.length === 0) return await writeHere(desk, planner, next);
    return sumOf(await Promise.all(this.#hands.map((hand) => hand.work(desk, planner, next))));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand[Symbol.asyncDispose]()));
  }
}

/** Where the built program lies; undefined where the sources run as they are. */
function writerProgram(): URL | undefined {
  return ['./profile-writer.js', '../profile-writer/profile-writer.js']
    .map((each) => new URL(each, import.meta.url))
    .find((each) => existsSync(each));
}

class Hand implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #answers: AsyncIterator<unknown[]>;

  constructor(program: URL) {
    this.#worker = new Worker(program, { execArgv: [] }); // nothing this program was started with concerns it
    this.#answers = on(this.#worker, 'message')[Symbol.asyncIterator](); // from the start, so that no failure is missed
  }

  async work(desk: Desk, planner: Planner, next: () => Batch | undefined): Promise<Written> {
    const had = new Set<number>();
    const results: Written[] = [];
    let waiting = 0;
    const give = (): void => {
      const batch = next();
      if (batch === undefined) return;
      waiting += 1;
      this.#worker.postMessage({ packet: planner.packet(batch, had) satisfies Packet });
    };
    this.#worker.postMessage({ desk });
    for (let i = 0; i < onDesk; i += 1) give();
    while (waiting > 0) {
      const { value } = await this.#answers.next();
      const [written] = value as [Written];
      waiting -= 1;
      results.push(written);
      if ('reason' in written) break;
      give();
    }
    return sumOf(results);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}

async function writeHere(desk: Desk, planner: Planner, next: () => Batch | undefined): Promise<Written> {
  const [work, had] = [new DeskWork(desk), new Set<number>()];
  const results: Written[] = [];
  for (let batch = next(); batch !== undefined; batch = next())
    for (const rows of slices(batch.rows)) {
      const written = work.write(planner.packet({ ...batch, rows }, had));
      results.push(written);
      if ('reason' in written) return written;
      await setImmediate();
    }
  return sumOf(results);
}

function slices(rows: readonly Row[]): readonly (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, at) => rows.slice(at * rowsAtOnce, (at + 1) * rowsAtOnce));
}

function sumOf(results: readonly Written[]): Written {
  const failed = results.find((each) => 'reason' in each);
  return failed ?? { files: results.reduce((sum, each) => sum + ('files' in each ? each.files : 0), 0) };
}
