/** What is to stay small, for it is trusted or has to be understood whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

function linesIn(...path: string[]): number {
  return readFileSync(join(root, ...path), 'utf8')
    .trimEnd()
    .split('\n').length;
}

test('the preload, as written and as built one file that asks for Electron alone', () => {
  const built = readFileSync(join(root, 'out/preload/preload.cjs'), 'utf8');
  expect([linesIn('electron/preload.ts') < 100, linesIn('out/preload/preload.cjs') < 100, readdirSync(join(root, 'out/preload'))]).toEqual([
    true,
    true,
    ['preload.cjs'],
  ]);
  expect([...built.matchAll(/require\((?<name>[^)]*)\)/g)].map(({ groups }) => groups?.['name'])).toEqual(['"electron"']);
});

test('each state object of the window', () => {
  const stores = readdirSync(join(root, 'renderer/stores'));
  expect(stores.length).toBeGreaterThan(5);
  expect(stores.filter((file) => linesIn('renderer/stores', file) > 200)).toEqual([]);
});

test('the stand-in for Electron’s binary', () => {
  const files = readdirSync(join(root, 'test/electron/stand-in'));
  expect(files.reduce((sum, file) => sum + linesIn('test/electron/stand-in', file), 0)).toBeLessThan(1500);
});
