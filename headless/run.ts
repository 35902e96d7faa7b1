/** `run`: the main job on a real interface. */
import { type Unlisted, unlistedChoices } from '../engine/bench/policy.js';
import { startBench } from '../engine/bench.js';
import type { Refusal, Result } from '../engine/contract/problem.js';
import { refusingInterlock } from '../engine/network/interlocks.js';
import { defaultPool, findPlace, isLoopback, parsePool, type Place, type Pool } from '../engine/network/places.js';
import type { Recipe, Row } from '../engine/profiles/job.js';
import type { ReadJob } from '../engine/profiles/read-job.js';
import { systemClock } from '../engine/services/service.js';
import { installationKey } from '../engine/store/keys.js';
import { choiceOf, type Given, needed, numberOf, portsOf, textOf, usage } from './arguments.js';
import { exitCodeOf } from './exit.js';
import { readJobFiles } from './job-files.js';
import { ending } from './life.js';
import type { Output } from './output.js';
import { dataFolder, keyFile, pathFrom } from './places.js';
import { serve } from './serve.js';
import type { Surroundings } from './surroundings.js';

type Plan = {
  readonly place: Place;
  readonly pool: Pool;
  readonly ports: { readonly dhcp: number; readonly tftp: number; readonly http: number; readonly syslog: number };
  readonly unlisted: Unlisted | undefined;
  readonly timeoutSeconds: number | undefined;
};

export async function run(given: Given, output: Output, { environment }: Surroundings): Promise<number> {
  using end = ending();
  const refuse = (refusal: Refusal): number => {
    output.refuse(refusal);
    return exitCodeOf(refusal);
  };
  const planned = plan(given);
  if (!planned.ok) return refuse(planned.refusal);
  const read = await readJobFiles(given, environment);
  if (!read.ok) return refuse(read.refusal);
  for (const problem of read.value.job.problems) output.problem(problem);
  const served = servable(read.value.job, given['skip-bad'] === true);
  if (!served.ok) return refuse(served.refusal);
  const { place, pool, ports, unlisted, timeoutSeconds } = planned.value;
  const dhcp = given['no-dhcp'] !== true;
  const despite = textOf(given, 'despite-default-route');
  if (dhcp && !isLoopback(place)) output.say(`Looking for other DHCP servers on ${place.interface} (5 s) …`);
  const interlock = dhcp
    ? await Promise.race([refusingInterlock(place, { clock: systemClock, ...(despite === undefined ? {} : { despite }) }), end.promise])
    : undefined;
  if (typeof interlock === 'object') return refuse(interlock);
  const key = installationKey(keyFile(environment));
  if (!key.ok) return refuse(key.refusal);
  const folder = textOf(given, 'files');
  const bench = await startBench({
    place,
    pool,
    ports,
    dhcp,
    data: { folder: dataFolder(environment, textOf(given, 'data')), installationKey: key.value },
    input: { recipe: served.value.recipe, rows: served.value.rows, files: read.value.files },
    newJob: given['new-job'] === true,
    unlisted: unlisted ?? (served.value.rows.some(({ mac }) => mac === null) ? 'phones' : 'ignore'),
    ...(folder === undefined ? {} : { files: pathFrom(environment, folder) }),
    clock: systemClock,
    pace: 1,
    onInterlock: (refusal) => output.interlock(refusal),
  });
  if (!bench.ok) return refuse(bench.refusal);
  return serve({
    bench: bench.value,
    output,
    ending: end,
    untilDone: given['until-done'] === true,
    hint: 'Plug in the phones. Ctrl-C ends; what was done is kept.',
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  });
}

function plan(given: Given): Result<Plan> {
  const name = needed(given, 'interface');
  if (!name.ok) return name;
  const ports = portsOf(given);
  if (!ports.ok) return ports;
  const unlisted = choiceOf(given, 'unlisted', unlistedChoices);
  if (!unlisted.ok) return unlisted;
  const timeout = numberOf(given, 'timeout', { min: 0, max: 1_000_000, whole: false }, undefined);
  if (!timeout.ok) return timeout;
  const place = findPlace(name.value, textOf(given, 'address'));
  if (!place.ok) return place;
  const poolText = textOf(given, 'pool');
  const pool = poolText === undefined ? defaultPool(place.value) : parsePool(poolText, place.value);
  if (!pool.ok) return pool;
  return {
    ok: true,
    value: { place: place.value, pool: pool.value, ports: ports.value, unlisted: unlisted.value, timeoutSeconds: timeout.value },
  };
}

/** Rows with errors stop the job unless bad ones are to be skipped; what is wrong with the whole stops it always. */
function servable({ recipe, rows, problems, fatal }: ReadJob, skipBad: boolean): Result<{ recipe: Recipe; rows: readonly Row[] }> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (recipe === undefined || fatal || (first !== undefined && !skipBad)) {
    return usage('job.problems', { errors: errors.length, first: first?.code ?? '' });
  }
  return rows.length === 0 ? usage('job.no-rows') : { ok: true, value: { recipe, rows } };
}
