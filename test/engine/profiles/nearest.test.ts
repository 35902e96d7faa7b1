import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../engine/profiles/nearest.js';

/** Optimal string alignment as the textbook has it: the whole table. */
function textbook(from: string, to: string): number {
  const cells = Array.from({ length: from.length + 1 }, (_, i) =>
    Array.from({ length: to.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => cells[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= from.length; i++)
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      const swapped =
        i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      (cells[i] ?? [])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped);
    }
  return at(from.length, to.length);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_'), minLength: 1, maxLength: 18 });

describe('the nearest word', () => {
  it('is the first of those fewest keystrokes away, and near enough', () => {
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 8 }), (wanted, candidates) => {
        const most = Math.min(3, Math.max(1, Math.floor(wanted.length / 4)));
        const distances = candidates.map((candidate) => textbook(wanted, candidate));
        const fewest = Math.min(...distances);
        expect(nearest(wanted, candidates)).toBe(fewest > most ? null : (candidates[distances.indexOf(fewest)] ?? null));
      }),
      { numRuns: 3000 },
    );
  });

  it('of long and strange ones is none, and takes no time', () => {
    expect(nearest('Proxy_1_', ['x'.repeat(100_000), 'Proxy_2_'])).toBe('Proxy_2_');
    expect(nearest('x'.repeat(129), ['x'.repeat(129)])).toBeNull();
    expect(nearest('x'.repeat(128), ['x'.repeat(127)])).toBe('x'.repeat(127));
    expect(nearest('', ['a'])).toBeNull();
  });
});
