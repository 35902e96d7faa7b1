/**
 * The last check of the doctor: two virtual phones, one of them by TFTP and one by HTTP, go through a whole job on loopback, with the
 * real services, sockets and database of a bench that is there for this alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Check } from '../contract/problem.js';
import type { Clock } from '../services/service.js';
import { demoInput, demoSpeed, plugIn, startVirtualBench, type StartPhones } from './virtual.js';

export type RehearsalOptions = { readonly clock: Clock; readonly start: StartPhones; readonly patienceMs?: number };

const count = 2;
const patience = 30_000;
const lookEvery = 100;

/** Takes a few seconds, 30 at most; leaves nothing behind. */
export async function rehearse({ clock, start, patienceMs = patience }: RehearsalOptions): Promise<Check> {
  const folder = mkdtempSync(join(tmpdir(), 'benchtone-doctor-'));
  try {
    const { phones, input } = demoInput(count, 1);
    const started = await startVirtualBench({
      data: { folder, installationKey: randomBytes(32) },
      job: { kind: 'new', input, virtual: true },
      clock,
      speed: demoSpeed,
      onInterlock: () => undefined,
    });
    if (!started.ok) return { id: 'rehearsal', state: 'stop', code: started.refusal.code, params: started.refusal.params };
    await using bench = started.value;
    const program = plugIn(phones, bench, { seed: 1, fault: 0, speed: demoSpeed }, start);
    const { promise, resolve } = Promise.withResolvers<void>();
    const gone = program.ended.then(resolve);
    const ends = clock.after(patienceMs, resolve);
    const looks = setInterval(() => bench.isSettled() && resolve(), lookEvery);
    await promise;
    ends();
    clearInterval(looks);
    await program.stop();
    await gone;
    const { pass } = bench.counts();
    const params = { passed: pass, phones: count };
    return pass === count
      ? { id: 'rehearsal', state: 'ok', code: 'rehearsal.passed', params }
      : { id: 'rehearsal', state: 'stop', code: 'rehearsal.failed', params };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
