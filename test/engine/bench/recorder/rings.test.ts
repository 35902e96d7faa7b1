import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rings } from '../../../../engine/bench/recorder/rings.js';

const limits = { each: 5, bytes: 20_000, rings: 3 };
const size = (item: { readonly size: number }): number => item.size;

describe('rings', () => {
  it('keep the newest of each, and count what had to go', () => {
    const rings = new Rings<{ n: number; size: number }>(limits, size);
    for (let n = 0; n < 12; n += 1) rings.add('a', { n, size: 1 });
    expect(rings.of('a').items.map(({ n }) => n)).toEqual([7, 8, 9, 10, 11]);
    expect(rings.of('a').forgotten).toBe(7);
    expect(rings.of('b')).toEqual({ items: [], forgotten: 0 });
  });

  it('who has most gives way first: one that talks much costs the others nothing', () => {
    const rings = new Rings<{ n: number; size: number }>({ ...limits, each: 1_000 }, size);
    for (let n = 0; n < 3; n += 1) rings.add('quiet', { n, size: 100 });
    for (let n = 0; n < 500; n += 1) rings.add('loud', { n, size: 500 });
    expect(rings.of('quiet').items).toHaveLength(3);
    expect(rings.of('loud').items.at(-1)?.n).toBe(499);
    expect(rings.bytes).toBeLessThanOrEqual(20_000);
  });

  it('what was kept under an address goes to its MAC, in order', () => {
    const rings = new Rings<{ n: number; size: number }>(limits, size);
    for (const [key, n] of [
      ['mac', 1],
      ['10.0.0.9', 2],
      ['mac', 3],
      ['10.0.0.9', 4],
    ] as const)
      rings.add(key, { n, size: 1 });
    rings.move('10.0.0.9', 'mac', (a, b) => a.n - b.n);
    expect(rings.of('mac').items.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
    expect(rings.keys()).toEqual(['mac']);
  });

  it('whatever is put in: bounded in number, in bytes and in rings, and what is there is the newest', () => {
    const step = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), size: fc.nat(4_000), moves: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const rings = new Rings<{ n: number; size: number }>(limits, size);
        for (const [n, { key, size: bytes, moves }] of steps.entries()) {
          rings.add(key, { n, size: bytes });
          if (moves) rings.move(key, 'a', (a, b) => a.n - b.n);
          expect(rings.bytes).toBeLessThanOrEqual(limits.bytes);
          expect(rings.keys().length).toBeLessThanOrEqual(limits.rings);
        }
        let sum = 0;
        for (const key of rings.keys()) {
          const { items } = rings.of(key);
          expect(items.length).toBeLessThanOrEqual(limits.each);
          expect(items).toEqual(items.toSorted((a, b) => a.n - b.n));
          sum += items.reduce((all, item) => all + item.size + 256, 0);
        }
        expect(rings.bytes).toBe(sum);
      }),
    );
  });
});
