import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellDamage, unmangled } from '../../../engine/profiles/csv-damage.js';

const asWindows = (text: string, encoding: 'utf8' | 'shift_jis'): string => {
  const bytes = encoding === 'utf8' ? Buffer.from(text) : Buffer.from(shiftJis[text] ?? '', 'hex');
  return new TextDecoder('windows-1252').decode(bytes);
};
const shiftJis: Readonly<Record<string, string>> = {
  受付: '8ef39574',
  山田: '8e5293 63'.replaceAll(' ', ''),
  カイギ: '834a83438 34d'.replaceAll(' ', ''),
};

describe('mangled letters', () => {
  it.each(['Müller', 'Zoë & José', '受付', 'Ærø', 'naïve café – “x”'])('of %s, read as Windows-1252 and saved, are recognised', (text) =>
    expect(unmangled(asWindows(text, 'utf8'))).toBe(text),
  );

  it.each(Object.keys(shiftJis))('of %s in Shift_JIS, too', (text) => {
    expect(unmangled(asWindows(text, 'shift_jis'))).toBe(text);
    expect(unmangled(`Desk ${asWindows(text, 'shift_jis')}`)).toBe(`Desk ${text}`);
  });

  it.each([
    'Müller',
    'José',
    'Žižek',
    'O’Brien',
    'Šárža',
    'Ñandú',
    '佐藤',
    'ｱｲｳ',
    '“x”',
    'Ångström',
    'Chloë’s',
    'ÀÉÎ',
    '€ 5',
    'Jürgen Groß',
    'Łódź',
  ])('are not seen in %s', (text) => expect(unmangled(text)).toBeNull());

  it('come back whatever they were, and nothing of ASCII is touched', () => {
    const letters = fc.string({ unit: fc.constantFrom('ä', 'ß', 'é', 'ñ', '受', '付', 'カ', 'a', ' '), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(letters, (text) => {
        if (/[^ -~]/.test(text)) expect(unmangled(asWindows(text, 'utf8'))).toBe(text);
      }),
      { seed: 41 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(unmangled(text)).toBeNull();
      }),
      { seed: 42 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        unmangled(text);
      }),
      { numRuns: 5000, seed: 43 },
    );
  });
});

describe('a damaged cell', () => {
  it('that may be a password is told without its value', () => {
    const secret = fc.constantFrom('8.13E+10', '“S3cr3t”', '="S3cr3t"', asWindows('S3cr3té', 'utf8'));
    fc.assert(
      fc.property(secret, (cell) => {
        const problems = cellDamage(cell, 2, 'pin', 'closed');
        expect(problems).toHaveLength(1);
        expect(JSON.stringify(problems)).not.toMatch(/S3cr3t|8\.13/);
        expect(JSON.stringify(cellDamage(cell, 2, 'name', 'open'))).toMatch(/S3cr3t|8\.13/);
      }),
    );
  });
});
