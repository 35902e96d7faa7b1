/** A stored job as others than its bench see it: its rows with the MACs they were bound to, and the keys its phones have. */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Result } from '../contract/problem.js';
import { packNamed } from '../phones/packs.js';
import type { Recipe, Row } from '../profiles/job.js';
import type { PhoneKeys } from '../profiles/phone-keys.js';
import { Roster } from '../roster/roster.js';
import { dataRefusal, isDataFault, openDatabase } from '../store/database.js';
import { type Job, Jobs } from '../store/jobs.js';
import { Journal } from '../store/journal.js';
import { installationKey } from '../store/keys.js';
import { StoredPhoneKeys } from '../store/phone-keys.js';

export type StoredJob = {
  readonly recipe: Recipe;
  readonly rows: readonly Row[];
  readonly jobKey: Uint8Array;
  /** Of every row with a MAC whose files are encrypted; made now where the phone was not seen yet. */
  readonly keys: ReadonlyMap<Mac, PhoneKeys>;
};

/** Opens the newest job unless one is named. Refused where its key is gone, or is another installation's. */
export function openStored(folder: string, keyFile: string, id: string | undefined): Result<StoredJob> {
  const key = existsSync(keyFile) ? installationKey(keyFile) : undefined;
  const opened = openDatabase(folder);
  if (!opened.ok) return opened;
  try {
    const jobs = new Jobs(opened.value, key?.ok === true ? key.value : undefined);
    const job = id === undefined ? jobs.list()[0] : jobs.find(id);
    if (job !== undefined) return storedJob(opened.value, jobs, job);
    return {
      ok: false,
      refusal: { kind: 'usage', code: id === undefined ? 'job.none' : 'job.unknown', params: { job: id ?? '', folder } },
    };
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return { ok: false, refusal: dataRefusal(folder, error) };
  } finally {
    opened.value.close();
  }
}

/** A job of a database that is open. */
export function storedJob(database: DatabaseSync, jobs: Jobs, job: Job): Result<StoredJob> {
  const recipe = jobs.recipe(job);
  const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
  if (recipe === undefined || pack === undefined || job.key === undefined)
    return { ok: false, refusal: { kind: 'missing', code: 'key.other', params: { job: job.id } } };
  const bound = boundIn(database, job);
  const rows = jobs.rows(job).map((row) => withMac(row, bound.get(row.row)));
  const ring = new StoredPhoneKeys(database, job.id, job.key);
  const encrypted = rows.flatMap(({ mac, model }) => (mac === null || pack.encryption(recipe, model) === undefined ? [] : mac));
  return { ok: true, value: { recipe, rows, jobKey: job.key, keys: new Map(encrypted.map((mac) => [mac, ring.of(mac)])) } };
}

function withMac(row: Row, mac: Mac | undefined): Row {
  return row.mac !== null || mac === undefined ? row : { ...row, mac };
}

/** Which MAC took which row, by the journal. */
function boundIn(database: DatabaseSync, job: Job): ReadonlyMap<number, Mac> {
  const roster = new Roster({
    journal: new Journal(database, job.id),
    whereabouts: { leased: () => undefined, neighbour: () => undefined },
    admits: () => true,
  });
  roster.replay();
  return new Map(roster.devices().flatMap(({ row, mac }) => (row === null ? [] : [[row, mac] as const])));
}
