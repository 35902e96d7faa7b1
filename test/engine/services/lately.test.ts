import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Lately } from '../../../engine/services/lately.js';

it('knows the last half for sure, and what was asked for counts as new', () => {
  const map = new Lately<number, string>(10);
  for (let i = 0; i < 100; i += 1) {
    map.set(i, `value ${i}`);
    expect(map.get(0), `after ${i}`).toBe('value 0');
  }
  expect([99, 98, 97, 96].map((key) => map.get(key))).toEqual(['value 99', 'value 98', 'value 97', 'value 96']);
  expect(map.get(50)).toBeUndefined();
  map.delete(99);
  expect(map.get(99)).toBeUndefined();
});

it('never gives what was not set last, and forgets nothing among fewer than half', () => {
  const steps = fc.array(fc.record({ key: fc.nat(6), value: fc.nat(), deleted: fc.boolean() }), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (all) => {
      const [map, model] = [new Lately<number, number>(16), new Map<number, number>()];
      for (const { key, value, deleted } of all) {
        if (deleted) {
          map.delete(key);
          model.delete(key);
        } else {
          map.set(key, value);
          model.set(key, value);
        }
        expect(map.get(key)).toBe(model.get(key));
      }
      for (const [key, value] of model) expect(map.get(key)).toBe(value);
    }),
  );
});
