/** `report`: what happened to each phone of a job, from its journal alone. */
import { type Counts, countsOf, viewOf } from '../engine/bench/board.js';
import { openReport } from '../engine/bench/report.js';
import { byRow, resultCsv } from '../engine/bench/result-csv.js';
import { choiceOf, type Given, textOf, usage } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import type { Output } from './output.js';
import { dataFolder, keyFile } from './places.js';
import type { Surroundings } from './surroundings.js';

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
  const views = devices.map(viewOf).toSorted(byRow);
  const counts = countsOf(devices, unbound);
  const asJson = format.ok && format.value === 'json';
  const about = { id: job.id, name: job.name, revision: job.revision, created: job.created, closed: job.closed };
  process.stdout.write(asJson ? `${JSON.stringify({ job: about, counts, devices: views }, undefined, 2)}\n` : resultCsv(views));
  return Promise.resolve(allPassed(counts) ? exitCode.allPass : exitCode.someDidNot);
}

function allPassed({ devices, pass }: Counts): boolean {
  return devices === pass;
}
