/** `check`: a dry run; every row with its problems, nothing is served. Exit 1 when a row cannot be served. */
import type { Given } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import { readJobFiles } from './job-files.js';
import type { Output } from './output.js';
import type { Surroundings } from './surroundings.js';

export async function check(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const files = await readJobFiles(given, environment);
  if (!files.ok) {
    output.refuse(files.refusal);
    return exitCodeOf(files.refusal);
  }
  const { problems, rows, bad } = files.value.job;
  for (const problem of problems) output.problem(problem);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  output.say(`${rows.length} rows can be served, ${bad.size} cannot, ${errors} errors, ${problems.length - errors} warnings`);
  return errors === 0 ? exitCode.allPass : exitCode.someDidNot;
}
