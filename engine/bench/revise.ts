/** A stored job and a second list for it: what would change, and making the next revision of it. */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Result } from '../contract/problem.js';
import { packNamed } from '../phones/packs.js';
import type { Device } from '../roster/device.js';
import { dataRefusal, isDataFault, openDatabase } from '../store/database.js';
import { type Job, Jobs } from '../store/jobs.js';
import { type Change, type Changes, compareRows, nextRows, type Standing } from './changes.js';
import type { JobInput } from './job.js';
import { replayedDevices } from './replayed.js';

/** Which changed phones are prepared anew: those not handed off yet, and of the others those a person names. */
export type Again = 'none' | 'all' | ReadonlySet<Mac>;

/** What a second list changes of a job. Refused where the job's key is gone or its phones are not known here. */
export function changesOf(database: DatabaseSync, jobs: Jobs, job: Job, { recipe, rows }: JobInput): Result<Changes> {
  const pack = packNamed(recipe.phones);
  if (pack === undefined || job.pack !== recipe.phones)
    return { ok: false, refusal: { kind: 'usage', code: 'recipe.phones-unknown', params: { phones: job.pack } } };
  if (jobs.recipe(job) === undefined) return { ok: false, refusal: { kind: 'missing', code: 'key.other', params: { job: job.id } } };
  const phones = new Map(
    replayedDevices(database, job).flatMap((device) =>
      device.row === null ? [] : [[device.row, { mac: device.mac, standing: standingOf(device) }] as const],
    ),
  );
  const recipes = new Map<number, ReturnType<Jobs['recipeOf']>>();
  const recipeOf = (revision: number): ReturnType<Jobs['recipeOf']> => {
    if (!recipes.has(revision)) recipes.set(revision, jobs.recipeOf(job, revision));
    return recipes.get(revision);
  };
  return { ok: true, value: compareRows({ pack, kept: jobs.keptRows(job), recipeOf, phoneOf: (row) => phones.get(row), recipe, rows }) };
}

/** Makes the next revision of a job. */
export function reviseJob(database: DatabaseSync, jobs: Jobs, job: Job, input: JobInput, again: Again): Result<Job> {
  const compared = changesOf(database, jobs, job, input);
  if (!compared.ok) return compared;
  const rows = nextRows(compared.value, jobs.keptRows(job), job.revision + 1, (change) => isAgain(change, again));
  return {
    ok: true,
    value: jobs.revise(job, { recipe: input.recipe, rows, input: input.files, ...(input.list === undefined ? {} : { list: input.list }) }),
  };
}

/** Whether the phone of a changed row is prepared anew. */
export function isAgain({ standing, mac }: Pick<Change, 'standing' | 'mac'>, again: Again): boolean {
  if (standing !== 'handedOff' || again === 'all') return true;
  return again !== 'none' && mac !== null && again.has(mac);
}

/** The open job of a data folder, where there is one and other files are given for it, and what they change. Only reads. */
export function changesForOpenJob(
  folder: string,
  installationKey: Uint8Array,
  input: JobInput,
): Result<{ job: Job; changes: Changes } | undefined> {
  if (!existsSync(folder)) return { ok: true, value: undefined };
  const opened = openDatabase(folder, 'read');
  if (!opened.ok) return { ok: true, value: undefined }; // whatever is wrong with it is told where it is opened to work
  try {
    const jobs = new Jobs(opened.value, installationKey);
    const job = jobs.open();
    if (job === undefined || jobs.madeFrom(job, input.files)) return { ok: true, value: undefined };
    const changes = changesOf(opened.value, jobs, job, input);
    return changes.ok ? { ok: true, value: { job, changes: changes.value } } : changes;
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return { ok: false, refusal: dataRefusal(folder, error) };
  } finally {
    opened.value.close();
  }
}

function standingOf({ evidence, handOffDelivered, lastSeen }: Device): Standing {
  if (evidence.handOff !== undefined || handOffDelivered !== undefined) return 'handedOff';
  return lastSeen === null ? 'notSeen' : 'underWay';
}
