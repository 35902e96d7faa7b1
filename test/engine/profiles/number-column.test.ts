import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lostZeros, readNumber } from '../../../engine/profiles/number-column.js';

const read = (cell: string): readonly string[] => {
  const { text, problems } = readNumber(cell, 5, 'extension');
  for (const { line, column } of problems) expect([line, column]).toEqual([5, 'extension']);
  return [
    text,
    ...problems.map(({ severity, code, suggestion }) => [severity, code, ...(suggestion === null ? [] : ['->', suggestion])].join(' ')),
  ];
};

describe('a column of numbers', () => {
  it.each(['', '2001', '0201', '*72', '2001@sip.example.com', 'anna', '+81 3-1234-5678', 'Max Müller', '10-14', '1,2'])(
    'is left as it is: %j',
    (cell) => expect(read(cell)).toEqual([cell]),
  );

  it.each([
    ['２００１', '2001', 'warning number.full-width'],
    ['"2001"', '2001', 'warning number.quotes'],
    ['="0201"', '0201', 'warning number.quotes'],
    ['’2001', '2001', 'warning number.quotes'],
    ['2.001E+09', '2.001E+09', 'error number.scientific'],
    ['2E3', '2E3'],
    ['2,5E+07', '2,5E+07', 'error number.scientific'],
    ['2001.0', '2001.0', 'error number.format -> 2001'],
    ['2.001,00', '2.001,00', 'error number.format -> 2001'],
    ['12,001', '12,001', 'error number.format -> 12001'],
    ['2-Jan', '2-Jan', 'error number.date'],
    ['Jan-02', 'Jan-02', 'error number.date'],
    ['1月2日', '1月2日', 'error number.date'],
    ['2026/1/2 0:00', '2026/1/2 0:00', 'error number.date'],
  ])('names what happened to %j', (cell, ...expected) => expect(read(cell)).toEqual(expected));

  it('lost its zeros where its neighbours have theirs', () => {
    const told = (...texts: string[]): string[] =>
      lostZeros(
        texts.map((text, i) => ({ text, line: i + 2 })),
        'extension',
      ).map(({ line, suggestion }) => `${line} ${suggestion}`);
    expect(told('0201', '202', '0203', '7')).toEqual(['3 0202', '5 0007']);
    expect(told('98', '99', '100')).toEqual([]);
    expect(told('0201', '202', '12345')).toEqual([]); // longer ones are about: lengths differ by right
    expect(told('0', '1', '10')).toEqual([]);
    expect(told('021', '0201', '5')).toEqual([]);
  });

  it('never throws, and never changes a number that is one', () => {
    const part = fc.constantFrom('0', '2', 'E+', '.', ',', '"', '’', '=', '２', ' ', '月', '日', 'Jan', '-', '/');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
        ),
        (cell) => {
          const { text, problems } = readNumber(cell, 1, 'extension');
          if (text !== cell) expect(problems.length).toBeGreaterThan(0);
          if (/^\d+$/.test(cell)) expect({ text, problems }).toEqual({ text: cell, problems: [] });
          expect(readNumber(text, 1, 'extension').text).toBe(text);
        },
      ),
      { numRuns: 5000, seed: 31 },
    );
  });
});
