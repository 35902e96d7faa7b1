/** `report`: what happened to each phone of a job, from its journal alone. */
import { type Counts, countsOf, type DeviceView, viewOf } from '../engine/bench/board.js';
import { evidenceNames } from '../engine/contract/evidence.js';
import { spellMac } from '../engine/contract/mac.js';
import { openReport } from '../engine/bench/report.js';
import { choiceOf, type Given, textOf, usage } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import type { Output } from './output.js';
import { dataFolder, keyFile } from './places.js';
import type { Surroundings } from './surroundings.js';
import { csvText } from './csv-text.js';

export function report(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const format = choiceOf(given, 'format', ['csv', 'json', 'html'] as const);
  const refused = !format.ok ? format : format.value === 'html' ? usage('report.not-yet', { format: 'html' }) : undefined;
  if (refused !== undefined && !refused.ok) {
    output.refuse(refused.refusal);
    return Promise.resolve(exitCodeOf(refused.refusal));
  }
  const opened = openReport(dataFolder(environment, textOf(given, 'data')), keyFile(environment), textOf(given, 'job'));
  if (!opened.ok) {
    output.refuse(opened.refusal);
    return Promise.resolve(exitCodeOf(opened.refusal));
  }
  const { job, devices, unbound } = opened.value;
  const views = devices.map(viewOf).sort((a, b) => (a.row ?? Infinity) - (b.row ?? Infinity) || a.mac.localeCompare(b.mac));
  const counts = countsOf(devices, unbound);
  const asJson = format.ok && format.value === 'json';
  const about = { id: job.id, name: job.name, revision: job.revision, created: job.created, closed: job.closed };
  process.stdout.write(asJson ? `${JSON.stringify({ job: about, counts, devices: views }, undefined, 2)}\n` : csvOf(views));
  return Promise.resolve(allPassed(counts) ? exitCode.allPass : exitCode.someDidNot);
}

function csvOf(views: readonly DeviceView[]): string {
  const heading = ['row', 'mac', 'model', 'address', 'state', 'verdict', ...evidenceNames, 'problem'];
  return csvText([
    heading,
    ...views.map((view) => [
      view.row === null ? '' : String(view.row),
      spellMac(view.mac),
      view.model ?? '',
      view.address ?? '',
      view.state,
      view.verdict,
      ...evidenceNames.map((name) => view.evidence[name]?.at ?? ''),
      view.problem === null
        ? ''
        : [view.problem.code, ...Object.entries(view.problem.params).map(([name, value]) => `${name}=${value}`)].join(' '),
    ]),
  ]);
}

function allPassed({ devices, pass }: Counts): boolean {
  return devices === pass;
}
