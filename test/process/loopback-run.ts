/** A `run` on loopback with virtual phones beside it. */
import { freePorts, spellPorts } from './ports.js';
import { options, type Running, type Scratch } from './programs.js';

export type LoopbackRun = {
  readonly bench: Running;
  readonly virtual: Running;
  /** `run` and its arguments, for starting it again. */
  readonly args: readonly string[];
};

/** Runs until every phone of the CSV has passed; the bench serves on. `third`: the pool is 127.77.THIRD.x. */
export async function runUntilAllPass(
  scratch: Scratch,
  job: { readonly csv: string; readonly recipe: string; readonly count: number; readonly third: number; readonly record?: string },
): Promise<LoopbackRun> {
  const { csv, recipe, count, third, record } = job;
  const ports = await freePorts();
  const place = { interface: 'lo', address: '127.0.0.1/8', ports: spellPorts(ports), pool: `127.77.${third}.1-127.77.${third}.250` };
  const args = [
    'run',
    ...options({ csv, recipe, ...place, data: scratch.path('data'), json: true, ...(record === undefined ? {} : { record }) }),
  ];
  const bench = scratch.benchtone(args);
  await bench.ready();
  const virtual = scratch.benchtone([
    'phones',
    '--relay',
    `127.0.0.1:${ports.dhcp}`,
    '--csv',
    csv,
    '--speed',
    '20',
    '--seed',
    '7',
    '--json',
  ]);
  const passed = (): boolean => [...bench.latest('device').values()].filter(({ verdict }) => verdict === 'pass').length === count;
  await bench.until('all have passed', passed);
  return { bench, virtual, args };
}
