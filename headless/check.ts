/** `check`: a dry run; every row with its problems, nothing is served. Exit 1 when a row cannot be served. */
import { writeFile } from 'node:fs/promises';
import type { Result } from '../engine/contract/problem.js';
import { withColumns } from '../engine/profiles/recipe-columns.js';
import { type Given, textOf, usage } from './arguments.js';
import { earlierOf } from './earlier.js';
import { exitCode, exitCodeOf } from './exit.js';
import { readJobFiles } from './job-files.js';
import { columnsOf, tellMapping } from './mapping.js';
import type { Output } from './output.js';
import { pathFrom } from './places.js';
import type { Surroundings } from './surroundings.js';
import { counted } from '../engine/contract/english/counted.js';

export async function check(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const files = await readJobFiles(given, environment);
  if (!files.ok) {
    output.refuse(files.refusal);
    return exitCodeOf(files.refusal);
  }
  if (given['remember'] === true) {
    const remembered = await remember(given, files.value.recipeText, environment);
    if (!remembered.ok) {
      output.refuse(remembered.refusal);
      return exitCodeOf(remembered.refusal);
    }
  }
  const { rows, bad, fatal, roles } = files.value.job;
  const problems = [...files.value.job.problems, ...earlierOf(given, environment, files.value.job)];
  for (const problem of problems) output.problem(problem);
  tellMapping(roles, output);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (problems.length > 0) output.say(`\n${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}`);
  if (fatal) output.say('No row can be served until the headings, the list or the recipe as a whole are mended.');
  else output.say(`${counted(rows.length, 'row')} can be served, ${bad.size} cannot`);
  const unbound = rows.filter(({ mac }) => mac === null).length;
  if (unbound > 0)
    output.say(
      `${counted(unbound, 'row')} without a MAC: ${unbound === 1 ? 'it' : 'each'} goes to the next phone of its model that is plugged in`,
    );
  return errors === 0 ? exitCode.allPass : exitCode.someDidNot;
}

/** Writes what `--columns` says into the recipe; everything else in it stays as it was typed. */
async function remember(given: Given, text: string | undefined, environment: Surroundings['environment']): Promise<Result<undefined>> {
  const columns = columnsOf(textOf(given, 'columns'));
  const path = textOf(given, 'recipe');
  if (!columns.ok) return columns;
  if (columns.value === undefined || path === undefined || text === undefined) return usage('usage.remember');
  const edited = withColumns(text, columns.value);
  if (!edited.ok) return { ok: true, value: undefined }; // what is wrong with the recipe is told below
  try {
    await writeFile(pathFrom(environment, path), edited.text);
    return { ok: true, value: undefined };
  } catch (error) {
    return usage('file.unwritable', { path, reason: error instanceof Error && 'code' in error ? String(error.code) : String(error) });
  }
}
