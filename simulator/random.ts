/** Randomness from a seed: the same words give the same phones, whatever the platform. Not for secrets. */

export type Random = {
  /** 0 <= x < 1. */
  fraction(): number;
  /** A whole number, 0 <= x < `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** A new list in another order. */
  shuffle<T>(list: readonly T[]): T[];
};

/** A source of its own for what the words name, say seed and phone number: adding a phone leaves the others as they were. */
export function seeded(...words: readonly (string | number)[]): Random {
  let state = fnv1a(words.join('/'));

  // mulberry32: 32 bits of state, good enough for dealing cards.
  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  const below = (limit: number): number => Math.floor(fraction() * limit);
  return {
    fraction,
    below,
    chance: (probability) => fraction() < probability,
    pick: (list) => list[below(list.length)] ?? list[0],
    shuffle: (list) =>
      list
        .map((item) => ({ item, order: fraction() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item),
  };
}

/** FNV-1a, 32 bit. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
