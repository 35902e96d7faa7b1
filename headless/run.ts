/** `run`: the main job on a real interface. */
import { statSync } from 'node:fs';
import type { Bench } from '../engine/bench.js';
import { type Unlisted, unlistedChoices } from '../engine/bench/policy.js';
import { servable, startGuarded } from '../engine/bench/guarded.js';
import type { ServingLimits } from '../engine/bench/services.js';
import type { Refusal, Result } from '../engine/contract/problem.js';
import { findPlace, isLoopback, parsePool, type Place, type Pool } from '../engine/network/places.js';
import { systemClock } from '../engine/services/service.js';
import { installationKey } from '../engine/store/keys.js';
import { agreedJob } from './changes.js';
import { choiceOf, type Given, needed, numberOf, portsOf, textOf, usage } from './arguments.js';
import { earlierOf } from './earlier.js';
import { exitCode, exitCodeOf } from './exit.js';
import { listName } from '../engine/bench/job.js';
import { readJobFiles } from './job-files.js';
import { ending } from './life.js';
import type { Output } from './output.js';
import { dataFolder, keyFile, pathFrom } from './places.js';
import { recordTo } from './record.js';
import { serve } from './serve.js';
import type { Surroundings } from './surroundings.js';

type Plan = {
  readonly place: Place;
  /** As it was said, if it was. */
  readonly pool: Pool | undefined;
  readonly ports: { readonly dhcp: number; readonly tftp: number; readonly http: number; readonly syslog: number };
  readonly unlisted: Unlisted | undefined;
  readonly timeoutSeconds: number | undefined;
  /** The folder of `--files`. */
  readonly files: string | undefined;
  readonly limits: ServingLimits;
};

export async function run(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  using end = ending();
  const refuse = (refusal: Refusal): number => {
    output.refuse(refusal);
    return exitCodeOf(refusal);
  };
  const planned = plan(given, environment);
  if (!planned.ok) return refuse(planned.refusal);
  const read = await readJobFiles(given, environment);
  if (!read.ok) return refuse(read.refusal);
  for (const problem of [...read.value.job.problems, ...earlierOf(given, environment, read.value.job)]) output.problem(problem);
  const served = servable(read.value.job, given['skip-bad'] === true);
  if (!served.ok) return refuse(served.refusal);
  const input = {
    recipe: served.value.recipe,
    rows: served.value.rows,
    files: read.value.files,
    list: listName(textOf(given, 'csv') ?? ''),
  };
  const { place, pool, ports, unlisted, timeoutSeconds, files, limits } = planned.value;
  const key = installationKey(keyFile(environment));
  if (!key.ok) return refuse(key.refusal);
  const folder = dataFolder(environment, textOf(given, 'data'));
  const job = agreedJob(given, { folder, installationKey: key.value, input }, output);
  if (!job.ok) return refuse(job.refusal);
  const despite = textOf(given, 'despite-default-route');
  const dhcp = given['no-dhcp'] !== true;
  if (dhcp && !isLoopback(place)) output.say(`Looking for other DHCP servers on ${place.interface} (5 s) …`);
  const cancel = new AbortController();
  void end.promise.then(() => cancel.abort());
  const bench = await startGuarded({
    place,
    ...(pool === undefined ? {} : { pool }),
    ports,
    dhcp,
    ...(despite === undefined ? {} : { despite }),
    signal: cancel.signal,
    data: { folder, installationKey: key.value },
    job: job.value,
    ...(unlisted === undefined ? {} : { unlisted }),
    ...(files === undefined ? {} : { files }),
    limits,
    clock: systemClock,
    onInterlock: (notice) => output.notice(notice),
  });
  // Told to end before anything was opened.
  if (!bench.ok) return bench.refusal.code === 'bench.cancelled' ? exitCode.someDidNot : refuse(bench.refusal);
  if (!dhcp) sayForSite(bench.value, output);
  const record = textOf(given, 'record');
  using recording =
    record === undefined ? undefined : recordTo(pathFrom(environment, record), bench.value, (notice) => output.notice(notice));
  return await serve({
    ...(recording === undefined ? {} : { before: async () => recording.write() }),
    bench: bench.value,
    output,
    ending: end,
    untilDone: given['until-done'] === true,
    leftOut: read.value.job.bad.size,
    hint: 'Plug in the phones. Ctrl-C ends; what was done is kept.',
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  });
}

/** Without own DHCP: what has to stand in the site's. */
function sayForSite(bench: Bench, output: Output): void {
  output.say('To be entered in the DHCP server of this network, so that its phones come here; the window has it ready to paste:');
  for (const { code, name, value, models } of bench.siteSettings().entries)
    output.say(
      `  option ${String(code).padEnd(4)} ${name.padEnd(20)} ${value}${models.length === 0 ? '' : `   (only ${models.join(', ')})`}`,
    );
}

function plan(given: Given, environment: Surroundings['environment']): Result<Plan> {
  const name = needed(given, 'interface');
  if (!name.ok) return name;
  const ports = portsOf(given);
  if (!ports.ok) return ports;
  const unlisted = choiceOf(given, 'unlisted', unlistedChoices);
  if (!unlisted.ok) return unlisted;
  const timeout = numberOf(given, 'timeout', { min: 0, max: 1_000_000, whole: false }, undefined);
  if (!timeout.ok) return timeout;
  const limits = limitsOf(given);
  if (!limits.ok) return limits;
  const place = placeOf(name.value, textOf(given, 'address'));
  if (!place.ok) return place;
  const poolText = textOf(given, 'pool');
  const pool: Result<Pool | undefined> = poolText === undefined ? { ok: true, value: undefined } : parsePool(poolText, place.value);
  if (!pool.ok) return pool;
  const files = filesFolder(textOf(given, 'files'), environment);
  if (!files.ok) return files;
  return {
    ok: true,
    value: {
      place: place.value,
      pool: pool.value,
      ports: ports.value,
      unlisted: unlisted.value,
      timeoutSeconds: timeout.value,
      files: files.value,
      limits: limits.value,
    },
  };
}

function limitsOf(given: Given): Result<ServingLimits> {
  const transfers = numberOf(given, 'most-transfers', { min: 1, max: 10_000, whole: true }, undefined);
  if (!transfers.ok) return transfers;
  const mebibytes = numberOf(given, 'file-memory', { min: 0, max: 1_000_000, whole: true }, undefined);
  if (!mebibytes.ok) return mebibytes;
  return {
    ok: true,
    value: {
      ...(transfers.value === undefined ? {} : { mostTransfers: transfers.value }),
      ...(mebibytes.value === undefined ? {} : { fileMemory: mebibytes.value * 1024 * 1024 }),
    },
  };
}

/** An address that was asked for is named even where the interface has none at all. */
function placeOf(name: string, address: string | undefined): Result<Place> {
  const place = findPlace(name, address);
  if (place.ok || address === undefined || place.refusal.code !== 'interface.no-address') return place;
  return { ok: false, refusal: { ...place.refusal, params: { ...place.refusal.params, address } } };
}

function filesFolder(given: string | undefined, environment: Surroundings['environment']): Result<string | undefined> {
  if (given === undefined) return { ok: true, value: undefined };
  const folder = pathFrom(environment, given);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? { ok: true, value: folder } : usage('files.no-folder', { folder });
}
