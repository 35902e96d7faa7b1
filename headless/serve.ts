/** What `run` and `demo` have in common: report each change, end when it is time, print the summary. */
import { looksSame, viewOf } from '../engine/bench/board.js';
import type { Bench } from '../engine/bench.js';
import type { PortName } from '../engine/bench/services.js';
import { exitCode } from './exit.js';
import type { EndedBy, Ending } from './life.js';
import type { Output } from './output.js';
import { sayLoad } from './load-text.js';
import { Progress } from './progress.js';
import { counted } from '../engine/contract/english/counted.js';

export type ServeOptions = {
  readonly bench: Bench;
  readonly output: Output;
  readonly ending: Ending;
  /** Lines of the list that were left out for their errors. */
  readonly leftOut?: number;
  /** Said once everything serves. */
  readonly hint?: string;
  /** End once nothing more is to be waited for. */
  readonly untilDone: boolean;
  /** End after so many seconds. */
  readonly timeoutSeconds?: number;
  /** Something the work cannot go on without has ended by itself. */
  readonly gone?: Promise<void>;
  /** Done between the end of the work and the summary, while the bench still serves. */
  readonly before?: () => Promise<void>;
};

/** Why serving ended. */
type End = 'done' | 'timeout' | 'gone' | EndedBy;

const endWords: Readonly<Partial<Record<End, string>>> = {
  signal: 'Ended by hand.',
  orphaned: 'Ended, for the program that started it is gone.',
  gone: 'The virtual phones ended by themselves.',
};

/** How often the end is looked for, in milliseconds. */
const lookEveryMs = 200;

/** Serves until the end; gives the exit code. The bench is closed by then. */
export async function serve({
  bench,
  output,
  ending,
  leftOut = 0,
  hint,
  untilDone,
  timeoutSeconds,
  gone,
  before,
}: ServeOptions): Promise<number> {
  const started = performance.now();
  tellReady(bench, output);
  const leftOutText = leftOut === 0 ? '' : `${counted(leftOut, 'row')} of the list left out for errors`;
  if (leftOutText !== '') output.say(`${leftOutText}: see above`);
  if (hint !== undefined) output.say(hint);
  const progress = new Progress(
    output,
    () => bench.counts(),
    (mac) => bench.order.lineOf(mac),
  );
  const told = new Map(bench.devices().map((device) => [device.mac, JSON.stringify(viewOf(device))]));
  bench.onChange(({ at }, device, before) => {
    if (looksSame(device, before) && told.has(device.mac)) return;
    const view = viewOf(device);
    const text = JSON.stringify(view);
    if (told.get(device.mac) === text) return;
    told.set(device.mac, text);
    if (output.json) output.text(`{"type":"device","at":"${at}",${text.slice(1)}`);
    progress.device(view);
  });
  using _load = sayLoad(
    () => bench.load(),
    (text) => progress.say(text),
  );
  const ended = [ending.promise, ...(gone === undefined ? [] : [gone.then(() => 'gone' as const)])];
  const why = await theEnd(bench, ended, untilDone, timeoutSeconds);
  const words = { ...endWords, timeout: `The time given (${timeoutSeconds ?? 0} s) is over.` }[why];
  if (words !== undefined) output.say(`\n${words}`);
  await before?.();
  const counts = bench.counts();
  progress.handsNeeded(bench.devices().map(viewOf), counts);
  await bench[Symbol.asyncDispose]();
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (output.notices.length > 0) output.say('\nTo look at:');
  for (const words of output.notices) output.say(`  ${words}`);
  progress.summary(counts, seconds, leftOutText);
  output.line({ type: 'summary', job: bench.job.id, ...counts, seconds });
  return counts.pass === counts.devices ? exitCode.allPass : exitCode.someDidNot;
}

function tellReady(bench: Bench, output: Output): void {
  const { place, ports, job } = bench;
  const { devices, pass } = bench.counts();
  output.line({ type: 'ready', job: job.id, pid: process.pid, interface: place.interface, address: place.address, ports: { ...ports } });
  const open = (Object.entries(ports) as [PortName, number][]).map(([name, port]) => `${name} ${port}`).join(', ');
  const revision = job.revision === 1 ? '' : `revision ${job.revision}, `;
  const so = bench.resumed ? `${revision}going on, ${pass} of ${counted(devices, 'phone')} ready` : counted(devices, 'phone');
  output.say(`Job ${job.id}, ${job.name}: ${so}`);
  output.say(`Serving on ${place.interface}, ${place.address}: ${open}`);
}

async function theEnd(bench: Bench, ends: readonly Promise<End>[], untilDone: boolean, timeoutSeconds: number | undefined): Promise<End> {
  const { promise, resolve } = Promise.withResolvers<End>();
  const look = setInterval(() => {
    if (untilDone && bench.isSettled()) resolve('done');
  }, lookEveryMs);
  const timeout = timeoutSeconds === undefined ? undefined : setTimeout(() => resolve('timeout'), timeoutSeconds * 1000);
  const why = await Promise.race([promise, ...ends]);
  clearInterval(look);
  clearTimeout(timeout);
  return why;
}
