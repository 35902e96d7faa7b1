import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRange, select } from '../../../../engine/protocols/http/conditions.js';

const part = (from: number, to: number) => ({ kind: 'part', from, to });
const whole = { kind: 'whole' };
const unsatisfiable = { kind: 'unsatisfiable' };

describe('a range', () => {
  it.each([
    ['bytes=0-0', part(0, 1)],
    ['bytes=0-', part(0, 10)],
    ['BYTES = 2 - 4', part(2, 5)],
    ['bytes=5-99999999', part(5, 10)],
    ['bytes=-3', part(7, 10)],
    ['bytes=-99', part(0, 10)],
    ['bytes=10-', unsatisfiable],
    ['bytes=-0', unsatisfiable],
    ['bytes=4-2', whole],
    ['bytes=-', whole],
    ['bytes=0-1,3-4', whole],
    ['items=0-1', whole],
    ['bytes=a-b', whole],
    ['bytes=1-99999999999999999999', whole],
  ])('%s of ten bytes', (value, expected) => {
    expect(readRange(value, 10)).toEqual(expected);
  });

  it('lies within what there is, or is none', () => {
    fc.assert(
      fc.property(fc.option(fc.nat(50)), fc.option(fc.nat(50)), fc.nat(40), (first, last, size) => {
        const got = readRange(`bytes=${first ?? ''}-${last ?? ''}`, size);
        if (got.kind === 'part') {
          expect(got.from).toBeLessThan(got.to);
          expect(got.to).toBeLessThanOrEqual(size);
        }
      }),
      { numRuns: 5_000, seed: 9110 },
    );
  });
});

describe('conditions', () => {
  const judge = (fields: Record<string, string>, etag: string | undefined = '"a"') =>
    select({ fields: new Map(Object.entries(fields)), etag, size: 10 }).kind;

  it.each([
    [{}, 'whole'],
    [{ 'if-none-match': '"a"' }, 'notModified'],
    [{ 'if-none-match': 'W/"a"' }, 'notModified'],
    [{ 'if-none-match': '"b", "a"' }, 'notModified'],
    [{ 'if-none-match': '*' }, 'notModified'],
    [{ 'if-none-match': '"b"' }, 'whole'],
    [{ 'if-none-match': 'a' }, 'whole'],
    [{ 'if-match': '"a"' }, 'whole'],
    [{ 'if-match': 'W/"a"' }, 'failed'],
    [{ 'if-match': '"b"' }, 'failed'],
    [{ 'if-match': '*' }, 'whole'],
    [{ 'if-match': '"b"', 'if-none-match': '"a"' }, 'failed'],
    [{ range: 'bytes=1-2' }, 'part'],
    [{ range: 'bytes=1-2', 'if-range': '"a"' }, 'part'],
    [{ range: 'bytes=1-2', 'if-range': '"b"' }, 'whole'],
    [{ range: 'bytes=1-2', 'if-range': 'W/"a"' }, 'whole'],
    [{ range: 'bytes=1-2', 'if-range': 'Tue, 24 Nov 2026 04:00:00 GMT' }, 'whole'],
    [{ range: 'bytes=1-2', 'if-none-match': '"a"' }, 'notModified'],
    [{ range: 'bytes=99-' }, 'unsatisfiable'],
  ])('%j: %s', (fields, expected) => {
    expect(judge(fields)).toBe(expected);
  });

  it('match no tag where there is none', () => {
    const without = (fields: Record<string, string>) => select({ fields: new Map(Object.entries(fields)), etag: undefined, size: 10 }).kind;
    expect([
      without({ 'if-match': '"a"' }),
      without({ 'if-none-match': '"a"' }),
      without({ range: 'bytes=0-1', 'if-range': '"a"' }),
    ]).toEqual(['failed', 'whole', 'whole']);
  });
});
