/** Jobs in the database: gone on with, sealed, closed and at last beyond recovery. */
import { describe, expect, it } from 'vitest';
import { openJob, type JobChoice, type OpenJob } from '../../../engine/bench/job.js';
import { Jobs } from '../../../engine/store/jobs.js';
import { newKey } from '../../../engine/store/keys.js';
import { DataFolder, workOrder } from './data-folder.js';

const at = '2026-11-22T09:00:00.000Z';
const days = (count: number): Date => new Date(Date.parse(at) + count * 86_400_000);

describe('a job', () => {
  it('gives back its recipe and rows under the installation’s key, and nothing under another', () => {
    using data = new DataFolder();
    const database = data.open();
    const key = newKey();
    const { recipe, rows, files } = workOrder();
    const made = new Jobs(database, key).create({ recipe, rows, input: files, at });

    const jobs = new Jobs(database, key);
    const [job] = jobs.list();
    expect(job).toEqual(made);
    expect([jobs.recipe(made), jobs.rows(made), jobs.rowCount(made)]).toEqual([recipe, rows, 2]);
    expect([jobs.madeFrom(made, files), jobs.madeFrom(made, [...files].reverse()), jobs.madeFrom(made, files.slice(1))]).toEqual([
      true,
      false,
      false,
    ]);

    const others = new Jobs(database, newKey());
    const [sealed] = others.list();
    expect(sealed).toMatchObject({ id: made.id, name: 'Two desks', key: undefined });
    expect([others.recipe(sealed!), others.rows(sealed!), others.madeFrom(sealed!, files)]).toEqual([undefined, [], false]);
  });

  it('does not give a row whose bytes were changed or put in another’s place', () => {
    using data = new DataFolder();
    const database = data.open();
    const jobs = new Jobs(database, newKey());
    const { recipe, rows, files } = workOrder();
    const job = jobs.create({ recipe, rows, input: files, at, list: 'lobby' });
    expect([job.list, jobs.find(job.id)?.list]).toEqual(['lobby', 'lobby']);
    database.exec('UPDATE rows SET sealed = (SELECT sealed FROM rows AS other WHERE other.row = 1) WHERE row = 2');
    expect(jobs.rows(job)).toEqual([rows[0]]);
  });

  it('is made and opened a few rows at a time, and is nobody’s job before the last of them is kept', async () => {
    using data = new DataFolder();
    const key = newKey();
    const list = Array.from({ length: 300 }, (_, i) => `c4c603${i.toString(16).padStart(6, '0')},8851,Maple!Desk-${i}`);
    const input = workOrder(['mac,model,admin', ...list, ''].join('\n'));
    {
      const database = data.open();
      const jobs = new Jobs(database, key);
      const making = jobs.createSteps({ recipe: input.recipe, rows: input.rows, input: input.files, at });
      for (let step = 0; step < 3; step += 1) expect(making.next().done).toBe(false);
      const look = jobs.seen.lookUp();
      expect([jobs.list(), jobs.open(), look(input.rows[0]!, 'mac')]).toEqual([[], undefined, []]);
      // Other connections may write meanwhile.
      data.open().exec("INSERT INTO settings (name, value) VALUES ('meanwhile', '1')");
      database.close(); // and here it ends
    }
    const opened = await openJob({
      folder: data.folder,
      installationKey: key,
      choice: { kind: 'files', input, newJob: false },
      now: days(0),
    });
    if (!opened.ok) throw new Error(opened.refusal.code);
    using open = opened.value;
    expect([open.resumed, open.order.macs().length]).toEqual([false, 300]);
    const left = ['jobs', 'rows'].map((table) => Number(open.database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']));
    expect(left).toEqual([1, 300]);
    const steps = new Jobs(open.database, key).keptRowsSteps(open.job);
    expect(steps.next().done).toBe(false);
  });

  it('keeps its key for 14 days after closing, and then nothing of it is left in any file', () => {
    using data = new DataFolder();
    const database = data.open();
    const key = newKey();
    const jobs = new Jobs(database, key);
    const { recipe, rows, files } = workOrder();
    const job = jobs.create({ recipe, rows, input: files, at });
    const stored = database.prepare('SELECT wrapped_key FROM jobs').get()?.['wrapped_key'];
    if (!(stored instanceof Uint8Array)) throw new Error('a key is stored');
    const wrapped = Buffer.from(stored);
    expect(data.holding(wrapped).length).toBeGreaterThan(0);

    expect(jobs.purge(days(400))).toBe(0); // open jobs keep theirs
    jobs.close(job, at);
    expect([jobs.purge(days(13.9)), jobs.list()[0]?.key]).toEqual([0, job.key]);
    expect([jobs.purge(days(14)), jobs.purge(days(15))]).toEqual([1, 0]);
    expect(jobs.list()[0]).toMatchObject({ id: job.id, closed: at, key: undefined });
    expect(jobs.rows(jobs.list()[0]!)).toEqual([]);
    expect(data.holding(wrapped)).toEqual([]);
  });
});

describe('a data folder', () => {
  const key = newKey();
  const open = async (data: DataFolder, choice: JobChoice): Promise<OpenJob> => {
    const opened = await openJob({ folder: data.folder, installationKey: key, choice, now: days(0) });
    if (!opened.ok) throw new Error(opened.refusal.code);
    return opened.value;
  };
  const files = (newJob = false): JobChoice => ({ kind: 'files', input: workOrder(), newJob });

  it('goes on with its open job, and closes it for a new one only when told to', async () => {
    using data = new DataFolder();
    const ids: string[] = [];
    for (const newJob of [false, false, true, false]) {
      using opened = await open(data, files(newJob));
      ids.push(opened.job.id);
      expect(opened.resumed).toBe(!newJob && ids.length > 1);
      expect([opened.order.macs(), opened.order.unbound]).toEqual([['c4c603000001'], 1]);
    }
    expect(ids).toEqual([ids[0], ids[0], ids[2], ids[2]]);
    expect(ids[2]).not.toBe(ids[0]);
    const jobs = new Jobs(data.open(), key).list();
    expect(jobs.map(({ id, closed }) => `${id} ${closed === null ? 'open' : 'closed'}`)).toEqual([`${ids[2]} open`, `${ids[0]} closed`]);
  });

  it('does not go on with its job from other files, nor under another key', async () => {
    using data = new DataFolder();
    (await open(data, files()))[Symbol.dispose]();
    const input = workOrder('mac,model,admin\nc4c603000001,8851,Maple!Other-9\n');
    const choice: JobChoice = { kind: 'files', input, newJob: false };
    const refused = await openJob({ folder: data.folder, installationKey: key, choice, now: days(0) });
    expect(refused).toMatchObject({ ok: false, refusal: { kind: 'usage', code: 'job.other-input' } });
    const locked = await openJob({ folder: data.folder, installationKey: newKey(), choice: files(), now: days(0) });
    expect(locked).toMatchObject({ ok: false, refusal: { kind: 'missing', code: 'key.other' } });
    (await open(data, files()))[Symbol.dispose](); // neither of them kept the folder
  });
});
