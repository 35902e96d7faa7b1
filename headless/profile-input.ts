/** What `profiles` works on: a list and a recipe, or a job that is stored. */
import { existsSync } from 'node:fs';
import { openStored } from '../engine/bench/stored-job.js';
import type { Applied } from '../engine/bench/writing/planner.js';
import type { Mac } from '../engine/contract/mac.js';
import type { Problem, Result } from '../engine/contract/problem.js';
import { packNamed } from '../engine/phones/packs.js';
import type { Recipe, Row } from '../engine/profiles/job.js';
import { neverRotated, newKeyPair, type PhoneKeys } from '../engine/profiles/phone-keys.js';
import type { Kept } from '../engine/profiles/read-rows.js';
import { newKey } from '../engine/store/keys.js';
import { type Given, textOf, usage } from './arguments.js';
import { readJobFiles } from './job-files.js';
import { dataFolder, keyFile } from './places.js';

type Environment = Readonly<Record<string, string | undefined>>;

export type ProfileSource = {
  /** Absent when it has an error. */
  readonly recipe: Recipe | undefined;
  /** Rows that can be served; those of a stored job with the MACs they were bound to. */
  readonly rows: readonly Row[];
  /** What the recipe made of rows when they were checked. */
  readonly applied: Applied;
  readonly unbound: number;
  readonly problems: readonly Problem[];
  readonly jobKey: Uint8Array;
  readonly keysOf: (mac: Mac) => PhoneKeys;
  /** Some model's files are encrypted. */
  readonly encrypts: boolean;
  /** Phones that have not shown yet that they have the keys they are to have. */
  readonly unproven: number;
  /** This phone's are: a job may encrypt for some models alone. */
  readonly hasKeys: (mac: Mac) => boolean;
};

/** `--job` names a stored job, whose phones have their keys; else the files are read, and keys made for this one time. */
export async function sourceOf(given: Given, environment: Environment): Promise<Result<ProfileSource>> {
  const job = textOf(given, 'job');
  if (job === undefined) return await fromFiles(given, environment);
  if (textOf(given, 'csv') !== undefined || textOf(given, 'recipe') !== undefined)
    return usage('usage.either', { option: '--job', other: '--csv' });
  return storedSource(given, environment, job);
}

/** A stored job's rows and keys; the latest job's where none is named. */
export function storedSource(given: Given, environment: Environment, job: string | undefined): Result<ProfileSource> {
  const folder = dataFolder(environment, textOf(given, 'data'));
  if (!existsSync(folder)) return usage('data.none', { folder });
  const stored = openStored(folder, keyFile(environment), job);
  if (!stored.ok) return stored;
  const { recipe, rows, jobKey, keys, unproven } = stored.value;
  return {
    ok: true,
    value: {
      recipe,
      rows,
      applied: new Map(),
      unbound: rows.filter(({ mac }) => mac === null).length,
      problems: [],
      jobKey,
      keysOf: (mac) => keys.get(mac) ?? missing(mac),
      encrypts: keys.size > 0,
      unproven,
      hasKeys: (mac) => keys.has(mac),
    },
  };
}

async function fromFiles(given: Given, environment: Environment): Promise<Result<ProfileSource>> {
  const applied: Kept = new Map();
  const read = await readJobFiles(given, environment, applied);
  if (!read.ok) return read;
  const { recipe, rows, problems } = read.value.job;
  const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
  return {
    ok: true,
    value: {
      recipe,
      rows,
      applied,
      unbound: rows.filter(({ mac }) => mac === null).length,
      problems,
      jobKey: newKey(),
      // No bench brings the second pair: the files are made for the one the list has.
      keysOf: () => {
        const pair = newKeyPair();
        return neverRotated(pair, pair);
      },
      hasKeys: () => true,
      encrypts: recipe !== undefined && rows.some(({ model }) => pack?.encryption(recipe, model) !== undefined),
      unproven: 0,
    },
  };
}

function missing(mac: Mac): never {
  throw new Error(`the stored job has no keys for ${mac}`);
}
