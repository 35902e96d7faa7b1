/** The phones of a stored job as its journal tells of them, for who looks at it while no bench of this process works on it. */
import type { DatabaseSync } from 'node:sqlite';
import type { Device } from '../roster/device.js';
import { Roster } from '../roster/roster.js';
import type { Job } from '../store/jobs.js';
import { Journal } from '../store/journal.js';

export function replayedDevices(database: DatabaseSync, job: Pick<Job, 'id'>): readonly Device[] {
  const roster = new Roster({
    journal: new Journal(database, job.id),
    whereabouts: { leased: () => undefined, neighbour: () => undefined },
    admits: () => true,
  });
  roster.replay();
  return roster.devices();
}
