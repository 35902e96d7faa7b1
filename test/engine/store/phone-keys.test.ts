import { expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import type { PhoneKeys } from '../../../engine/profiles/phone-keys.js';
import { defaultRecipe } from '../../../engine/profiles/recipe.js';
import { seal } from '../../../engine/store/keys.js';
import { Jobs } from '../../../engine/store/jobs.js';
import { StoredPhoneKeys } from '../../../engine/store/phone-keys.js';
import { DataFolder } from './data-folder.js';

const [one, two] = ['00562b043615', '00562b043616'] as [Mac, Mac];
const told = ({ bench, customer }: PhoneKeys): string[] =>
  [bench, customer].flatMap(({ key, directory }) => [key.reveal(), directory.reveal()]);

it('a phone has keys of its own, the same after a restart, in no file as they are, and no other job opens them', () => {
  using data = new DataFolder();
  const jobs = new Jobs(data.open(), Buffer.alloc(32, 3));
  const make = () => jobs.create({ recipe: defaultRecipe(), rows: [], input: [], at: '2026-11-22T09:00:00.000Z' });
  const [job, other] = [make(), make()];
  const ring = new StoredPhoneKeys(data.open(), job.id, job.key!);
  expect(ring.find(one)).toBeUndefined();
  const first = told(ring.of(one));
  expect(first).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}$/),
    expect.stringMatching(/^[0-9a-f]{32}$/),
    expect.any(String),
    expect.any(String),
  ]);
  const all = [...first, ...told(ring.of(two)), ...told(new StoredPhoneKeys(data.open(), other.id, other.key!).of(one))];
  expect(new Set(all).size).toBe(12);
  expect(told(new StoredPhoneKeys(data.open(), job.id, job.key!).of(one))).toEqual(first);
  for (const secret of all) expect([...data.holding(Buffer.from(secret)), ...data.holding(Buffer.from(secret, 'hex'))]).toEqual([]);
  expect(() => new StoredPhoneKeys(data.open(), job.id, other.key!).of(one)).toThrow('not sealed');
});

it('rotated, a phone’s keys have a number, keep the pairs before, stand sealed like the first, and can be left as they were', () => {
  using data = new DataFolder();
  const jobs = new Jobs(data.open(), Buffer.alloc(32, 3));
  const job = jobs.create({ recipe: defaultRecipe(), rows: [], input: [], at: '2026-11-22T09:00:00.000Z' });
  const ring = new StoredPhoneKeys(data.open(), job.id, job.key!);
  const [first, other] = [ring.of(one), ring.of(two)];
  expect(ring.turns()).toEqual(new Map());
  expect(ring.rotate([one])).toEqual(new Map([[one, 1]]));
  expect(ring.rotate([one, two])).toEqual(
    new Map([
      [one, 2],
      [two, 1],
    ]),
  );
  const again = new StoredPhoneKeys(data.open(), job.id, job.key!);
  const keys = again.of(one);
  expect(again.turns()).toEqual(ring.turns());
  expect([keys.turn, keys.former.length, keys.bench.key.reveal()]).toEqual([2, 2, first.bench.key.reveal()]);
  expect(keys.former[0]?.key.reveal()).toBe(first.customer.key.reveal());
  expect(again.of(two).former.map(({ key }) => key.reveal())).toEqual([other.customer.key.reveal()]);
  const all = [keys.bench, keys.customer, ...keys.former].flatMap(({ key, directory }) => [key.reveal(), directory.reveal()]);
  expect(new Set(all).size).toBe(8);
  for (const secret of all) expect([...data.holding(Buffer.from(secret)), ...data.holding(Buffer.from(secret, 'hex'))]).toEqual([]);

  expect(again.keep(one, 1)).toBe(true);
  expect([again.of(one).customer.key.reveal(), again.of(one).turn]).toEqual([keys.former[1]?.key.reveal(), 2]);
  expect([again.keep(one, 1), again.keep(two, undefined)]).toEqual([false, false]);
  expect(again.macs().toSorted()).toEqual([one, two]);
});

it('keys of a folder from before they could be rotated are read as they are', () => {
  using data = new DataFolder();
  const database = data.open();
  const job = new Jobs(database, Buffer.alloc(32, 3)).create({
    recipe: defaultRecipe(),
    rows: [],
    input: [],
    at: '2026-11-22T09:00:00.000Z',
  });
  const pair = { key: 'ab'.repeat(32), directory: 'cd'.repeat(16) };
  const plain = Buffer.from(JSON.stringify({ bench: pair, customer: pair }));
  database
    .prepare('INSERT INTO phone_keys (job, mac, sealed) VALUES (?, ?, ?)')
    .run(job.id, one, seal(job.key!, `phone keys ${job.id} ${one}`, plain));
  const keys = new StoredPhoneKeys(database, job.id, job.key!).of(one);
  expect([keys.turn, keys.former, keys.customer.key.reveal()]).toEqual([0, [], pair.key]);
});
