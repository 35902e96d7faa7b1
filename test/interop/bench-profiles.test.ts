/** The files `profiles` writes, to a program that is not ours. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow, Scratch } from '../process/programs.js';
import { csvOf, loopbackRecipe, phones } from '../process/work-orders.js';

const count = 6;

it('profiles are for their owner alone, and XML to other programs', async () => {
  await using scratch = new Scratch();
  const [csv, recipe] = [scratch.write('phones.csv', csvOf(phones(count))), scratch.write('recipe.yaml', loopbackRecipe)];
  const made = scratch.benchtone(['profiles', '--csv', csv, '--recipe', recipe, '--out', scratch.path('out')]);
  expect(await made.end(), made.told()).toEqual({ code: 0, signal: null });
  const files = filesBelow(scratch.path('out'));
  const encrypted = filesBelow(scratch.path('out/install')).map(({ path }) => basename(path));
  expect(encrypted).toHaveLength(1); // the recipe encrypts one model
  expect(files).toHaveLength(2 * count + encrypted.length + 1);
  expect(files.filter(({ path }) => (statSync(path).mode & 0o777) !== 0o600)).toEqual([]);
  expect(statSync(scratch.path('out')).mode & 0o777).toBe(0o700);
  const profiles = files.map(({ path }) => path).filter((path) => path.endsWith('.xml'));
  const isLocked = (path: string) => readFileSync(path).subarray(0, 8).toString('latin1') === 'Salted__';
  expect(profiles.filter(isLocked).map((path) => basename(path))).toEqual([...encrypted, ...encrypted]); // its own and the last one
  expect(execFileSync('xmllint', ['--noout', ...profiles.filter((path) => !isLocked(path))], { encoding: 'utf8' })).toBe('');
});
