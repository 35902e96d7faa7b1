import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysAt, recipeJsonSchema } from '../../../engine/profiles/recipe-json-schema.js';

const resources = resolve(import.meta.dirname, '../../../resources');
const file = join(resources, 'recipe.schema.json');

describe('the schema for editors', () => {
  it('is what the reader takes; UPDATE_SCHEMA=1 writes it anew', () => {
    const text = `${JSON.stringify(recipeJsonSchema(), null, 2)}\n`;
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(file, text);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('is named by the starter recipe, in the comment editors look for', () => {
    const starter = join(resources, 'starter/office.yaml');
    const [first = ''] = readFileSync(starter, 'utf8').split('\n');
    const named = /^# yaml-language-server: \$schema=(?<path>\S+)$/.exec(first)?.groups?.['path'] ?? '';
    expect(resolve(dirname(starter), named)).toBe(file);
  });

  it('lets numbers and booleans pass where an editor sees them and the reader a text', () => {
    const { properties } = recipeJsonSchema() as { properties: Record<string, { enum?: unknown; type?: unknown }> };
    expect(properties['benchtone']?.enum).toEqual(['1', 1]);
    expect(properties['name']?.type).toEqual(['string', 'number', 'boolean', 'null']);
  });

  it('knows which keys stand where', () => {
    expect(keysAt([])).toEqual(expect.arrayContaining(['benchtone', 'parameters', 'lines', 'handOff']));
    expect(keysAt(['columns'])).toEqual(expect.arrayContaining(['mac', 'model', 'serial', 'name', 'extension']));
    expect(keysAt(['parameters', 'Proxy_1_'])).toEqual(['value', 'ua', 'clear']);
    expect(keysAt(['models', '8851'])).toEqual(expect.arrayContaining(['parameters', 'delivery', 'keys', 'firmware']));
    expect(keysAt(['models', '8851', 'delivery', 'account'])).toEqual(['user', 'password']);
    expect(keysAt(['keys', '3'])).toEqual(expect.arrayContaining(['blf', 'speedDial', 'line']));
    expect(keysAt(['parameters'])).toEqual([]);
    expect(keysAt(['nowhere', 'at', 'all'])).toEqual([]);
  });
});
