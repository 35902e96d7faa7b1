/** The job of a data folder: the open one goes on, or a new one is made; with its order and its journal. */
import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '../contract/problem.js';
import { packNamed } from '../phones/packs.js';
import type { Recipe, Row } from '../profiles/job.js';
import { openDatabase } from '../store/database.js';
import { type Job, Jobs } from '../store/jobs.js';
import { lockFolder } from '../store/lock.js';
import { Order } from './order.js';

export type JobInput = {
  readonly recipe: Recipe;
  readonly rows: readonly Row[];
  /** The files it was read from, to tell whether an open job is this one. */
  readonly files: readonly Uint8Array[];
};

export type OpenJob = { readonly database: DatabaseSync; readonly job: Job; readonly order: Order; readonly resumed: boolean } & Disposable;

export type OpenJobOptions = {
  readonly folder: string;
  readonly installationKey: Uint8Array;
  readonly input: JobInput;
  /** Closes an open job and makes a new one. */
  readonly newJob: boolean;
  readonly now: Date;
};

/** Opens the folder for this process alone and finds or makes the job. Refuses an open job that was made from other files. */
export function openJob(options: OpenJobOptions): Result<OpenJob> {
  const opened = openDatabase(options.folder);
  if (!opened.ok) return opened;
  const database = opened.value;
  const lock = lockFolder(options.folder);
  if (!lock.ok) {
    database.close();
    return lock;
  }
  const chosen = chooseJob(new Jobs(database, options.installationKey), options);
  if (!chosen.ok) {
    database.close();
    lock.value[Symbol.dispose]();
    return chosen;
  }
  const dispose = (): void => {
    database.close();
    lock.value[Symbol.dispose]();
  };
  return { ok: true, value: { database, ...chosen.value, [Symbol.dispose]: dispose } };
}

type Chosen = { readonly job: Job; readonly order: Order; readonly resumed: boolean };

function chooseJob(jobs: Jobs, { input, newJob, now }: OpenJobOptions): Result<Chosen> {
  jobs.purge(now);
  const open = jobs.open();
  if (open !== undefined && !newJob) return resume(jobs, open, input);
  if (open !== undefined) jobs.close(open, now.toISOString());
  const job = jobs.create({ recipe: input.recipe, rows: input.rows, input: input.files, at: now.toISOString() });
  return orderOf(job, input.recipe, input.rows, false);
}

function resume(jobs: Jobs, job: Job, input: JobInput): Result<Chosen> {
  const recipe = jobs.recipe(job);
  if (recipe === undefined) return { ok: false, refusal: { kind: 'missing', code: 'key.other', params: { job: job.id } } };
  if (!jobs.madeFrom(job, input.files))
    return { ok: false, refusal: { kind: 'usage', code: 'job.other-input', params: { job: job.id, name: job.name } } };
  return orderOf(job, recipe, jobs.rows(job), true);
}

function orderOf(job: Job, recipe: Recipe, rows: readonly Row[], resumed: boolean): Result<Chosen> {
  const pack = packNamed(recipe.phones);
  if (pack === undefined)
    return { ok: false, refusal: { kind: 'usage', code: 'recipe.phones-unknown', params: { phones: recipe.phones } } };
  if (job.key === undefined) return { ok: false, refusal: { kind: 'missing', code: 'key.other', params: { job: job.id } } };
  return { ok: true, value: { job, resumed, order: new Order(pack, recipe, rows, job.key) } };
}
