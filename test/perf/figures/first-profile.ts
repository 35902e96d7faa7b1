/**
 * The first profile a phone gets after Start, with 10,000 rows beside 10: the job is made and its board brought back as Start does, then
 * one phone asks for its file. Microseconds of that one request; sockets are left out, for they are the same for both.
 *
 * Nothing of Start goes on by then: it takes as long in a process that collects its garbage on one thread, or after a thousand turns of the
 * event loop. But whatever a process does fills the processor's caches with something else, and a Start with 10 rows is over so soon that
 * they still hold what makes a profile. A phone takes seconds to boot, so in both another list is read in between.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bringBack } from '../../../engine/bench/bring-back.js';
import { openJob } from '../../../engine/bench/job.js';
import { profileSource } from '../../../engine/bench/profile-source.js';
import { readJob } from '../../../engine/profiles/read-job.js';
import { finishInSlices } from '../../../engine/profiles/slices.js';
import { Roster } from '../../../engine/roster/roster.js';
import { groupOf } from '../../../engine/store/group-commit.js';
import { Journal } from '../../../engine/store/journal.js';
import type { Figure } from '../figure.js';
import type { PerfLab } from '../lab.js';
import { listOf, manyRows, office, timed } from './large-list.js';

const bench = { address: '10.77.0.1', ports: { tftp: 69, http: 80, syslog: 514 } } as const;
const from = '10.77.0.9';
const now = '2026-11-22T09:00:00.000Z';

/** A list that somebody reads between Start and the first phone. */
const meanwhile = listOf(1000);

export const figure: Figure = {
  name: 'first-profile',
  unit: 'microseconds',
  better: 'lower',
  must: { '10 rows': 1.5 },
  aim: { '10 rows': 1.1 },
  runs: 15,
  contestants: (lab) => {
    const [many, few] = [listOf(manyRows), listOf(10)];
    return Promise.resolve([
      { name: 'ours', run: () => firstProfile(lab, many) },
      { name: '10 rows', run: () => firstProfile(lab, few) },
    ]);
  },
};

async function firstProfile(lab: PerfLab, csv: Uint8Array): Promise<number> {
  const { recipe, rows } = readJob(csv, office);
  if (recipe === undefined) throw new Error('the recipe is sound');
  const folder = mkdtempSync(join(lab.folder, 'first-'));
  const input = { recipe, rows, files: [csv] };
  const choice = { kind: 'new', input, virtual: false } as const;
  const opened = await openJob({ folder, installationKey: Buffer.alloc(32, 3), choice, now: new Date(now) });
  if (!opened.ok) throw new Error(opened.refusal.code);
  using open = opened.value;
  const mac = rows.at(-1)?.mac ?? undefined;
  if (mac === undefined) throw new Error('the row has a MAC');
  const whereabouts = { leased: () => mac, neighbour: () => undefined };
  const roster = new Roster({ journal: new Journal(open.database, open.job.id), whereabouts, admits: () => true });
  await finishInSlices(bringBack({ roster, order: open.order, revision: 1, now: () => now }));
  groupOf(open.database).flush();
  const source = profileSource({ order: open.order, bench, whereabouts, device: (asked) => roster.get(asked) });
  readJob(meanwhile, office);
  // Another phone first: what is only slow the first time in a process is no matter of rows.
  await source.find({ path: `/device/${rows[0]?.mac ?? ''}.xml`, from, transport: 'http' });
  const milliseconds = await timed(async () => {
    const answer = await source.find({ path: `/device/${mac}.xml`, from, transport: 'http' });
    if (answer.kind !== 'bytes' || answer.purpose !== 'device') throw new Error('the phone got no profile');
  });
  rmSync(folder, { recursive: true, force: true });
  return milliseconds * 1000;
}
