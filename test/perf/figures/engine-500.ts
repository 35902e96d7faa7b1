/**
 * Mass boot: 500 virtual phones (`Resync_Random_Delay` 0) powered on within half a second at one bench; time from power to the last
 * `pass` on the board, seconds. Ours is the whole product: the built `ui`, whose bench is started as the window starts it, with own DHCP,
 * journal and lease store in one namespace, at the pace of a real bench; the phones, a program of their own, in the other. No batch of the
 * board may bring news that is older than 250 ms, beyond what the machine held up a program that does nothing. Their own timers (power-up, restart, periodic resync) run 20 times
 * as fast as real phones', as in the demo: at real speed those timers alone, which no bench can shorten, take more than a minute.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { csvOf, phones, segmentRecipe } from '../../process/work-orders.js';
import type { Figure } from '../figure.js';
import type { PerfLab } from '../lab.js';

const count = 500;
const speed = 20;
/** Oldest news a batch of the board may bring, milliseconds. */
const mostLate = 250;
const watcher = join(import.meta.dirname, '../load/board-watch.ts');
const typescript = join(import.meta.dirname, '../../e2e/typescript.mjs');
const watched = z.object({
  first: z.number(),
  last: z.number(),
  latest: z.number(),
  longestGap: z.number(),
  batches: z.number(),
  held: z.number(),
});
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
  await using host = await lab.window();
  const address = await host.line(/^http:/);
  const watch = [process.execPath, '--import', typescript, watcher, address, csv, recipe, lab.server.device, String(count)];
  await using watching = lab.spawnServer(watch); // on the CPU of the bench, to be held up by what holds up the bench
  await watching.line(/running/);
  const argv = [...lab.benchtone, 'phones', '--interface', lab.client.device, '--csv', csv, '--seed', '7', '--speed', String(speed)];
  await using virtual = lab.spawnClient(argv);
  await virtual.line(/virtual phones/);
  const power = Date.now();
  const line = await watching.line(/"last"/, patience * 1000);
  await Promise.all([virtual.stop('SIGTERM'), host.stop('SIGTERM')]);
  const { first, last, latest, longestGap, batches, held } = watched.parse(JSON.parse(line));
  lab.note(
    `first ${(first - power) / 1000} s, last ${(last - power) / 1000} s; ${batches} batches, news at most ${latest} ms old, ${longestGap} ms between two; an idle program was held up for ${held} ms`,
  );
  if (latest - held > mostLate) throw new Error(`a batch brought news of ${latest} ms ago`);
  return (last - power) / 1000;
}
