/**
 * `npm run perf -- [--only NAME] [--json]`: measures the product side by side with its peers. Contestants take turns within a round and
 * the order moves on each round, so that what the machine does meanwhile falls on all of them; medians are compared. Ends with 1 when a
 * must does not hold.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contestant, type Figure, judge, type Measured, type Taken } from './figure.js';
import { figures } from './figures.js';
import { openLab, type PerfLab } from './lab.js';
import { installPeers } from './peers.js';

const { values: given } = parseArgs({
  options: { only: { type: 'string', multiple: true }, json: { type: 'boolean', default: false }, runs: { type: 'string' } },
});
const only = given.only?.flatMap((names) => names.split(','));
const unknown = only?.find((name) => !figures.some((figure) => figure.name === name));
if (unknown !== undefined) {
  process.stderr.write(`No figure is called ${unknown}; there are ${figures.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

process.exitCode = await main();

async function main(): Promise<number> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    process.stderr.write('The figures are measured between network namespaces, which takes root on Linux\n');
    return 2;
  }
  const peers = installPeers(resolve(import.meta.dirname, '../../out/perf-peers'), (text) => void process.stderr.write(`${text}\n`));
  process.env['PATH'] = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:${peers}`;
  await using lab = await openLab();
  const interrupted = async (): Promise<void> => {
    await lab[Symbol.asyncDispose]();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void interrupted());
  process.stderr.write(`Greatest receive buffer (net.core.rmem_max): ${lab.rmemMax} bytes\n`);
  let failed = false;
  for (const figure of figures) {
    if (only !== undefined && !only.includes(figure.name)) continue;
    const measured = await measure({ ...figure, runs: Number(given.runs ?? figure.runs) }, lab);
    if (given.json) process.stdout.write(`${JSON.stringify(measured)}\n`);
    else show(measured);
    failed ||= measured.holds === false;
  }
  return failed ? 1 : 0;
}

async function measure(figure: Figure, lab: PerfLab): Promise<Measured> {
  const nothing = { values: new Map(), failures: new Map() };
  const unable = figure.unable?.(lab);
  if (unable !== undefined) return { ...judge(figure, nothing), holds: null, reasons: [unable] };
  try {
    return judge(figure, await takeTurns(figure, await figure.contestants(lab)));
  } catch (error) {
    return { ...judge(figure, nothing), holds: false, reasons: [wordsOf(error)] };
  }
}

async function takeTurns({ name, unit, runs }: Figure, contestants: readonly Contestant[]): Promise<Taken> {
  const values = new Map<string, number[]>();
  const failures = new Map<string, string>();
  for (let round = 0; round < runs; round += 1) {
    const first = round % contestants.length;
    for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      if (failures.has(contestant.name)) continue;
      try {
        const value = await contestant.run();
        values.set(contestant.name, [...(values.get(contestant.name) ?? []), value]);
        process.stderr.write(`${name} ${round + 1}/${runs} ${contestant.name}: ${rounded(value)} ${unit}\n`);
      } catch (error) {
        failures.set(contestant.name, wordsOf(error));
      }
    }
  }
  return { values, failures };
}

function show({ figure, unit, ours, peers, ratio, must, aim, better, holds, reasons }: Measured): void {
  const verdict = holds === null ? "can't be said here" : holds ? 'holds' : 'DOES NOT HOLD';
  const lines = [`${figure}: ${verdict}`, `  ours ${rounded(ours)} ${unit}`];
  for (const [name, value] of Object.entries(peers))
    lines.push(`  ${name} ${rounded(value)} ${unit}; ratio ${rounded(ratio[name] ?? null)}${bounds(name)}`);
  if (unit in must) lines[1] += bounds(unit);
  for (const reason of reasons) lines.push(`  ${reason}`);
  process.stdout.write(`${lines.join('\n')}\n`);

  function bounds(name: string): string {
    if (must[name] === undefined) return '';
    const sign = better === 'higher' ? '>=' : '<=';
    return `, must ${sign} ${must[name]}${aim[name] === undefined ? '' : `, aim ${sign} ${aim[name]}`}`;
  }
}

function rounded(value: number | null): string {
  return value === null ? '-' : String(Number(value.toPrecision(4)));
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
