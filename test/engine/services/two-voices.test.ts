import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TwoVoices } from '../../../engine/services/two-voices.js';

function heard(voices: string, everyMs = 100, withinMs = 10_000): boolean {
  const two = new TwoVoices({ withinMs });
  return Array.from(voices).some((voice, i) => two.hear('name', voice, i * everyMs));
}

it('two that take turns are two', () => {
  for (const turns of ['ABAB', 'AABBAAB', 'CABAB', 'ABABA']) expect([turns, heard(turns)]).toEqual([turns, true]);
});

it('one that changes is one, however often, as long as it does not go back twice', () => {
  for (const turns of ['A', 'AAAA', 'AB', 'ABBBB', 'ABCD', 'ABA', 'ABCABC', 'ABAC']) expect([turns, heard(turns)]).toEqual([turns, false]);
  fc.assert(
    fc.property(fc.array(fc.nat(3)), (repeats) => {
      const turns = repeats.map((times, i) => String.fromCodePoint(0x100 + i).repeat(times + 1)).join('');
      expect(heard(turns)).toBe(false);
    }),
  );
});

it('turns that lie too far apart tell nothing', () => {
  expect(heard('ABAB', 3_000)).toBe(true);
  expect(heard('ABAB', 4_000)).toBe(false);
  // What counts is the time between the turns, not how long one of them went on before.
  expect(heard('AAAAAAAAAABAB', 3_000)).toBe(true);
});

it('names are apart, and only so many are remembered', () => {
  const two = new TwoVoices({ withinMs: 1_000, most: 4 });
  const said = Array.from('ABAB').map((voice, i) => ['x', 'y'].map((name, j) => two.hear(name, voice, i + j)));
  expect(said).toEqual([
    [false, false],
    [false, false],
    [false, false],
    [true, true],
  ]);
  const three = Array.from('ABAB').flatMap((voice, i) => ['x', 'y', 'z', 'u', 'v'].map((name) => two.hear(name, voice, i)));
  expect(three).not.toContain(true);
});
