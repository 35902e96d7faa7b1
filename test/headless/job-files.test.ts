import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readJobFiles } from '../../headless/job-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchtone-job-files-'));
  writeFileSync(join(folder, 'phones.csv'), 'model\n8851\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const recipe = 'benchtone: 1\nname: Büro\nphones: cisco-mpp\n';

/** What reading gives: the recipe's name, the refusal, or the codes of problems. */
async function readWith(bytes: Uint8Array): Promise<unknown> {
  writeFileSync(join(folder, 'office.yaml'), bytes);
  const read = await readJobFiles({ csv: 'phones.csv', recipe: 'office.yaml' }, { INIT_CWD: folder });
  if (!read.ok) return read.refusal;
  return read.value.job.recipe?.name ?? read.value.job.problems.map(({ code }) => code);
}

test('a recipe is UTF-8, with or without byte-order mark', async () => {
  expect([await readWith(Buffer.from(recipe)), await readWith(Buffer.from(`\uFEFF${recipe}`))]).toEqual(['Büro', 'Büro']);
  expect(await readWith(Buffer.from(`\uFEFF${recipe}`, 'utf16le'))).toBe('Büro');
});

test('a recipe saved otherwise is refused with the line, never read with letters lost', async () => {
  expect(await readWith(Buffer.from(recipe, 'latin1'))).toEqual({
    kind: 'usage',
    code: 'recipe.encoding',
    params: { path: 'office.yaml', line: 2 },
  });
});

test('so is a template', async () => {
  writeFileSync(join(folder, 'acme.xml'), Buffer.from('<flat-profile>\n<Station_Name>Büro</Station_Name></flat-profile>', 'latin1'));
  expect(await readWith(Buffer.from(`${recipe}template: acme.xml\n`))).toMatchObject({
    code: 'recipe.encoding',
    params: { path: 'acme.xml', line: 2 },
  });
});
