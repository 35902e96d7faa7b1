/** Reads the CSV and the recipe a command names, with a recipe's template beside it. */
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Result } from '../engine/contract/problem.js';
import { readJob, type ReadJob } from '../engine/profiles/read-job.js';
import { type Given, needed, textOf, usage } from './arguments.js';
import { pathFrom } from './places.js';

export type JobFiles = {
  readonly job: ReadJob;
  /** The bytes it was read from. */
  readonly files: readonly Uint8Array[];
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads both files; one that cannot be read is a refusal, what is wrong inside them are problems. */
export async function readJobFiles(given: Given, environment: Environment): Promise<Result<JobFiles>> {
  const csvPath = needed(given, 'csv');
  if (!csvPath.ok) return csvPath;
  const csv = await readInput(pathFrom(environment, csvPath.value));
  if (!csv.ok) return csv;
  const recipePath = textOf(given, 'recipe');
  const recipe = recipePath === undefined ? undefined : await readInput(pathFrom(environment, recipePath));
  if (recipe !== undefined && !recipe.ok) return recipe;
  const folder = recipePath === undefined ? undefined : dirname(pathFrom(environment, recipePath));
  const templates: Uint8Array[] = [];
  const encoding = textOf(given, 'encoding');
  const job = readJob(csv.value, recipe === undefined ? undefined : Buffer.from(recipe.value).toString('utf8'), {
    ...(encoding === undefined ? {} : { encoding }),
    readTemplate: (name) => {
      const bytes = folder === undefined ? undefined : readTemplate(folder, name);
      if (bytes !== undefined) templates.push(bytes);
      return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
    },
  });
  return { ok: true, value: { job, files: [csv.value, recipe?.value ?? new Uint8Array(0), ...templates] } };
}

async function readInput(path: string): Promise<Result<Uint8Array>> {
  try {
    return { ok: true, value: await readFile(path) };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return usage('file.unreadable', { path, reason });
  }
}

/** A template lies beside its recipe: a plain file name, no way out of the folder. */
function readTemplate(folder: string, name: string): Uint8Array | undefined {
  if (/[/\\\0]/.test(name) || name === '..' || name === '.') return undefined;
  try {
    return readFileSync(join(folder, name));
  } catch {
    return undefined;
  }
}
