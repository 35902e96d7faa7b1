/** New keys for phones of a job that no bench of this process works on. One of another process may: it finds them by itself within a second. */
import type { DatabaseSync } from 'node:sqlite';
import type { Mac } from '../contract/mac.js';
import type { Result } from '../contract/problem.js';
import { packNamed } from '../phones/packs.js';
import { groupOf } from '../store/group-commit.js';
import type { Job, Jobs } from '../store/jobs.js';
import { Journal } from '../store/journal.js';
import { StoredPhoneKeys } from '../store/phone-keys.js';
import { replayedDevices } from './replayed.js';
import { type Rotated, rotateKeys, whyNotRotated } from './rotation.js';

export type StoredRotation = {
  readonly database: DatabaseSync;
  readonly jobs: Jobs;
  readonly job: Job;
  /** Another process works on the job: the facts are its own to tell. */
  readonly told: boolean;
};

/** `macs` null: all phones of the job whose files are encrypted. Refused where the job's key is gone. */
export async function rotateStored(
  { database, jobs, job, told }: StoredRotation,
  macs: readonly Mac[] | null,
  at: string,
): Promise<Result<readonly Rotated[]>> {
  const recipe = jobs.recipe(job);
  const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
  if (recipe === undefined || pack === undefined || job.key === undefined)
    return { ok: false, refusal: { kind: 'missing', code: 'key.other', params: { job: job.id } } };
  const devices = new Map(replayedDevices(database, job).map((device) => [device.mac, device]));
  const macOf = new Map([...devices.values()].flatMap(({ row, mac }) => (row === null ? [] : [[row, mac] as const])));
  const encrypts = new Map<Mac, boolean>();
  for (const { row, mac, model } of jobs.rows(job)) {
    const whose = mac ?? macOf.get(row);
    if (whose !== undefined) encrypts.set(whose, pack.encryption(recipe, model) !== undefined);
  }
  const journal = new Journal(database, job.id);
  const rotated = await rotateKeys({
    keys: new StoredPhoneKeys(database, job.id, job.key),
    macs: macs ?? [...encrypts].flatMap(([mac, encrypted]) => (encrypted ? [mac] : [])),
    why: (mac) => whyNotRotated(devices.get(mac), encrypts.get(mac)),
    tell: (mac, turn) => {
      if (!told) journal.note({ at, mac, fact: { kind: 'keysRotated', turn } });
    },
  });
  groupOf(database).flush();
  return { ok: true, value: rotated };
}
