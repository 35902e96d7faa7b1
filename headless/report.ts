/** `report`: what happened to each phone of a job, from its journal alone. */
import { readdirSync } from 'node:fs';
import { type Counts, countsOf, viewOf } from '../engine/bench/board.js';
import { openReport } from '../engine/bench/report.js';
import { byRow, resultCsv, waitingRows } from '../engine/bench/result-csv.js';
import { choiceOf, type Given, textOf, usage } from './arguments.js';
import { exitCode, exitCodeOf } from './exit.js';
import type { Output } from './output.js';
import { dataFolder, keyFile } from './places.js';
import { rowsOf } from './report-rows.js';
import type { Surroundings } from './surroundings.js';

export function report(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  const format = choiceOf(given, 'format', ['csv', 'json', 'html'] as const);
  const refused = !format.ok ? format : format.value === 'html' ? usage('report.not-yet', { format: 'html' }) : undefined;
  if (refused !== undefined && !refused.ok) {
    output.refuse(refused.refusal);
    return Promise.resolve(exitCodeOf(refused.refusal));
  }
  const folder = dataFolder(environment, textOf(given, 'data'));
  const unreadable = whyUnreadable(folder);
  if (unreadable !== undefined) {
    output.refuse(usage('file.unreadable', { path: folder, reason: unreadable }).refusal);
    return Promise.resolve(exitCode.usage);
  }
  const opened = openReport(folder, keyFile(environment), textOf(given, 'job'));
  if (!opened.ok) {
    output.refuse(opened.refusal);
    return Promise.resolve(exitCodeOf(opened.refusal));
  }
  const { job, devices, unbound } = opened.value;
  const views = devices.map(viewOf).toSorted(byRow);
  const counts = countsOf(devices, unbound);
  const rows = rowsOf(folder, job);
  const waiting = waitingRows(rows, views).map(({ row, line, model, values }) => ({ row, line, model, name: values['name'] ?? null }));
  const asJson = format.ok && format.value === 'json';
  const about = { id: job.id, name: job.name, revision: job.revision, created: job.created, closed: job.closed };
  const json = { job: about, counts, devices: views, waitingRows: waiting };
  process.stdout.write(asJson ? `${JSON.stringify(json, undefined, 2)}\n` : resultCsv(views, rows));
  return Promise.resolve(allPassed(counts) ? exitCode.allPass : exitCode.someDidNot);
}

/** Why a folder that is there cannot be looked into; one that is not there is another matter. */
function whyUnreadable(folder: string): string | undefined {
  try {
    readdirSync(folder);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT' ? undefined : code;
  }
}

function allPassed({ devices, pass }: Counts): boolean {
  return devices === pass;
}
