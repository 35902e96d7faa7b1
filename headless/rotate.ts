/** `keys --rotate`: new keys for phones of a stored job, also while a bench is at work on it in another process. */
import { existsSync } from 'node:fs';
import { rotateStored } from '../engine/bench/rotate-stored.js';
import type { Rotated } from '../engine/bench/rotation.js';
import { openJobs } from '../engine/bench/stored-job.js';
import { type Mac, spellMac } from '../engine/contract/mac.js';
import type { Result } from '../engine/contract/problem.js';
import { dataRefusal, isDataFault } from '../engine/store/database.js';
import { lockFolder } from '../engine/store/lock.js';
import { type Given, textOf, usage } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import { macList } from './mac-list.js';
import type { Output } from './output.js';
import { dataFolder, keyFile } from './places.js';
import type { Surroundings } from './surroundings.js';
import { describeCode } from './words.js';
import { counted } from '../engine/contract/english/counted.js';

type Done = { readonly job: string; readonly rotated: readonly Rotated[] };

/** `phones` as it was written; of the latest job unless one is named. Exit 1 when a phone named, or all, got none. */
export async function rotate(phones: string, given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const together = ['out', 'passphrase'].find((option) => given[option] !== undefined);
  const macs = macList(phones, (value) => usage('usage.rotate', { value }));
  const folder = dataFolder(environment, textOf(given, 'data'));
  const done: Result<Done> =
    together !== undefined
      ? usage('usage.either', { option: '--rotate', other: `--${together}` })
      : macs.ok
        ? await rotateIn(folder, keyFile(environment), textOf(given, 'job'), macs.value === 'all' ? null : [...macs.value])
        : macs;
  if (!done.ok) {
    output.refuse(done.refusal);
    return exitCodeOf(done.refusal);
  }
  const { job, rotated } = done.value;
  for (const { mac, refused } of rotated) {
    output.line({ type: 'rotated', job, mac, refused: refused === null ? null : { code: refused.code, params: { ...refused.params } } });
    if (refused !== null) output.say(`${spellMac(mac)}: ${describeCode(refused.code, refused.params)}`);
  }
  const count = rotated.filter(({ refused }) => refused === null).length;
  output.say(`New keys for ${counted(count, 'phone')} of job ${job}`);
  if (count > 0) output.say('A bench that works on the job gives them out by itself. Export the key list again once the phones are ready.');
  const wanted = macs.ok && macs.value !== 'all' ? rotated.length : 1;
  return count >= wanted ? exitCode.allPass : exitCode.someDidNot;
}

async function rotateIn(folder: string, key: string, id: string | undefined, macs: readonly Mac[] | null): Promise<Result<Done>> {
  if (!existsSync(folder)) return usage('data.none', { folder });
  try {
    const opened = openJobs(folder, key, id);
    if (!opened.ok) return opened;
    using stored = opened.value;
    const rotated = await rotateStored({ ...stored, told: isAtWork(folder) }, macs, new Date().toISOString());
    return rotated.ok ? { ok: true, value: { job: stored.job.id, rotated: rotated.value } } : rotated;
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return { ok: false, refusal: dataRefusal(folder, error) };
  }
}

/** Whether a bench holds the folder. One that begins right then finds what was rotated, and a fact it knows already changes nothing. */
function isAtWork(folder: string): boolean {
  const lock = lockFolder(folder);
  if (!lock.ok) return true;
  lock.value[Symbol.dispose]();
  return false;
}
