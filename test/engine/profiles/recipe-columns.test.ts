import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownWords } from '../../../engine/contract/columns.js';
import { readRecipe } from '../../../engine/profiles/recipe.js';
import { withColumns as edited } from '../../../engine/profiles/recipe-columns.js';

const office = readFileSync(resolve(import.meta.dirname, '../../../resources/starter/office.yaml'), 'utf8');

function withColumns(text: string, said: Parameters<typeof edited>[1]): string | undefined {
  const read = edited(text, said);
  return read.ok ? read.text : undefined;
}

describe('what was said of columns', () => {
  it('is remembered in the recipe, and every other line stays as it was', () => {
    const text = withColumns(office, { mac: 'Hardware', extension: 'Nr. #1' }) ?? '';
    expect(text.startsWith(office)).toBe(true);
    expect(text.slice(office.length)).toBe('columns:\n  mac: Hardware\n  extension: "Nr. #1"\n');
    expect(readRecipe(text)).toMatchObject({ problems: [], recipe: { columns: { mac: 'Hardware', extension: 'Nr. #1' } } });
  });

  it('outweighs what was said before of the same column', () => {
    const before = `${office}columns: { mac: A, model: B } # from last year\n`;
    const text = withColumns(before, { serial: 'A' }) ?? '';
    expect(text).toContain('columns: { model: B, serial: A } # from last year');
    expect(withColumns(before, { mac: '' })).toContain('mac: ""');
  });

  it('is not put into what is no recipe', () => {
    expect(withColumns('a: [', { mac: 'x' })).toBeUndefined();
    expect(withColumns('- a\n', { mac: 'x' })).toBeUndefined();
  });

  it('comes back as it was said, whatever a heading is', () => {
    const heading = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((each) => !/[\p{Cc}\p{Cs}\p{Cn}\ufeff]/u.test(each));
    fc.assert(
      fc.property(fc.constantFrom(...knownWords), heading, (word, said) => {
        const text = withColumns(office, { [word]: said });
        expect(readRecipe(text ?? '').recipe?.columns).toEqual({ [word]: said });
      }),
      { seed: 51 },
    );
  });
});
