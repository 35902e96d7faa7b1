import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainName, namesBeside } from '../../../engine/profiles/beside.js';

const recipe = (template: string): string => `benchtone: 1\nname: a\nphones: cisco-mpp\ntemplate: ${JSON.stringify(template)}\n`;

test('the template a recipe names, where its name is only a name', () => {
  expect(namesBeside(recipe('acme.xml'))).toEqual(['acme.xml']);
  for (const name of ['../acme.xml', '/etc/passwd', 'a/b.xml', 'a\\b.xml', '..', '.', '', 'a\0b'])
    expect(namesBeside(recipe(name))).toEqual([]);
  expect(namesBeside('benchtone: 1\nname: a\nphones: cisco-mpp\n')).toEqual([]);
});

test('whatever the recipe is, nothing throws and every name is plain', () => {
  fc.assert(fc.property(fc.string(), (text) => namesBeside(text).every(isPlainName)));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => namesBeside(recipe(name)).every(isPlainName)));
});
