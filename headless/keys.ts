/** `keys`: the keys of a stored job's phones, for the customer whose server encrypts for them; with `--rotate` new ones for the phones. */
import type { KeyPair } from '../engine/profiles/phone-keys.js';
import type { Mac } from '../engine/contract/mac.js';
import { type Given, needed, textOf } from './arguments.js';
import { counted } from '../engine/contract/english/counted.js';
import { exitCode, exitCodeOf } from './exit.js';
import { passphraseOf, writeKeyList } from './key-list.js';
import type { Output } from './output.js';
import { pathFrom } from './places.js';
import { storedSource } from './profile-input.js';
import { rotate } from './rotate.js';
import type { Surroundings } from './surroundings.js';

/** Of the latest job unless one is named. Exit 1 when a phone of the job has no keys yet, for it has no MAC. */
export async function keys(given: Given, output: Output, surroundings: Surroundings): Promise<number> {
  const wished = textOf(given, 'rotate');
  return wished === undefined ? await list(given, output, surroundings) : await rotate(wished, given, output, surroundings);
}

async function list(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const out = needed(given, 'out');
  const passphrase = await passphraseOf(given, environment);
  const source = out.ok && passphrase.ok ? storedSource(given, environment, textOf(given, 'job')) : undefined;
  for (const each of [out, passphrase, source]) {
    if (each === undefined || each.ok) continue;
    output.refuse(each.refusal);
    return exitCodeOf(each.refusal);
  }
  if (!out.ok || !passphrase.ok || source?.ok !== true) return exitCode.usage;
  const { rows, hasKeys, keysOf, unbound, unproven } = source.value;
  const pairs = rows.flatMap(({ mac }): (readonly [Mac, KeyPair])[] =>
    mac === null || !hasKeys(mac) ? [] : [[mac, keysOf(mac).customer]],
  );
  const written = await writeKeyList(pathFrom(environment, out.value), pairs, passphrase.value, output);
  if (!written.ok) {
    output.refuse(written.refusal);
    return exitCodeOf(written.refusal);
  }
  if (unproven > 0)
    output.say(
      `${counted(unproven, 'phone')} of them: not shown yet that the key is in the phone. Export the list again once they are ready`,
    );
  return unbound === 0 ? exitCode.allPass : exitCode.someDidNot;
}
