import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fill, neededBy, placeholders } from '../../../engine/contract/fill.js';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

describe('a text of a catalogue', () => {
  test('takes parameters, counts, parts that may be left out, and keeps the braces of recipes', () => {
    expect([
      fill('{a} is {b}', { a: 'x' }, counted),
      fill('in use[ by {holder}]. End it', { holder: '' }, counted),
      fill('in use[ by {holder}]. End it', { holder: 'dnsmasq (12)' }, counted),
      fill('{n:row}, {m:row}', { n: 1, m: 0 }, counted),
      fill('a column is written {{column}}', { column: 'no' }, counted),
      fill('[{left}]{tags}', { left: '{tags}', tags: '[x]' }, counted),
    ]).toEqual([
      'x is ',
      'in use. End it',
      'in use by dnsmasq (12). End it',
      '1 row, 0 rows',
      'a column is written {{column}}',
      '{tags}[x]',
    ]);
  });

  test('names what it takes, and what it cannot do without', () => {
    const text = 'port {port}[ is held by {holder}] of {{column}}: {n:row}';
    expect([placeholders(text), neededBy(text)]).toEqual([
      ['port', 'holder', 'n'],
      ['port', 'n'],
    ]);
  });

  test('shows a parameter as it is, whatever is in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => fill('{value}', { value }, counted) === value));
  });
});
