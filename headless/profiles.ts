/** `profiles`: the per-device profiles as the phones would get them, and a manifest that holds no secret. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvText } from '../engine/bench/csv-text.js';
import { Order, type Prepared } from '../engine/bench/order.js';
import type { Mac } from '../engine/contract/mac.js';
import type { Made } from '../engine/phones/pack.js';
import { packNamed } from '../engine/phones/packs.js';
import { newKey } from '../engine/store/keys.js';
import { makeFolder } from '../engine/store/make-folder.js';
import { type Given, needed, numberOf, usage } from './arguments.js';
import { someBench } from './asks.js';
import { exitCode, exitCodeOf } from './exit.js';
import { readJobFiles } from './job-files.js';
import type { Output } from './output.js';
import { pathFrom } from './places.js';
import type { Surroundings } from './surroundings.js';
import { counted } from './words/counted.js';

type File = { readonly name: string; readonly bytes: Uint8Array };

/** Exit 1 when a row has no file: it has an error, or no MAC to name it by. */
export async function profiles(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const out = needed(given, 'out');
  const jobs = numberOf(given, 'jobs', { min: 1, max: 64, whole: true }, 8);
  const read = await readJobFiles(given, environment);
  for (const each of [out, jobs, read]) {
    if (each === undefined || each.ok) continue;
    output.refuse(each.refusal);
    return exitCodeOf(each.refusal);
  }
  if (!read.ok || !out.ok || !jobs.ok) return exitCode.usage;
  for (const problem of read.value.job.problems) output.problem(problem);
  const { recipe, rows, problems } = read.value.job;
  const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
  if (recipe === undefined || pack === undefined) return exitCode.someDidNot;
  const order = new Order(pack, recipe, rows, newKey());
  const folder = pathFrom(environment, out.value);
  const manifest: string[][] = [['row', 'line', 'mac', 'model', 'device_file', 'hand_off_file', 'asked_as']];
  const files: File[] = [];
  for (const mac of order.macs()) {
    const [device, handOff] = filesOf(order, mac);
    const prepared = order.of(mac);
    if (device === undefined || handOff === undefined || prepared === undefined) continue;
    files.push(device, handOff);
    const { row } = prepared;
    manifest.push([String(row.row), String(row.line), mac, row.model, device.name, handOff.name, askedAs(order, prepared)]);
  }
  files.push({ name: 'manifest.csv', bytes: Buffer.from(csvText(manifest)) });
  const written = await writeAll(folder, files, jobs.value);
  if (!written.ok) {
    output.refuse(written.refusal);
    return exitCodeOf(written.refusal);
  }
  output.say(`${counted(manifest.length - 1, 'phone')}, ${counted(files.length, 'file')} in ${folder} (they hold passwords)`);
  if (order.unbound > 0) output.say(`${counted(order.unbound, 'row')} without a MAC, so without a file`);
  const lacking = order.unbound > 0 || problems.some(({ severity }) => severity === 'error');
  return lacking ? exitCode.someDidNot : exitCode.allPass;
}

/** The address under which the phone asks for its profile once it stands with the customer; empty where the recipe names none. */
function askedAs({ pack, recipe }: Order, { compiled, row }: Prepared): string {
  const rule = pack.asks(recipe, compiled, row, someBench).find(({ stage, tag }) => stage === 'production' && tag === 'Profile_Rule');
  const url = rule?.cases[0]?.url ?? '';
  return url.includes('://') ? url : '';
}

function filesOf(order: Order, mac: Mac): readonly File[] {
  const prepared = order.of(mac);
  if (prepared === undefined) return [];
  const packed = (made: Made): Uint8Array => order.packed(made, prepared.compiled.model).bytes;
  return [
    { name: `${mac}.xml`, bytes: packed(order.deviceFile(prepared)) },
    { name: `handoff/${mac}.xml`, bytes: packed(order.pack.handOff(prepared.compiled)) },
  ];
}

/** Profiles hold passwords: the folder and the files are for their owner alone. */
async function writeAll(folder: string, files: readonly File[], atOnce: number): Promise<{ ok: true } | ReturnType<typeof usage>> {
  try {
    makeFolder(join(folder, 'handoff'));
    const waiting = [...files];
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
          await writeFile(join(folder, file.name), file.bytes, { mode: 0o600 });
      }),
    );
    return { ok: true };
  } catch (error) {
    return usage('file.unwritable', {
      path: folder,
      reason: error instanceof Error && 'code' in error ? String(error.code) : String(error),
    });
  }
}
