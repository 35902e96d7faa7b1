/** The key list on disk: for its owner alone, in the clear or under a passphrase. */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { keyListCsv, keyRounds, lockKeyList, shortestPassphrase } from '../engine/bench/writing/key-list.js';
import type { Mac } from '../engine/contract/mac.js';
import type { Result } from '../engine/contract/problem.js';
import { Secret } from '../engine/contract/secret.js';
import type { KeyPair } from '../engine/profiles/phone-keys.js';
import { type Given, textOf, usage } from './arguments.js';
import type { Output } from './output.js';
import { pathFrom } from './places.js';
import { counted } from '../engine/contract/english/counted.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The first line of the file of `--passphrase`: an argument would stand in every list of processes. */
export async function passphraseOf(given: Given, environment: Environment): Promise<Result<Secret | undefined>> {
  const file = textOf(given, 'passphrase');
  if (file === undefined) return { ok: true, value: undefined };
  const path = pathFrom(environment, file);
  try {
    const [line = ''] = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/, 1);
    return line.length < shortestPassphrase
      ? usage('usage.passphrase', { least: shortestPassphrase })
      : { ok: true, value: new Secret(line) };
  } catch (error) {
    return usage('file.unreadable', { path, reason: reasonOf(error) });
  }
}

/** Writes the list, mode 0600 also where the file was there before, and says how it is opened. */
export async function writeKeyList(
  path: string,
  pairs: readonly (readonly [Mac, KeyPair])[],
  passphrase: Secret | undefined,
  output: Output,
): Promise<Result<undefined>> {
  if (pairs.length === 0) return usage('job.no-keys');
  const csv = keyListCsv(pairs);
  try {
    await writeFile(path, '', { mode: 0o600 });
    await chmod(path, 0o600);
    await writeFile(path, passphrase === undefined ? csv : await lockKeyList(csv, passphrase));
  } catch (error) {
    return usage('file.unwritable', { path, reason: reasonOf(error) });
  }
  output.say(`The keys of ${counted(pairs.length, 'phone')} in ${path}${passphrase === undefined ? ' (not encrypted: keep it safe)' : ''}`);
  if (passphrase !== undefined)
    output.say(`It is opened with: openssl enc -d -aes-256-cbc -md sha256 -pbkdf2 -iter ${keyRounds} -in ${path}`);
  return { ok: true, value: undefined };
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
