/**
 * The longest the event loop is held from Start until a bench with 10,000 rows could serve, in milliseconds: the rows are sealed and kept,
 * the board is made; then the same job is gone on with, its rows opened and its journal read.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { bringBack } from '../../../engine/bench/bring-back.js';
import { type JobChoice, type OpenJob, openJob } from '../../../engine/bench/job.js';
import { readJob } from '../../../engine/profiles/read-job.js';
import { finishInSlices } from '../../../engine/profiles/slices.js';
import { Roster } from '../../../engine/roster/roster.js';
import { Journal } from '../../../engine/store/journal.js';
import type { Figure } from '../figure.js';
import type { PerfLab } from '../lab.js';
import { listOf, longestHold, manyRows, office } from './large-list.js';

const now = '2026-11-22T09:00:00.000Z';

export const figure: Figure = {
  name: 'start-hold',
  unit: 'milliseconds',
  better: 'lower',
  must: { milliseconds: 50 },
  aim: { milliseconds: 25 },
  runs: 7,
  contestants: (lab) => {
    const csv = listOf(manyRows);
    return Promise.resolve([{ name: 'ours', run: () => startTwice(lab, csv) }]);
  },
};

async function startTwice(lab: PerfLab, csv: Uint8Array): Promise<number> {
  const { recipe, rows } = readJob(csv, office);
  if (recipe === undefined) throw new Error('the recipe is sound');
  const folder = mkdtempSync(join(lab.folder, 'start-'));
  await setImmediate(); // what was read before is none of it
  const made = await start(folder, { kind: 'new', input: { recipe, rows, files: [csv] }, virtual: false });
  const goneOnWith = await start(folder, { kind: 'stored', id: made.id });
  rmSync(folder, { recursive: true, force: true });
  return Math.max(made.held, goneOnWith.held);
}

async function start(folder: string, choice: JobChoice): Promise<{ readonly id: string; readonly held: number }> {
  let open: OpenJob | undefined;
  const held = await longestHold(async () => {
    const opened = await openJob({ folder, installationKey: Buffer.alloc(32, 3), choice, now: new Date(now) });
    if (!opened.ok) throw new Error(opened.refusal.code);
    open = opened.value;
    const whereabouts = { leased: () => undefined, neighbour: () => undefined };
    const roster = new Roster({ journal: new Journal(open.database, open.job.id), whereabouts, admits: () => true });
    await finishInSlices(bringBack({ roster, order: open.order, revision: 1, now: () => now }));
    await setImmediate(); // what was noted last is kept
    if (roster.devices().length !== manyRows) throw new Error('not every row has its phone');
  });
  using done = open;
  return { id: done?.job.id ?? '', held };
}
