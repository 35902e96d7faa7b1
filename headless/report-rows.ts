/** The rows of a reported job. */
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
