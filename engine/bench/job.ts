/** The job a bench works on: found in the data folder or made new; with its order and its journal. */
import type { DatabaseSync } from 'node:sqlite';
import type { Refusal, Result } from '../contract/problem.js';
import { packNamed } from '../phones/packs.js';
import type { Recipe, Row } from '../profiles/job.js';
import { finishInSlices, type Steps } from '../profiles/slices.js';
import { dataRefusal, isDataFault, openDatabase } from '../store/database.js';
import { groupOf } from '../store/group-commit.js';
import { type Job, Jobs, type KeptRow } from '../store/jobs.js';
import { lockFolder } from '../store/lock.js';
import { StoredPhoneKeys } from '../store/phone-keys.js';
import { type EarlierRows, Order } from './order.js';
import { type Again, reviseJob } from './revise.js';

export type JobInput = {
  readonly recipe: Recipe;
  readonly rows: readonly Row[];
  /** The files it was read from, to tell whether an open job is this one. */
  readonly files: readonly Uint8Array[];
  /** What the file of the list is called, without its ending. */
  readonly list?: string;
};

/** `C:\\orders\\lobby.csv` as a person calls it: `lobby`. */
export function listName(file: string): string {
  const last = file.split(/[\\/]/).at(-1) ?? file;
  return last.replace(/(?<=.)\.[A-Za-z0-9]{1,5}$/, '').slice(0, 120);
}

/** Which job is meant. */
export type JobChoice =
  /** The open one of these files goes on; where there is none a new one is made. `newJob` closes the open one. */
  | {
      readonly kind: 'files';
      readonly input: JobInput;
      readonly newJob: boolean;
      /** Other files make the next revision of the open job instead of being refused. */
      readonly revise?: Again;
    }
  /** A new one beside those that are open. One of virtual phones ends the virtual ones before it. */
  | { readonly kind: 'new'; readonly input: JobInput; readonly virtual: boolean }
  /** The next revision of a stored one, made of these files, and gone on with. */
  | { readonly kind: 'revise'; readonly id: string; readonly input: JobInput; readonly again: Again }
  /** One that is stored, gone on with; a closed one is open again. */
  | { readonly kind: 'stored'; readonly id: string };

export type OpenJob = { readonly database: DatabaseSync; readonly job: Job; readonly order: Order; readonly resumed: boolean } & Disposable;

export type OpenJobOptions = {
  readonly folder: string;
  readonly installationKey: Uint8Array;
  readonly choice: JobChoice;
  readonly now: Date;
};

/** Opens the folder for this process alone and finds or makes the job, in slices. Refuses an open job that was made from other files. */
export async function openJob(options: OpenJobOptions): Promise<Result<OpenJob>> {
  const opened = openDatabase(options.folder);
  if (!opened.ok) return opened;
  const database = opened.value;
  const lock = lockFolder(options.folder);
  if (!lock.ok) {
    database.close();
    return lock;
  }
  const chosen = await tryToChoose(database, options);
  if (!chosen.ok) {
    database.close();
    lock.value[Symbol.dispose]();
    return chosen;
  }
  const dispose = (): void => {
    groupOf(database).flush();
    database.close();
    lock.value[Symbol.dispose]();
  };
  return { ok: true, value: { database, ...chosen.value, [Symbol.dispose]: dispose } };
}

type Chosen = { readonly job: Job; readonly order: Order; readonly resumed: boolean };

async function tryToChoose(database: DatabaseSync, options: OpenJobOptions): Promise<Result<Chosen>> {
  try {
    return await finishInSlices(chooseJob(new Stored(database, options.installationKey), options));
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return { ok: false, refusal: dataRefusal(options.folder, error) };
  }
}

/** The jobs of a folder, and what it takes to work on one of them. */
class Stored {
  readonly jobs: Jobs;
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, installationKey: Uint8Array) {
    this.jobs = new Jobs(database, installationKey);
    this.#database = database;
  }

  *make({ recipe, rows, files, list }: JobInput, at: string, virtual: boolean): Steps<Result<Chosen>> {
    const spent = virtual ? undefined : yield* spentCode(this.jobs, rows);
    if (spent !== undefined) return { ok: false, refusal: { kind: 'usage', code: 'activation.spent', params: spent } };
    const job = yield* this.jobs.createSteps({ recipe, rows, input: files, at, virtual, ...(list === undefined ? {} : { list }) });
    return this.#orderOf(job, recipe, { rows, earlier: new Map() }, false);
  }

  *resume(job: Job, input?: JobInput): Steps<Result<Chosen>> {
    const recipe = this.jobs.recipe(job);
    if (recipe === undefined) return { ok: false, refusal: { kind: 'missing', code: 'key.other', params: { job: job.id } } };
    if (input !== undefined && !this.jobs.madeFrom(job, input.files))
      return { ok: false, refusal: { kind: 'usage', code: 'job.other-input', params: { job: job.id, name: job.name } } };
    const kept = yield* this.jobs.keptRowsSteps(job);
    return this.#orderOf(job, recipe, { rows: kept.map(({ row }) => row), earlier: earlierOf(this.jobs, job, recipe, kept) }, true);
  }

  *revise(job: Job, input: JobInput, again: Again): Steps<Result<Chosen>> {
    const revised = reviseJob(this.#database, this.jobs, job, input, again);
    return revised.ok ? yield* this.resume(revised.value) : revised;
  }

  #orderOf(job: Job, recipe: Recipe, rows: Rows, resumed: boolean): Result<Chosen> {
    const order = orderOf(this.#database, job, recipe, rows);
    return order.ok ? { ok: true, value: { job, resumed, order: order.value } } : order;
  }
}

function* chooseJob(stored: Stored, { choice, now }: OpenJobOptions): Steps<Result<Chosen>> {
  const { jobs } = stored;
  jobs.dropUnfinished();
  jobs.purge(now);
  const at = now.toISOString();
  switch (choice.kind) {
    case 'stored': {
      const job = jobs.find(choice.id);
      if (job === undefined) return { ok: false, refusal: { kind: 'usage', code: 'job.unknown', params: { job: choice.id } } };
      const resumed = yield* stored.resume(job);
      if (resumed.ok && job.closed !== null) jobs.reopen(job);
      return resumed;
    }
    case 'revise': {
      const job = jobs.find(choice.id);
      if (job === undefined) return { ok: false, refusal: { kind: 'usage', code: 'job.unknown', params: { job: choice.id } } };
      const revised = yield* stored.revise(job, choice.input, choice.again);
      if (revised.ok && job.closed !== null) jobs.reopen(job);
      return revised;
    }
    case 'new':
      if (choice.virtual) for (const job of jobs.list()) if (job.virtual && job.closed === null) jobs.close(job, at);
      return yield* stored.make(choice.input, at, choice.virtual);
    case 'files': {
      const open = jobs.open();
      if (open === undefined) return yield* stored.make(choice.input, at, false);
      if (!choice.newJob && choice.revise !== undefined && !jobs.madeFrom(open, choice.input.files))
        return yield* stored.revise(open, choice.input, choice.revise);
      if (!choice.newJob) return yield* stored.resume(open, choice.input);
      jobs.close(open, at);
      return yield* stored.make(choice.input, at, false);
    }
  }
}

/** The first row whose activation code was in a job before: no phone takes it a second time. */
function* spentCode(jobs: Jobs, rows: readonly Row[]): Steps<Refusal['params'] | undefined> {
  const look = jobs.seen.lookUp();
  for (const row of rows) {
    if (look(row, 'activation_code').length > 0) return { line: row.line };
    yield;
  }
  return undefined;
}

type Rows = { readonly rows: readonly Row[]; readonly earlier: EarlierRows };

/** Rows that are not simply of the newest recipe and of the first revision. */
function earlierOf(jobs: Jobs, job: Job, recipe: Recipe, kept: readonly KeptRow[]): EarlierRows {
  const recipes = new Map([[job.revision, recipe]]);
  return new Map(
    kept.flatMap(({ row, revision, since, dropped }) => {
      if (revision === job.revision && since === 1 && !dropped) return [];
      const of = recipes.get(revision) ?? jobs.recipeOf(job, revision) ?? recipe;
      recipes.set(revision, of);
      return [[row.row, { recipe: of, since, dropped }] as const];
    }),
  );
}

/** A stored job's rows with their recipe applied and their phones' keys at hand. */
function orderOf(database: DatabaseSync, job: Job, recipe: Recipe, { rows, earlier }: Rows): Result<Order> {
  const pack = packNamed(recipe.phones);
  if (pack === undefined)
    return { ok: false, refusal: { kind: 'usage', code: 'recipe.phones-unknown', params: { phones: recipe.phones } } };
  if (job.key === undefined) return { ok: false, refusal: { kind: 'missing', code: 'key.other', params: { job: job.id } } };
  const keys = new StoredPhoneKeys(database, job.id, job.key);
  return { ok: true, value: new Order(pack, recipe, rows, job.key, (mac) => keys.of(mac), earlier) };
}

/** One row of a stored job as a bench would serve it, for who looks at it; undefined where the job's key is gone. */
export function orderOfRow(database: DatabaseSync, jobs: Jobs, job: Job, row: number): Order | undefined {
  const recipe = jobs.recipe(job);
  if (recipe === undefined) return undefined;
  const kept = jobs.keptRows(job).filter((each) => each.row.row === row);
  const order = orderOf(database, job, recipe, { rows: kept.map((each) => each.row), earlier: earlierOf(jobs, job, recipe, kept) });
  return order.ok ? order.value : undefined;
}
