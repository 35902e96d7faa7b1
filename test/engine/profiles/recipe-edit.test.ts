import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editRecipe, type RecipeEdit } from '../../../engine/profiles/recipe-edit.js';
import { readYaml } from '../../../engine/profiles/recipe-yaml.js';

const edited = (text: string, ...edits: readonly RecipeEdit[]): string => {
  const result = editRecipe(text, edits);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.text;
};
const set = (path: string, value: string): RecipeEdit => ({ path: path.split('/'), value });
const remove = (path: string): RecipeEdit => ({ path: path.split('/'), value: null });

const starter = readFileSync(join(import.meta.dirname, '../../../resources/starter/office.yaml'), 'utf8');
const commentsIn = (text: string): string[] => text.match(/#.*/g) ?? [];

const yamlPieces = [
  ': ',
  ':',
  '- ',
  ' ',
  '\n',
  '\n  ',
  '[',
  ']',
  '{',
  '}',
  '&a ',
  '*a',
  '#',
  '"',
  "'",
  '|',
  '>',
  '? ',
  '!',
  '%',
  'a',
  '\t',
  '<<: ',
  ',',
  '---\n',
];

describe('an edited recipe', () => {
  it('differs in the one line that was meant', () => {
    const after = edited(starter, set('parameters/Proxy_1_', 'sip.acme.example:5080'));
    const [before, now] = [starter.split('\n'), after.split('\n')];
    expect(now.filter((line) => !before.includes(line))).toEqual(['  Proxy_1_: "sip.acme.example:5080"']);
    expect(before.filter((line) => !now.includes(line))).toEqual(['  Proxy_1_: sip.example.com']);
  });

  it('has a new key below its neighbours, before the comment of what follows', () => {
    const after = edited(starter, set('parameters/Text_Logo', 'Acme')).split('\n');
    const at = after.indexOf('  Text_Logo: Acme');
    expect(after[at - 1]).toBe('  Time_Format: 24hr');
    expect(commentsIn(after.join('\n'))).toEqual(commentsIn(starter));
  });

  it('has new keys above it where there were none', () => {
    expect(edited('name: x # mine\n', set('columns/mac', 'MAC-Adresse'), set('columns/name', 'Name #1'))).toBe(
      'name: x # mine\ncolumns:\n  mac: MAC-Adresse\n  name: "Name #1"\n',
    );
    expect(edited('name: x', set('parameters/Proxy_1_', '{{host}}'))).toBe('name: x\nparameters:\n  Proxy_1_: "{{host}}"\n');
    expect(edited('columns:\nname: x # mine\n', set('columns/mac', 'M'))).toContain('name: x # mine');
  });

  it('keeps every comment when something in braces changes, or is taken away', () => {
    const text = '# top\nmodels: # by model\n  "8851": { parameters: { A: x } } # one\n  # below\nhandOff:\n  B: y # two\n  C: z\n';
    const after = edited(text, set('models/8851/parameters/D', 'w'), remove('handOff/C'), set('models/8851/parameters/A', 'true'));
    expect(commentsIn(after)).toEqual(commentsIn(text));
    expect(readYaml(after)).toMatchObject({ value: { models: { '8851': { parameters: { A: 'true', D: 'w' } } }, handOff: { B: 'y' } } });
    expect(readYaml(after).unquoted.has('models.8851.parameters.A')).toBe(false);
  });

  it('is refused where the path leads through a text, or the text is no YAML', () => {
    expect(editRecipe('parameters: x\n', [set('parameters/A', 'b')])).toMatchObject({ ok: false, problems: [{ code: 'recipe.form' }] });
    expect(editRecipe('a: [', [set('a', 'b')])).toMatchObject({ ok: false });
    expect(editRecipe('just words', [set('a', 'b')])).toMatchObject({ ok: false });
  });

  it('says what it was told, whatever the value, and nothing else changes', () => {
    const key = fc.constantFrom(
      'parameters/Proxy_1_',
      'parameters/New',
      'models/8851/parameters/New',
      'columns/mac',
      'handOff/Profile_Rule',
    );
    fc.assert(
      fc.property(key, fc.string({ unit: 'grapheme', maxLength: 40 }), (path, value) => {
        const after = readYaml(edited(starter, set(path, value)));
        expect(after.problems).toEqual([]);
        expect(withValue(after.value, path.split('/'), value)).toEqual(withValue(readYaml(starter).value, path.split('/'), value));
        expect(commentsIn(edited(starter, set(path, 'x')))).toEqual(commentsIn(starter));
      }),
    );
  });

  it('throws on no text', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.array(fc.string({ maxLength: 6 }), { maxLength: 3 }),
        fc.option(fc.string()),
        (text, path, value) => {
          expect(editRecipe(text, [{ path, value }])).toHaveProperty('ok');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('throws on no text made of what means something in YAML', () => {
    const piece = fc.constantFrom(...yamlPieces);
    const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
    const path = fc.array(fc.oneof(piece, fc.constantFrom('a', 'b', '0', '')), { maxLength: 3 });
    fc.assert(
      fc.property(text, path, fc.option(fc.oneof(fc.string(), piece)), (written, at, value) => {
        expect(editRecipe(written, [{ path: at, value }])).toHaveProperty('ok');
      }),
      { numRuns: 5000, examples: [[': *a', [':'], ':']] },
    );
  });
});

function withValue(value: unknown, [key = '', ...rest]: readonly string[], set: string): unknown {
  const map = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...map, [key]: rest.length === 0 ? set : withValue(map[key], rest, set) };
}
