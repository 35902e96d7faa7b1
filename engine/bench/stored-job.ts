/** A stored job as others than its bench see it: its rows with the MACs they were bound to, and the keys its phones have. */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Result } from '../contract/problem.js';
import { packNamed } from '../phones/packs.js';
import type { Recipe, Row } from '../profiles/job.js';
import { pairHeld, type PhoneKeys } from '../profiles/phone-keys.js';
import { dataRefusal, isDataFault, openDatabase } from '../store/database.js';
import { type Job, Jobs } from '../store/jobs.js';
import { installationKey } from '../store/keys.js';
import { StoredPhoneKeys } from '../store/phone-keys.js';
import { hasItsKeys } from '../roster/device.js';
import { replayedDevices } from './replayed.js';

export type StoredJob = {
  readonly recipe: Recipe;
  readonly rows: readonly Row[];
  readonly jobKey: Uint8Array;
  /**
   * Of every row with a MAC whose files are encrypted; made now where the phone was not seen yet. The customer's pair is the one the phone
   * has: until it has proven new ones, those before them (ADR 0029).
   */
  readonly keys: ReadonlyMap<Mac, PhoneKeys>;
  /** How many of those phones have not shown yet that they have the keys they are to have. */
  readonly unproven: number;
};

/** The newest job of a folder unless one is named; to be closed by disposing it. Throws what SQLite throws. */
export function openJobs(
  folder: string,
  keyFile: string,
  id: string | undefined,
): Result<{ readonly database: DatabaseSync; readonly jobs: Jobs; readonly job: Job } & Disposable> {
  const key = existsSync(keyFile) ? installationKey(keyFile) : undefined;
  const opened = openDatabase(folder);
  if (!opened.ok) return opened;
  const database = opened.value;
  const jobs = new Jobs(database, key?.ok === true ? key.value : undefined);
  const job = id === undefined ? jobs.list()[0] : jobs.find(id);
  if (job !== undefined) return { ok: true, value: { database, jobs, job, [Symbol.dispose]: () => database.close() } };
  database.close();
  return {
    ok: false,
    refusal: { kind: 'usage', code: id === undefined ? 'job.none' : 'job.unknown', params: { job: id ?? '', folder } },
  };
}

/** Opens the newest job unless one is named. Refused where its key is gone, or is another installation's. */
export function openStored(folder: string, keyFile: string, id: string | undefined): Result<StoredJob> {
  try {
    const opened = openJobs(folder, keyFile, id);
    if (!opened.ok) return opened;
    using open = opened.value;
    return storedJob(open.database, open.jobs, open.job);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return { ok: false, refusal: dataRefusal(folder, error) };
  }
}

/** A job of a database that is open. */
export function storedJob(database: DatabaseSync, jobs: Jobs, job: Job): Result<StoredJob> {
  const recipe = jobs.recipe(job);
  const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
  if (recipe === undefined || pack === undefined || job.key === undefined)
    return { ok: false, refusal: { kind: 'missing', code: 'key.other', params: { job: job.id } } };
  const devices = replayedDevices(database, job);
  const bound = new Map(devices.flatMap(({ row, mac }) => (row === null ? [] : [[row, mac] as const])));
  const rows = jobs.rows(job).map((row) => withMac(row, bound.get(row.row)));
  const ring = new StoredPhoneKeys(database, job.id, job.key);
  const proven = new Map(devices.map(({ mac, provenTurn }) => [mac, provenTurn]));
  const held = (mac: Mac): PhoneKeys => {
    const keys = ring.of(mac);
    return { ...keys, customer: pairHeld(keys, proven.get(mac)) };
  };
  const encrypted = rows.flatMap(({ mac, model }) => (mac === null || pack.encryption(recipe, model) === undefined ? [] : mac));
  const shown = new Set(devices.filter(hasItsKeys).map(({ mac }) => mac));
  const keys = new Map(encrypted.map((mac) => [mac, held(mac)]));
  return { ok: true, value: { recipe, rows, jobKey: job.key, keys, unproven: encrypted.filter((mac) => !shown.has(mac)).length } };
}

function withMac(row: Row, mac: Mac | undefined): Row {
  return row.mac !== null || mac === undefined ? row : { ...row, mac };
}
