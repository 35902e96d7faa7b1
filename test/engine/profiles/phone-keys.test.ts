import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mostFormer, newPhoneKeys, pairHeld, type PhoneKeys, pairsPossible, rotated } from '../../../engine/profiles/phone-keys.js';

/** The customer's pairs in the order in which they were made, and the keys after the last. */
function history(rotations: number): { readonly pairs: readonly PhoneKeys['customer'][]; readonly keys: PhoneKeys } {
  let keys = newPhoneKeys();
  const pairs = [keys.customer];
  for (let turn = 0; turn < rotations; turn += 1) {
    keys = rotated(keys);
    pairs.push(keys.customer);
  }
  return { pairs, keys };
}

it('a phone is known to have the pair it has proven last, and may have that and every later one, never an older', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(mostFormer), (rotations, waiting) => {
      const { pairs, keys } = history(rotations);
      const proven = Math.max(0, rotations - waiting);
      expect(keys.turn).toBe(rotations);
      expect(pairHeld(keys, proven)).toBe(pairs[proven]);
      expect(pairsPossible(keys, proven)).toEqual([...pairs.slice(proven).toReversed(), keys.bench]);
      expect(new Set([keys.bench, ...pairs].flatMap(({ key, directory }) => [key.reveal(), directory.reveal()])).size).toBe(
        2 * (pairs.length + 1),
      );
    }),
    { numRuns: 50 },
  );
});

it('before anything is proven the pair that counts is the newest, and one it may have is any that is still kept', () => {
  const { pairs, keys } = history(3);
  expect(pairHeld(keys, undefined)).toBe(pairs[3]);
  expect(pairsPossible(keys, undefined)).toEqual([...pairs.toReversed(), keys.bench]);
  expect(history(40).keys.former).toHaveLength(mostFormer);
});
