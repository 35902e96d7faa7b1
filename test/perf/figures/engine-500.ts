/**
 * Mass boot: 500 virtual phones (`Resync_Random_Delay` 0) powered on within half a second at one bench; time from power to the last
 * `pass`, seconds. Ours is the whole product: the built `run` with own DHCP, journal and lease store in one namespace, at the pace of
 * a real bench; the phones, a program of their own, in the other. Their own timers (power-up, restart, periodic resync) run 20 times
 * as fast as real phones', as in the demo: at real speed those timers alone, which no bench can shorten, take more than a minute.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvOf, phones, segmentRecipe } from '../../process/work-orders.js';
import type { Figure } from '../figure.js';
import type { PerfLab } from '../lab.js';

const count = 500;
const speed = 20;
/** Longest time a boot may take before it counts as failed, in seconds. */
const patience = 150;

export const figure: Figure = {
  name: 'engine-500',
  unit: 'seconds',
  better: 'lower',
  must: { seconds: 60 },
  aim: { seconds: 30 },
  runs: 5,
  contestants: (lab) => Promise.resolve([{ name: 'ours', run: () => boot(lab) }]),
};

async function boot(lab: PerfLab): Promise<number> {
  const [csv, recipe] = [join(lab.folder, 'mass.csv'), join(lab.folder, 'mass.yaml')];
  writeFileSync(csv, csvOf(phones(count)));
  writeFileSync(recipe, segmentRecipe);
  const files = ['--csv', csv, '--recipe', recipe];
  await using bench = await lab.bench([...files, '--pool', '10.77.1.1-10.77.8.250', '--until-done', '--timeout', String(patience)]);
  const argv = [...lab.benchtone, 'phones', '--interface', lab.client.device, '--csv', csv, '--seed', '7', '--speed', String(speed)];
  await using virtual = lab.spawnClient(argv);
  await virtual.line(/virtual phones/);
  const power = Date.now();
  await bench.line(/"type":"summary"/, (patience + 10) * 1000);
  await virtual.stop('SIGTERM');
  const passed = new Map<string, number>();
  for (const line of bench.lines) {
    if (!line.startsWith('{"type":"device"')) continue;
    const { mac, verdict, at } = JSON.parse(line) as { mac: string; verdict: string; at: string };
    if (verdict === 'pass') passed.set(mac, Date.parse(at));
  }
  if (passed.size < count) throw new Error(`${passed.size} of ${count} phones passed`);
  const times = [...passed.values()].map((at) => (at - power) / 1000).sort((a, b) => a - b);
  const [median = 0, last = 0] = [times[count >> 1], times.at(-1)];
  lab.note(`first ${times[0]} s, median ${median} s, last ${last} s`);
  return last;
}
