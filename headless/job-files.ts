/** Reads the CSV and the recipe a command names, with a recipe's template beside it. */
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Refusal, Result } from '../engine/contract/problem.js';
import { isPlainName } from '../engine/profiles/beside.js';
import { decodeText } from '../engine/profiles/encoding.js';
import { readJob, type ReadJob } from '../engine/profiles/read-job.js';
import type { Kept } from '../engine/profiles/read-rows.js';
import { type Given, needed, textOf, usage } from './arguments.js';
import { columnsOf } from './mapping.js';
import { pathFrom } from './places.js';

export type JobFiles = {
  readonly job: ReadJob;
  /** The bytes it was read from. */
  readonly files: readonly Uint8Array[];
  /** The recipe as it is written, where there is one. */
  readonly recipeText?: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads both files; one that cannot be read is a refusal, what is wrong inside them are problems. `keep`: as of `readJob`. */
export async function readJobFiles(given: Given, environment: Environment, keep?: Kept): Promise<Result<JobFiles>> {
  const csvPath = needed(given, 'csv');
  if (!csvPath.ok) return csvPath;
  const csv = await readInput(pathFrom(environment, csvPath.value));
  if (!csv.ok) return csv;
  const recipePath = textOf(given, 'recipe');
  const recipe = recipePath === undefined ? undefined : await readInput(pathFrom(environment, recipePath));
  if (recipe !== undefined && !recipe.ok) return recipe;
  const folder = recipePath === undefined ? undefined : dirname(pathFrom(environment, recipePath));
  const text = recipe === undefined || recipePath === undefined ? undefined : recipeText(recipe.value, recipePath);
  if (text !== undefined && !text.ok) return text;
  const templates: Uint8Array[] = [];
  const unreadable: Refusal[] = [];
  const encoding = textOf(given, 'encoding');
  const columns = columnsOf(textOf(given, 'columns'));
  if (!columns.ok) return columns;
  const job = readJob(csv.value, text?.value, {
    ...(encoding === undefined ? {} : { encoding }),
    ...(columns.value === undefined ? {} : { columns: columns.value }),
    ...(keep === undefined ? {} : { keep }),
    readTemplate: (name) => {
      const bytes = folder === undefined ? undefined : readTemplate(folder, name);
      if (bytes === undefined) return undefined;
      templates.push(bytes);
      const read = recipeText(bytes, name);
      if (!read.ok) unreadable.push(read.refusal);
      return read.ok ? read.value : '';
    },
  });
  const [refusal] = unreadable;
  if (refusal !== undefined) return { ok: false, refusal };
  return {
    ok: true,
    value: {
      job,
      files: [csv.value, recipe?.value ?? new Uint8Array(0), ...templates],
      ...(text === undefined ? {} : { recipeText: text.value }),
    },
  };
}

async function readInput(path: string): Promise<Result<Uint8Array>> {
  try {
    return { ok: true, value: await readFile(path) };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return usage('file.unreadable', { path, reason });
  }
}

/** A recipe or template as text: by its byte-order mark, else as UTF-8; anything else is refused with the first line it spoils. */
function recipeText(bytes: Uint8Array, path: string): Result<string> {
  const decoded = decodeText(bytes);
  if (decoded.ok) return { ok: true, value: decoded.text };
  const line = Buffer.from(bytes).toString('utf8').split('\uFFFD')[0]?.split('\n').length ?? 1;
  return usage('recipe.encoding', { path, line });
}

/** A template lies beside its recipe: a plain file name, no way out of the folder. */
function readTemplate(folder: string, name: string): Uint8Array | undefined {
  if (!isPlainName(name)) return undefined;
  try {
    return readFileSync(join(folder, name));
  } catch {
    return undefined;
  }
}
