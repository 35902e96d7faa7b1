/** A job's board from its data folder alone, read-only: replaying the journal gives what the bench saw. */
import { existsSync } from 'node:fs';
import type { Result } from '../contract/problem.js';
import type { Device } from '../roster/device.js';
import { Roster } from '../roster/roster.js';
import { dataRefusal, isDataFault, openDatabase } from '../store/database.js';
import { type Job, Jobs } from '../store/jobs.js';
import { Journal } from '../store/journal.js';
import { installationKey } from '../store/keys.js';

export type JobReport = { readonly job: Job; readonly devices: readonly Device[]; readonly unbound: number };

/** The newest job unless one is named. Rows no phone came for are expected devices (they need the key; without it they are missing). */
export function openReport(folder: string, keyFile: string, jobId: string | undefined): Result<JobReport> {
  const missing = (code: string, params: Record<string, string>): Result<JobReport> => ({
    ok: false,
    refusal: { kind: 'usage', code, params },
  });
  if (!existsSync(folder)) return missing('data.none', { folder });
  const opened = openDatabase(folder, 'read');
  if (!opened.ok) return opened;
  const key = existsSync(keyFile) ? installationKey(keyFile) : undefined;
  try {
    const jobs = new Jobs(opened.value, key?.ok === true ? key.value : undefined);
    const list = jobs.list();
    const job = jobId === undefined ? list[0] : list.find(({ id }) => id === jobId);
    if (job === undefined)
      return missing(jobId === undefined ? 'job.none' : 'job.unknown', jobId === undefined ? { folder } : { job: jobId });
    const roster = new Roster({
      journal: new Journal(opened.value, job.id),
      whereabouts: { leased: () => undefined, neighbour: () => undefined },
      admits: () => true,
    });
    roster.replay();
    const bound = new Set(roster.devices().map(({ row }) => row));
    return { ok: true, value: { job, devices: roster.devices(), unbound: jobs.rows(job).filter(({ row }) => !bound.has(row)).length } };
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return { ok: false, refusal: dataRefusal(folder, error) };
  } finally {
    opened.value.close();
  }
}
