import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { giveBack, returnPages } from '../../../engine/bench/give-back.js';

const young = (): number => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;

it('what the start took goes back to the system', () => {
  // Objects that live through a few collections make the space for young ones grow.
  const kept: object[] = [];
  for (let i = 0; i < 300_000; i += 1) kept.push({ i });
  const grown = young();
  giveBack();
  expect(kept).toHaveLength(300_000);
  expect(young()).toBeLessThan(grown);
  giveBack(); // and again does no harm
  expect(Reflect.get(globalThis, 'gc')).toBeUndefined();
});

it('pages that nobody uses any more go back, and what is used stays as it is', async () => {
  const kept = Buffer.alloc(1 << 20, 7);
  const returned = await returnPages();
  expect(kept.every((byte) => byte === 7)).toBe(true);
  if (process.platform !== 'linux') expect(returned).toBe(false);
  await returnPages(); // and again does no harm
});
