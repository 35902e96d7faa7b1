/** What a list has in common with earlier jobs of the data folder. */
import { existsSync } from 'node:fs';
import { earlierJobsIn } from '../engine/bench/earlier-jobs.js';
import type { Problem } from '../engine/contract/problem.js';
import type { ReadJob } from '../engine/profiles/read-job.js';
import { finish } from '../engine/profiles/slices.js';
import { installationKey } from '../engine/store/keys.js';
import { type Given, textOf } from './arguments.js';
import { dataFolder, keyFile } from './places.js';

/** Warnings of rows whose phone, extension or user was in a job before; nothing is made where there is no folder or no key yet. */
export function earlierOf(
  given: Given,
  environment: Readonly<Record<string, string | undefined>>,
  { recipe, rows, columns }: ReadJob,
): readonly Problem[] {
  if (recipe === undefined) return [];
  const file = keyFile(environment);
  const key = existsSync(file) ? installationKey(file) : undefined;
  return finish(
    earlierJobsIn(dataFolder(environment, textOf(given, 'data')), key?.ok === true ? key.value : undefined, { recipe, rows, columns }),
  );
}
