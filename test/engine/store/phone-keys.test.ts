import { expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import type { PhoneKeys } from '../../../engine/profiles/phone-keys.js';
import { defaultRecipe } from '../../../engine/profiles/recipe.js';
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
