/** Starts a bench on a stretch of loopback of its own, which is given back when the bench is closed. */
import { type Bench, type BenchOptions, startBench } from '../bench.js';
import type { Result } from '../contract/problem.js';
import { claimLoopbackPart } from './loopback-part.js';

/** As `startBench`, its pool claimed. */
export async function startOnPart(options: Omit<BenchOptions, 'pool'>): Promise<Result<Bench>> {
  const part = await claimLoopbackPart(options.data.folder);
  const started = await startBench({ ...options, pool: { first: part.first, last: part.last } });
  if (!started.ok) {
    part[Symbol.dispose]();
    return started;
  }
  const bench = started.value;
  const close = async (): Promise<void> => {
    await bench[Symbol.asyncDispose]();
    part[Symbol.dispose]();
  };
  return { ok: true, value: { ...bench, [Symbol.asyncDispose]: close } };
}
