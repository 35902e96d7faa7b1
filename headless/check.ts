/** `check`: a dry run; every row with its problems, nothing is served. Exit 1 when a row cannot be served. */
import type { Given } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import { readJobFiles } from './job-files.js';
import type { Output } from './output.js';
import type { Surroundings } from './surroundings.js';
import { counted } from './words/counted.js';

export async function check(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const files = await readJobFiles(given, environment);
  if (!files.ok) {
    output.refuse(files.refusal);
    return exitCodeOf(files.refusal);
  }
  const { problems, rows, bad, fatal } = files.value.job;
  for (const problem of problems) output.problem(problem);
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
