import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visible } from '../../../engine/services/visible.js';

it('shows control characters as pictures and leaves the rest', () => {
  expect(visible('a\u0000\n\u001b[31m\u007f\u0085 ü あ', 100)).toBe('a\u2400\u240a\u241b[31m\u2421\ufffd ü あ');
});

it('never gives more than it may, nor anything a terminal obeys', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, most) => {
      const shown = visible(text, most);
      expect(shown.length).toBeLessThanOrEqual(most);
      expect(shown.isWellFormed() && !/\p{Cc}/u.test(shown)).toBe(true);
    }),
    { numRuns: 10_000, seed: 1 },
  );
});
