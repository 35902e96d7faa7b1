/**
 * Writes the profiles of many rows to a folder without keeping the event loop: batches of rows go to threads, each of which has two on
 * its desk, so that it never waits for more.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Row } from '../../profiles/job.js';
import { type Batch, writeBatch, type Writing, type Written } from './batch.js';

export type WriteOptions = Writing & {
  /** The next rows and their keys; undefined when there are no more. */
  readonly next: () => Batch | undefined;
  /** Threads at work. */
  readonly threads: number;
  /** The built program of a thread; looked for beside this program unless said. */
  readonly program?: URL;
};

/** Rows of one batch: some milliseconds of a thread's work, and little to copy at a time. */
export const batchRows = 64;
/** Where there is no thread the loop gets its turn after so many rows. */
const rowsAtOnce = 8;

/** Writes everything; rejects only for bugs. `reason`: the system's code of what could not be written. */
export async function writeProfiles(options: WriteOptions): Promise<Written> {
  const program = options.program ?? writerProgram();
  return program === undefined ? writeHere(options) : await writeInThreads(options, program);
}

/** Where the built program lies; undefined where the sources run as they are. */
function writerProgram(): URL | undefined {
  return ['./profile-writer.js', '../profile-writer/profile-writer.js']
    .map((each) => new URL(each, import.meta.url))
    .find((each) => existsSync(each));
}

async function writeInThreads({ next, threads, recipe, jobKey, folder, kinds }: WriteOptions, program: URL): Promise<Written> {
  const data: Writing = { recipe, jobKey, folder, kinds };
  const results = await Promise.all(Array.from({ length: threads }, () => work(program, data, next)));
  return sumOf(results);
}

async function work(program: URL, data: Writing, next: () => Batch | undefined): Promise<Written> {
  const first = next();
  if (first === undefined) return { files: 0 };
  const worker = new Worker(program, { workerData: data });
  const results: Written[] = [];
  let waiting = 0;
  const give = (batch: Batch | undefined): void => {
    if (batch === undefined) return;
    waiting += 1;
    worker.postMessage(batch);
  };
  try {
    give(first);
    give(next());
    while (waiting > 0) {
      const [written] = (await once(worker, 'message')) as [Written];
      waiting -= 1;
      results.push(written);
      if ('reason' in written) break;
      give(next());
    }
  } finally {
    await worker.terminate();
  }
  return sumOf(results);
}

async function writeHere({ next, ...writing }: WriteOptions): Promise<Written> {
  const results: Written[] = [];
  const shared = new Set<string>();
  for (let batch = next(); batch !== undefined; batch = next())
    for (const rows of slices(batch.rows)) {
      const written = writeBatch(writing, { ...batch, rows }, shared);
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
