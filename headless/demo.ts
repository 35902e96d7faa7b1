/** `demo`: a whole job on loopback, with virtual phones whose timers run 20 times faster. No privileges, no network. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBench } from '../engine/bench.js';
import type { Result } from '../engine/contract/problem.js';
import { findPlace, listPlaces, parsePool, type Place, type Pool } from '../engine/network/places.js';
import { readJob } from '../engine/profiles/read-job.js';
import { systemClock } from '../engine/services/service.js';
import { installationKey } from '../engine/store/keys.js';
import { type Given, numberOf, textOf, usage } from './arguments.js';
import { demoCsv, demoPhones, demoRecipe } from './demo-job.js';
import { exitCode, exitCodeOf } from './exit.js';
import { ending } from './life.js';
import type { Output } from './output.js';
import { dataFolder, keyFile } from './places.js';
import { serve } from './serve.js';
import type { Surroundings } from './surroundings.js';
import { VirtualPhones } from './virtual-phones.js';
import { counted } from './words/fill.js';

/** How many times faster than real phones' timers. */
const speed = 20;

type Wishes = { readonly phones: number; readonly seed: number; readonly fault: number };

export async function demo(given: Given, output: Output, surroundings: Surroundings): Promise<number> {
  using end = ending();
  const wishes = read(given);
  const place = loopback();
  for (const each of [wishes, place]) {
    if (each.ok) continue;
    output.refuse(each.refusal);
    return exitCodeOf(each.refusal);
  }
  if (!wishes.ok || !place.ok) return exitCode.usage;
  const scratch = mkdtempSync(join(tmpdir(), 'benchtone-demo-'));
  try {
    return await perform(wishes.value, place.value, scratch, textOf(given, 'data'), output, surroundings, end);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function perform(
  { phones, seed, fault }: Wishes,
  place: Place,
  scratch: string,
  data: string | undefined,
  output: Output,
  { environment, phonesProgram }: Surroundings,
  end: ReturnType<typeof ending>,
): Promise<number> {
  const csv = demoCsv(demoPhones(phones, seed));
  const job = readJob(Buffer.from(csv), demoRecipe);
  const key = installationKey(data === undefined ? join(scratch, 'installation.key') : keyFile(environment));
  const pool = partOfLoopback(place);
  for (const each of [key, pool]) {
    if (each.ok) continue;
    output.refuse(each.refusal);
    return exitCodeOf(each.refusal);
  }
  if (!key.ok || !pool.ok || job.recipe === undefined) return exitCode.usage;
  const bench = await startBench({
    place,
    pool: pool.value,
    ports: { dhcp: 0, tftp: 0, http: 0, syslog: 0 },
    dhcp: true,
    data: { folder: data === undefined ? join(scratch, 'data') : dataFolder(environment, data), installationKey: key.value },
    input: { recipe: job.recipe, rows: job.rows, files: [Buffer.from(csv), Buffer.from(demoRecipe)] },
    newJob: true,
    unlisted: 'ignore',
    clock: systemClock,
    pace: speed,
    onInterlock: (refusal) => output.interlock(refusal),
  });
  if (!bench.ok) {
    output.refuse(bench.refusal);
    return exitCodeOf(bench.refusal);
  }
  output.say(`Demo: ${counted(phones, 'virtual phone')} on this computer alone, their timers ${speed} times faster than real ones.`);
  const phonesCsv = join(scratch, 'phones.csv');
  writeFileSync(
    phonesCsv,
    demoPhones(phones, seed)
      .map(({ mac, model }) => `${mac},${model}\n`)
      .reduce((all, line) => all + line, 'mac,model\n'),
  );
  const virtual = new VirtualPhones(phonesProgram, {
    relay: `${place.address}:${bench.value.ports.dhcp ?? 0}`,
    csv: phonesCsv,
    seed,
    fault,
    speed,
  });
  const code = await serve({
    bench: bench.value,
    output,
    ending: end,
    untilDone: true,
    gone: virtual.ended,
    before: async () => {
      for (const line of await virtual.end()) output.line(line);
    },
  });
  await virtual.end();
  return code;
}

function read(given: Given): Result<Wishes> {
  const phones = numberOf(given, 'phones', { min: 1, max: 2000, whole: true }, 24);
  const seed = numberOf(given, 'seed', { min: 0, max: 4_294_967_295, whole: true }, undefined);
  const fault = numberOf(given, 'fault', { min: 0, max: 1, whole: false }, 0);
  for (const each of [phones, seed, fault]) if (!each.ok) return each;
  if (!phones.ok || !seed.ok || !fault.ok) return usage('usage.number');
  return { ok: true, value: { phones: phones.value, seed: seed.value ?? randomInt(1_000_000), fault: fault.value } };
}

/** A stretch of 127.77.0.0/16 of its own, so that demos side by side do not take each other's addresses. */
function partOfLoopback(place: Place): Result<Pool> {
  const first = randomInt(248);
  return parsePool(`127.77.${first}.1-127.77.${first + 8}.254`, place);
}

function loopback(): Result<Place> {
  const places = listPlaces();
  const name = places.find(({ address }) => address === '127.0.0.1')?.interface ?? 'lo';
  return findPlace(name, '127.0.0.1/8', places);
}
