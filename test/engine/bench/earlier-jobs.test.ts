/** Phones and people of earlier jobs: told by the job's name and day, also when its secrets are gone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { earlierJobs } from '../../../engine/bench/earlier-jobs.js';
import { readJob } from '../../../engine/profiles/read-job.js';
import { finish } from '../../../engine/profiles/slices.js';
import { openDatabase } from '../../../engine/store/database.js';
import { Jobs } from '../../../engine/store/jobs.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';

const day = (date: string): string => `2026-${date}T09:00:00.000Z`;
let folder: string;
let database: DatabaseSync;
let jobs: Jobs;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchtone-earlier-'));
  const opened = openDatabase(folder);
  if (!opened.ok) throw new Error(opened.refusal.code);
  database = opened.value;
  jobs = new Jobs(database, Buffer.alloc(32, 3));
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function read(name: string, ...rows: readonly string[]) {
  const recipe = `benchtone: 1\nname: ${name}\nphones: cisco-mpp\nparameters: { Time_Format: 24hr }\n`;
  const job = readJob(Buffer.from(`mac,model,Ext.,User ID\n${rows.join('\n')}\n`), recipe);
  if (job.recipe === undefined) throw new Error('the recipe is sound');
  return { recipe: job.recipe, rows: job.rows, columns: job.columns };
}

const told = (asked: ReturnType<typeof read>, isMeant = (_id: string): boolean => true): readonly string[] =>
  finish(earlierJobs(jobs, asked, ({ id }) => isMeant(id))).map(
    ({ code, line, column, params }) => `${code} ${line} ${column} ${params['name']} ${params['date']}`,
  );

it('a phone is known from any job, an extension or a user from jobs of the same name', () => {
  const first = read('Acme', '00562b043611,8851,2001,anna', '00562b043612,8851,2002,ben');
  const job = jobs.create({ ...first, input: [], at: day('11-02') });
  jobs.create({ ...first, input: [], at: day('11-03'), virtual: true }); // of virtual phones: nobody's earlier job

  expect(told(read('Other', '00562b043611,8851,9,x', '00562b043613,8851,2001,anna'))).toEqual(['mac.earlier-job 2 mac Acme 2026-11-02']);
  expect(told(read('Acme', '00562b043613,8851,2001,x', ',8851,9,ben', '00562b043612,8851,2002,ben', ',8851,8,y'))).toEqual([
    'extension.earlier-job 2 Ext. Acme 2026-11-02',
    'user.earlier-job 3 User ID Acme 2026-11-02',
    'mac.earlier-job 4 mac Acme 2026-11-02',
  ]);
  expect(told(first, (id) => id !== job.id)).toEqual([]);
});

it('what a purged job knew of people is gone, its phones are still known, and no extension ever stood there as it is', () => {
  const first = read('Acme', '00562b043611,8851,2001777,anna-the-first');
  const job = jobs.create({ ...first, input: [], at: day('10-01') });
  expect(told(read('Acme', ',8851,2001777,z'))).toHaveLength(1);
  jobs.close(job, day('10-02'));
  expect(jobs.purge(new Date(day('11-30')))).toBe(1);
  expect(told(read('Acme', ',8851,2001777,anna-the-first'))).toEqual([]);
  expect(told(read('Acme', '00562b043611,8851,1,z'))).toEqual(['mac.earlier-job 2 mac Acme 2026-10-01']);
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name)).toString('latin1');
    expect([name, bytes.includes('2001777'), bytes.includes('anna-the-first')]).toEqual([name, false, false]);
  }
});

it('an activation code is spent by any job, for good', () => {
  const coded = (name: string, code: string) => {
    const recipe = `benchtone: 1\nname: ${name}\nphones: cisco-mpp\nparameters: { Time_Format: 24hr }\n`;
    const job = readJob(Buffer.from(`model,Activation Code\n8851,${code}\n`), recipe);
    return { recipe: job.recipe!, rows: job.rows, columns: job.columns };
  };
  const job = jobs.create({ ...coded('Acme', '1234567890123456'), input: [], at: day('10-01') });
  jobs.close(job, day('10-02'));
  jobs.purge(new Date(day('11-30')));
  expect(told(coded('Other', '1234 5678 9012 3456'))).toEqual(['activation.earlier-job 2 Activation Code Acme 2026-10-01']);
  expect(told(coded('Other', '1234567890123457'))).toEqual([]);
  expect(readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes('1234567890123456'))).toBe(false);
});
