import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { giveBack } from '../../../engine/bench/give-back.js';

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
