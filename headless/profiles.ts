/** `profiles`: the per-device profiles as the phones would get them, a manifest that holds no secret, and the list of the keys. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvText } from '../engine/bench/csv-text.js';
import { type FileKind, fileKinds, fileName } from '../engine/bench/writing/files.js';
import type { Batch, PlainKeys } from '../engine/bench/writing/planner.js';
import { batchRows, Crew } from '../engine/bench/writing/write.js';
import type { Mac } from '../engine/contract/mac.js';
import type { Result } from '../engine/contract/problem.js';
import { packNamed } from '../engine/phones/packs.js';
import type { Recipe, Row } from '../engine/profiles/job.js';
import type { KeyPair, PhoneKeys } from '../engine/profiles/phone-keys.js';
import { makeFolder } from '../engine/store/make-folder.js';
import { type Given, needed, numberOf, textOf, usage } from './arguments.js';
import { someBench } from './asks.js';
import { exitCode, exitCodeOf } from './exit.js';
import { passphraseOf, writeKeyList } from './key-list.js';
import type { Output } from './output.js';
import { pathFrom } from './places.js';
import { type ProfileSource, sourceOf } from './profile-input.js';
import type { Surroundings } from './surroundings.js';
import { counted } from '../engine/contract/english/counted.js';

type Task = {
  readonly source: ProfileSource;
  readonly folder: string;
  readonly kinds: readonly FileKind[];
  readonly crew: Crew;
};

/** Exit 1 when a row has no file: it has an error, or no MAC to name it by. */
export async function profiles(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const out = needed(given, 'out');
  const threads = numberOf(given, 'jobs', { min: 1, max: 64, whole: true }, 2);
  const kinds = kindsOf(textOf(given, 'kinds'));
  const passphrase = await passphraseOf(given, environment);
  await using crew = new Crew(threads.ok ? threads.value : 0); // ready by the time the list is read
  const source = await sourceOf(given, environment);
  for (const each of [out, threads, kinds, passphrase, source]) {
    if (each.ok) continue;
    output.refuse(each.refusal);
    return exitCodeOf(each.refusal);
  }
  if (!source.ok || !out.ok || !threads.ok || !kinds.ok || !passphrase.ok) return exitCode.usage;
  for (const problem of source.value.problems) output.problem(problem);
  if (source.value.recipe === undefined) return exitCode.someDidNot;
  const task = { source: source.value, folder: pathFrom(environment, out.value), kinds: kinds.value, crew };
  const pairs: [Mac, KeyPair][] = [];
  const written = await writeAll(task, pairs);
  if (!written.ok) {
    output.refuse(written.refusal);
    return exitCodeOf(written.refusal);
  }
  output.say(`${counted(written.value.phones, 'phone')}, ${counted(written.value.files, 'file')} in ${task.folder} (they hold passwords)`);
  const keysAt = textOf(given, 'keys');
  if (keysAt === undefined && pairs.length > 0)
    output.say('The files are encrypted, and their keys were not kept: nobody can open them. Say --keys FILE');
  if (keysAt !== undefined) {
    const kept = await writeKeyList(pathFrom(environment, keysAt), pairs, passphrase.value, output);
    if (!kept.ok) {
      output.refuse(kept.refusal);
      return exitCodeOf(kept.refusal);
    }
  }
  if (source.value.unbound > 0) output.say(`${counted(source.value.unbound, 'row')} without a MAC, so without a file`);
  const lacking = source.value.unbound > 0 || source.value.problems.some(({ severity }) => severity === 'error');
  return lacking ? exitCode.someDidNot : exitCode.allPass;
}

/** `--kinds device,production`; what the bench serves unless said. */
function kindsOf(text: string | undefined): Result<readonly FileKind[]> {
  if (text === undefined) return { ok: true, value: ['device', 'handOff', 'install'] };
  const named = text.split(',').map((each) => each.trim());
  const unknown = named.find((each) => !fileKinds.some((kind) => kind === each));
  return unknown === undefined
    ? { ok: true, value: fileKinds.filter((kind) => named.includes(kind)) }
    : usage('usage.choice', { option: '--kinds', value: unknown, choices: fileKinds.join(', ') });
}

/** Profiles hold passwords: the folder and the files are for their owner alone. */
async function writeAll(
  { source, folder, kinds, crew }: Task,
  pairs: [Mac, KeyPair][],
): Promise<Result<{ readonly phones: number; readonly files: number }>> {
  const { recipe, jobKey, applied } = source;
  if (recipe === undefined) throw new Error('without a recipe nothing is written');
  const unwritable = (reason: string): ReturnType<typeof usage> => usage('file.unwritable', { path: folder, reason });
  const manifest: string[][] = [['row', 'line', 'mac', 'model', ...kinds.map((kind) => columnOf[kind]), 'asked_as']];
  try {
    makeFolder(folder);
    for (const name of foldersOf(kinds, source.encrypts)) makeFolder(join(folder, name));
    const next = batches(source, kinds, manifest, pairs);
    const written = await crew.write({ recipe, jobKey, folder, kinds, next, applied });
    if ('reason' in written) return unwritable(written.reason);
    await writeFile(join(folder, 'manifest.csv'), csvText(manifest), { mode: 0o600 });
    return { ok: true, value: { phones: manifest.length - 1, files: written.files + 1 } };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return unwritable(String(error.code));
  }
}

const columnOf: Readonly<Record<FileKind, string>> = {
  device: 'device_file',
  handOff: 'hand_off_file',
  install: 'install_file',
  production: 'production_file',
  parts: 'phone_part_file',
};

/** The folders its files lie in. */
function foldersOf(kinds: readonly FileKind[], encrypts: boolean): string[] {
  return kinds.flatMap((kind) => {
    if (kind === 'parts') return ['model', 'phone', ...(encrypts ? ['common', 'customer'] : [])].map((part) => `parts/${part}`);
    return kind === 'device' || (kind === 'install' && !encrypts) ? [] : kind.toLowerCase();
  });
}

/** Hands out the rows, so many at a time, with the keys of those that are encrypted. */
function batches({ recipe, rows, keysOf }: ProfileSource, kinds: readonly FileKind[], manifest: string[][], pairs: [Mac, KeyPair][]) {
  const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
  let at = 0;
  return (): Batch | undefined => {
    const some = rows.slice(at, at + batchRows);
    at += batchRows;
    if (some.length === 0 || recipe === undefined) return undefined;
    const keys: [Mac, PlainKeys][] = [];
    for (const each of some) {
      const { row, line, mac, model } = each;
      if (mac === null) continue;
      const encrypted = pack?.encryption(recipe, model) !== undefined;
      const own = encrypted ? keysOf(mac) : undefined;
      if (own !== undefined) {
        keys.push([mac, plain(own)]);
        pairs.push([mac, own.customer]);
      }
      const files = kinds.map((kind) => (kind === 'install' && own === undefined ? '' : fileName(kind, mac)));
      manifest.push([String(row), String(line), mac, model, ...files, askedAs(recipe, each)]);
    }
    return { rows: some.filter(hasMac), keys };
  };
}

/** The address under which the phone asks for its profile once it stands with the customer; empty where the recipe names none. */
function askedAs(recipe: Recipe, row: Row): string {
  const pack = packNamed(recipe.phones);
  const compiled = pack?.compile(recipe, row).compiled;
  if (pack === undefined || compiled === undefined) return '';
  const says = ({ tag }: { readonly tag: string }): boolean => tag === 'Profile_Rule';
  if (!compiled.device.some(says) && !compiled.handOff.some(says)) return ''; // the factory's names no server
  const rule = pack.asks(recipe, compiled, row, someBench).find(({ stage, tag }) => stage === 'production' && tag === 'Profile_Rule');
  const url = rule?.cases[0]?.url ?? '';
  return url.includes('://') ? url : '';
}

function hasMac({ mac }: Row): boolean {
  return mac !== null;
}

function plain({ bench, customer }: PhoneKeys): PlainKeys {
  return [bench.key.reveal(), bench.directory.reveal(), customer.key.reveal(), customer.directory.reveal()];
}
