/** The files `profiles` writes, to a program that is not ours. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
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
  expect(files).toHaveLength(2 * count + 1);
  expect(files.filter(({ path }) => (statSync(path).mode & 0o777) !== 0o600)).toEqual([]);
  expect(statSync(scratch.path('out')).mode & 0o777).toBe(0o700);
  const profiles = files.map(({ path }) => path).filter((path) => path.endsWith('.xml'));
  expect(execFileSync('xmllint', ['--noout', ...profiles], { encoding: 'utf8' })).toBe('');
});
