/** `demo`: a whole job on loopback, with virtual phones whose timers run 20 times faster. No privileges, no network. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoInput, demoSpeed, plugIn, startVirtualBench } from '../engine/bench/virtual.js';
import type { Refusal, Result } from '../engine/contract/problem.js';
import { systemClock } from '../engine/services/service.js';
import { installationKey } from '../engine/store/keys.js';
import { type Given, numberOf, textOf, usage } from './arguments.js';
import { exitCodeOf } from './exit.js';
import { ending } from './life.js';
import type { Output } from './output.js';
import { dataFolder, keyFile } from './places.js';
import { serve } from './serve.js';
import type { Surroundings } from './surroundings.js';
import { VirtualPhones } from './virtual-phones.js';
import { counted } from '../engine/contract/english/counted.js';

type Wishes = { readonly phones: number; readonly seed: number; readonly fault: number };
type Where = { readonly folder: string; readonly keyFile: string };

export async function demo(given: Given, output: Output, surroundings: Surroundings): Promise<number> {
  using end = ending();
  const wishes = read(given);
  if (!wishes.ok) return refuse(output, wishes.refusal);
  const { environment } = surroundings;
  const data = textOf(given, 'data');
  const scratch = mkdtempSync(join(tmpdir(), 'benchtone-demo-'));
  const where =
    data === undefined
      ? { folder: join(scratch, 'data'), keyFile: join(scratch, 'installation.key') }
      : { folder: dataFolder(environment, data), keyFile: keyFile(environment) };
  try {
    return await perform(wishes.value, where, output, surroundings, end);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function perform(
  { phones: count, seed, fault }: Wishes,
  where: Where,
  output: Output,
  { phonesProgram }: Surroundings,
  end: ReturnType<typeof ending>,
): Promise<number> {
  const key = installationKey(where.keyFile);
  if (!key.ok) return refuse(output, key.refusal);
  const { phones, input } = demoInput(count, seed);
  const bench = await startVirtualBench({
    data: { folder: where.folder, installationKey: key.value },
    job: { kind: 'new', input, virtual: true },
    clock: systemClock,
    speed: demoSpeed,
    onInterlock: (notice) => output.notice(notice),
  });
  if (!bench.ok) return refuse(output, bench.refusal);
  output.say(`Demo: ${counted(count, 'virtual phone')} on this computer alone, their timers ${demoSpeed} times faster than real ones.`);
  const record: VirtualPhones['record'][] = [];
  const virtual = plugIn(phones, bench.value, { seed, fault, speed: demoSpeed }, (args) => {
    const program = new VirtualPhones(phonesProgram, args);
    record.push(program.record);
    return program;
  });
  return serve({
    bench: bench.value,
    output,
    ending: end,
    untilDone: true,
    gone: virtual.ended,
    before: async () => {
      await virtual.stop();
      for (const line of record.flat()) output.line(line);
    },
  });
}

function read(given: Given): Result<Wishes> {
  const phones = numberOf(given, 'phones', { min: 1, max: 2000, whole: true }, 24);
  const seed = numberOf(given, 'seed', { min: 0, max: 4_294_967_295, whole: true }, undefined);
  const fault = numberOf(given, 'fault', { min: 0, max: 1, whole: false }, 0);
  for (const each of [phones, seed, fault]) if (!each.ok) return each;
  if (!phones.ok || !seed.ok || !fault.ok) return usage('usage.number');
  return { ok: true, value: { phones: phones.value, seed: seed.value ?? randomInt(1_000_000), fault: fault.value } };
}

function refuse(output: Output, refusal: Refusal): number {
  output.refuse(refusal);
  return exitCodeOf(refusal);
}
