/** The rows of a reported job: the names in them, and those that still wait for a phone. */
import type { DeviceView } from '../engine/bench/board.js';
import type { Row } from '../engine/profiles/job.js';
import { isDataFault, openDatabase } from '../engine/store/database.js';
import { type Job, Jobs } from '../engine/store/jobs.js';

/** All rows; none when the job's key is gone, for then nobody can read them. */
export function rowsOf(folder: string, job: Job): readonly Row[] {
  const opened = openDatabase(folder, 'read');
  if (!opened.ok) return [];
  try {
    return new Jobs(opened.value, undefined).rows(job);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return [];
  } finally {
    opened.value.close();
  }
}

/** Rows no phone belongs to yet. */
export function waitingRows(rows: readonly Row[], views: readonly DeviceView[]): readonly Row[] {
  const taken = new Set(views.map(({ row }) => row));
  return rows.filter(({ row }) => !taken.has(row));
}
