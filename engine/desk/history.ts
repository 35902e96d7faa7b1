/** Jobs of the past and of now, from the data folder: each board is its journal, replayed. */
import { setImmediate } from 'node:timers/promises';
import { viewOf } from '../bench/board.js';
import type { Counts } from '../bench/board.js';
import { resultCsv } from '../bench/result-csv.js';
import type { Output } from '../contract/calls.js';
import type { Clock } from '../services/service.js';
import type { Mac } from '../contract/mac.js';
import { packNamed } from '../phones/packs.js';
import type { Device } from '../roster/device.js';
import { type Job, type Jobs, secretsUntil } from '../store/jobs.js';
import type { Journal } from '../store/journal.js';
import { type JobBoard, readBoard } from './job-board.js';
import { done, failed, type Reply } from './reply.js';
import { toldFact } from './told-fact.js';

type JobInfo = Output<'jobs.list'>[number];

export type HistoryOptions = {
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly journal: (job: Job) => Journal;
  /** The board of the running bench: it need not be read again. */
  readonly live: () => JobBoard | undefined;
  /** The job a bench is at work on. */
  readonly running: () => string | undefined;
};

const timelineLimit = 2000;

export class History {
  readonly #options: HistoryOptions;
  readonly #counted = new Map<string, { readonly seq: number; readonly counts: Counts }>();
  /** The one looked at last: a page and its board ask in turns. */
  #latest: JobBoard | undefined;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** All jobs, the newest first. Leaves the engine its turn between two. */
  async list(): Promise<JobInfo[]> {
    const infos: JobInfo[] = [];
    for (const job of this.#options.jobs.list()) {
      const known = this.#counted.get(job.id);
      if (known?.seq !== this.#options.journal(job).last) await setImmediate();
      infos.push(this.#info(job));
    }
    return infos;
  }

  board(id: string): Reply<Output<'jobs.board'>> {
    const job = this.#options.jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    return done({ job: this.#info(job), devices: this.#boardOf(job).rows() });
  }

  page(id: string, mac: Mac): Reply<Output<'device.page'>> {
    const job = this.#options.jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    const device = this.#boardOf(job).row(mac);
    if (device === undefined) return failed('device.unknown', { mac });
    const timeline = this.#options.journal(job).of(mac, timelineLimit);
    return done({
      device,
      timeline: timeline.map(({ seq, at, address = null, fact }) => {
        const { code, params } = toldFact(fact);
        return { seq, at, address, code, params };
      }),
    });
  }

  /** Which row of its list a phone has; null for none, or where there is no such job. */
  rowOf(id: string, mac: Mac): number | null {
    const job = this.#options.jobs.find(id);
    return job === undefined ? null : (this.#boardOf(job).row(mac)?.row ?? null);
  }

  device(job: Job, mac: Mac): Device | undefined {
    return this.#boardOf(job).device(mac);
  }

  report(id: string): Reply<Output<'report.csv'>> {
    const job = this.#options.jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    return done({
      name: `benchtone-${job.id}.csv`,
      text: resultCsv(this.#boardOf(job).devices().map(viewOf), this.#options.jobs.rows(job)),
    });
  }

  /** Nobody will go on with it: its days begin to count. One that is closed already keeps its date. */
  close(id: string): Reply<Output<'jobs.close'>> {
    const { jobs, clock, running } = this.#options;
    const job = jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    if (running() === id) return failed('job.running', { job: id });
    const closed = job.closed ?? clock.now().toISOString();
    if (job.closed === null) jobs.close(job, closed);
    return done({ purged: secretsUntil({ closed, keepDays: job.keepDays }) ?? closed });
  }

  #info(job: Job): JobInfo {
    const { id, name, list, revision, created, closed, virtual } = job;
    const running = this.#options.running() === id;
    const resumable = !running && job.key !== undefined && packNamed(job.pack) !== undefined;
    const until = job.key === undefined ? null : secretsUntil(job);
    return { id, name, list, revision, created, closed, secretsUntil: until, virtual, counts: this.#countsOf(job), resumable };
  }

  #countsOf(job: Job): Counts {
    const seq = this.#options.journal(job).last;
    const known = this.#counted.get(job.id);
    if (known?.seq === seq) return known.counts;
    const counts = this.#boardOf(job).counts();
    this.#counted.set(job.id, { seq, counts });
    return counts;
  }

  #boardOf(job: Job): JobBoard {
    const journal = this.#options.journal(job);
    const isCurrent = (board: JobBoard): boolean => board.job.id === job.id && board.seq === journal.last;
    for (const board of [this.#options.live(), this.#latest]) if (board !== undefined && isCurrent(board)) return board;
    this.#latest = readBoard(this.#options.jobs, job, journal);
    return this.#latest;
  }
}
