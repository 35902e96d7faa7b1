/** The schema over time: a folder of an older version is brought up to date, and can be read before. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import { defaultRecipe } from '../../../engine/profiles/recipe.js';
import { openDatabase } from '../../../engine/store/database.js';
import { Jobs } from '../../../engine/store/jobs.js';
import { Journal } from '../../../engine/store/journal.js';
import { Settings } from '../../../engine/store/settings.js';

const key = Buffer.alloc(32, 3);
const at = '2026-11-22T09:00:00.000Z';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchtone-schema-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(access: 'write' | 'read' = 'write'): DatabaseSync {
  const opened = openDatabase(folder, access);
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value;
}

function makeJob(database: DatabaseSync, virtual: boolean) {
  return new Jobs(database, key).create({ recipe: defaultRecipe(), rows: [], input: [], at, virtual });
}

it('a folder of the first version is read as it is, and brought up to date when it is written', () => {
  const database = open();
  const { id } = makeJob(database, true);
  database.exec(`DROP TABLE served; DROP TABLE phone_keys; DROP TABLE settings; DROP TABLE seen; DROP TABLE revisions; ALTER TABLE jobs DROP COLUMN virtual; ALTER TABLE jobs DROP COLUMN list;
    ALTER TABLE rows DROP COLUMN revision; ALTER TABLE rows DROP COLUMN since; ALTER TABLE rows DROP COLUMN dropped; PRAGMA user_version=1`);
  database.close();

  const reading = open('read');
  expect(new Jobs(reading, key).list().map((job) => [job.id, job.virtual])).toEqual([[id, false]]);
  reading.close();
  const writing = open();
  expect(writing.prepare('PRAGMA user_version').get()).toEqual({ user_version: 7 });
  expect(new Jobs(writing, key).find(id)).toMatchObject({ id, virtual: false, list: null });
  makeJob(writing, true);
  writing.close();
});

it('jobs are found by id, virtual ones are told apart, and one that was closed can be opened again', () => {
  const database = open();
  const jobs = new Jobs(database, key);
  const real = makeJob(database, false);
  const virtual = makeJob(database, true);
  expect([jobs.find(virtual.id)?.virtual, jobs.find('none'), jobs.open()?.id]).toEqual([true, undefined, real.id]);
  jobs.close(real, at);
  expect(jobs.open()).toBeUndefined();
  jobs.reopen(real);
  expect([jobs.open()?.id, jobs.find(real.id)?.closed]).toEqual([real.id, null]);
  database.close();
});

it('the journal gives the newest entries of one device, oldest first', () => {
  const database = open();
  const journal = new Journal(database, makeJob(database, false).id);
  const other = new Journal(database, makeJob(database, false).id);
  const [one, two] = ['00562b043615', '00562b043616'] as Mac[];
  expect(journal.last).toBe(0);
  for (let i = 0; i < 5; i += 1)
    for (const mac of [one, two])
      journal.append({ seq: journal.next(), at, mac: mac ?? ('' as Mac), fact: { kind: 'arpSeen', address: `10.0.0.${i}` } });
  other.append({ seq: other.next(), at, mac: one ?? ('' as Mac), fact: { kind: 'arpSeen', address: '10.0.0.9' } });
  const newest = journal.of(one ?? ('' as Mac), 2);
  expect(newest.map(({ mac, fact }) => [mac, fact.kind === 'arpSeen' && fact.address])).toEqual([
    [one, '10.0.0.3'],
    [one, '10.0.0.4'],
  ]);
  expect(journal.last).toBe([...journal.replay()].at(-1)?.seq);
  database.close();
});

it('settings are kept and overwritten', () => {
  const database = open();
  const settings = new Settings(database);
  expect(settings.get('language')).toBeUndefined();
  settings.set('language', 'en');
  settings.set('language', 'ja');
  expect(settings.get('language')).toBe('ja');
  database.close();
});
