/**
 * A bench on a real interface, started only when nothing speaks against it: what is to be served is sound, the interlocks are asked,
 * and only then is anything opened. The command line and the window start benches here alone.
 */
import { startBench, type Bench, type BenchOptions } from '../bench.js';
import type { Refusal, Result } from '../contract/problem.js';
import { refusingInterlock } from '../network/interlocks.js';
import { defaultPool, isLoopback, type Pool } from '../network/places.js';
import type { Recipe, Row } from '../profiles/job.js';
import type { ReadJob } from '../profiles/read-job.js';
import { giveBack, returnPages } from './give-back.js';
import { startOnPart } from './loopback-start.js';

export type GuardedOptions = Omit<BenchOptions, 'pace' | 'pool'> & {
  /** Unless said: the rest of the interface's network, or on loopback a stretch no other bench has. */
  readonly pool?: Pool;
  /** The interface's name as the person repeated it. */
  readonly despite?: string;
  /** Ends the wait for the interlocks; the bench is then refused with `bench.cancelled`. */
  readonly signal?: AbortSignal;
};

/** Asks the interlocks, where there is to be own DHCP, and starts. Takes up to 5 s longer than `startBench`. */
export async function startGuarded({ despite, signal, pool: wished, ...options }: GuardedOptions): Promise<Result<Bench>> {
  const pool: Result<Pool> = wished === undefined ? defaultPool(options.place) : { ok: true, value: wished };
  if (!pool.ok) return pool;
  if (options.dhcp) {
    const refusal = await refusingInterlock(options.place, {
      clock: options.clock,
      ...(despite === undefined ? {} : { despite }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (refusal !== undefined) return { ok: false, refusal };
  }
  if (signal?.aborted === true) return refused('bench.cancelled', {});
  const paced = { ...options, pace: 1 };
  const started = await (wished === undefined && options.dhcp && isLoopback(options.place)
    ? startOnPart(paced)
    : startBench({ ...paced, pool: pool.value }));
  if (started.ok) {
    giveBack();
    await returnPages();
  }
  return started;
}

/** Rows with errors stop the job unless bad ones are to be skipped; what is wrong with the whole stops it always. */
export function servable({ recipe, rows, problems, fatal }: ReadJob, skipBad: boolean): Result<{ recipe: Recipe; rows: readonly Row[] }> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (recipe === undefined || fatal || (first !== undefined && !skipBad)) {
    return refused('job.problems', { errors: errors.length, first: first?.code ?? '' });
  }
  return rows.length === 0 ? refused('job.no-rows', {}) : { ok: true, value: { recipe, rows } };
}

function refused(code: string, params: Refusal['params']): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind: 'usage', code, params } };
}
