import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloned } from './stand-in/codec.js';

const leaf = fc.oneof(
  fc.constantFrom(undefined, null, true, false, -0, Number.NaN, Infinity, -Infinity),
  fc.double(),
  fc.bigInt(),
  fc.string(),
  fc.date(),
  fc.uint8Array(),
  fc.float64Array(),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    leaf,
    fc.array(tie('any')),
    fc.dictionary(fc.string(), tie('any')),
    fc.array(fc.tuple(tie('any'), tie('any'))).map((pairs) => new Map(pairs)),
    fc.array(tie('any')).map((items) => new Set(items)),
  ),
})).any;

test('a value arrives as structuredClone would have it', () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(cloned(given)).toStrictEqual(structuredClone(given));
    }),
  );
});

test('what is one object, or points back at itself, stays so', () => {
  const shared = { name: 'shared' };
  const ring: Record<string, unknown> = { a: shared, b: shared };
  ring['self'] = ring;
  const copy = cloned(ring);
  expect([copy['a'] === copy['b'], copy['self'] === copy, copy['a'] === shared]).toEqual([true, true, false]);
});

test('errors keep name and words, buffers arrive as bytes', () => {
  const error = cloned(new TypeError('nope'));
  expect([error instanceof Error, error.name, error.message]).toEqual([true, 'TypeError', 'nope']);
  expect(cloned(Buffer.from([1, 2]))).toStrictEqual(new Uint8Array([1, 2]));
});

test.each([
  ['a function', () => 1],
  ['a symbol', Symbol('s')],
  ['a promise', Promise.resolve()],
  ['deep inside', { a: [new WeakMap()] }],
])('cannot be cloned: %s', (_, given) => expect(() => cloned(given as unknown)).toThrow('An object could not be cloned.'));
