/**
 * A bench for virtual phones: on loopback, on ports of its own, at the phones' pace; and the phones themselves, a program of their own
 * that the host starts. The demo of the command line and of the window are this one.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchOptions } from '../bench.js';
import type { Result } from '../contract/problem.js';
import { findPlace, listPlaces, type Place } from '../network/places.js';
import { demoCsv, demoPhones, demoRecipe } from '../phones/demo.js';
import { readJob } from '../profiles/read-job.js';
import type { JobInput } from './job.js';
import { startOnPart } from './loopback-start.js';

/** How many times faster than real phones' timers, unless somebody says. */
export const demoSpeed = 20;

/** A running program of virtual phones. */
export type PhonesProgram = {
  /** Resolves when the program is gone, however that came. */
  readonly ended: Promise<void>;
  /** Ends it; resolves when it is gone. Safe to call twice. */
  stop(): Promise<void>;
};

/** Starts the program of the virtual phones with these arguments; how, the host knows. */
export type StartPhones = (args: readonly string[]) => PhonesProgram;

/** One virtual phone to be. */
export type VirtualPhone = { readonly mac: string; readonly model: string };

/** How they are played: the same seed deals the same faults. */
export type Play = { readonly seed: number; readonly fault: number; readonly speed: number };

/** A demo's phones and the job that prepares them. */
export function demoInput(count: number, seed: number): { readonly phones: readonly VirtualPhone[]; readonly input: JobInput } {
  const phones = demoPhones(count, seed);
  const csv = demoCsv(phones);
  const { recipe, rows } = readJob(Buffer.from(csv), demoRecipe);
  if (recipe === undefined) throw new Error('the recipe of the demo is not sound');
  return { phones, input: { recipe, rows, files: [Buffer.from(csv), Buffer.from(demoRecipe)] } };
}

export type VirtualBenchOptions = Pick<BenchOptions, 'data' | 'job' | 'clock' | 'onInterlock' | 'limits'> & {
  readonly speed: number;
};

/** Starts a bench on loopback; no privileges, no network. */
export async function startVirtualBench({ speed, ...options }: VirtualBenchOptions): Promise<Result<Bench>> {
  const place = loopback();
  if (!place.ok) return place;
  return startOnPart({
    ...options,
    place: place.value,
    ports: { dhcp: 0, tftp: 0, http: 0, syslog: 0 },
    dhcp: true,
    unlisted: 'ignore',
    pace: speed,
  });
}

/** Plugs the phones in at a bench on loopback. What the program reads of them is gone again when it is stopped. */
export function plugIn(phones: readonly VirtualPhone[], { place, ports }: Bench, play: Play, start: StartPhones): PhonesProgram {
  const folder = mkdtempSync(join(tmpdir(), 'benchtone-phones-'));
  const csv = join(folder, 'phones.csv');
  writeFileSync(csv, ['mac,model', ...phones.map(({ mac, model }) => `${mac},${model}`), ''].join('\n'));
  const given = { relay: `${place.address}:${ports.dhcp ?? 0}`, csv, seed: play.seed, fault: play.fault, speed: play.speed };
  const program = start([...Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)]), '--json']);
  return {
    ended: program.ended,
    async stop() {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function loopback(): Result<Place> {
  const places = listPlaces();
  const name = places.find(({ address }) => address === '127.0.0.1')?.interface ?? 'lo';
  return findPlace(name, '127.0.0.1/8', places);
}
