/** `--record FILE`: what phones and bench said to each other, as a capture, at the end of the work and whenever SIGUSR2 asks for it. */
import { writeFileSync } from 'node:fs';
import type { Bench } from '../engine/bench.js';
import type { Refusal } from '../engine/contract/problem.js';

/** Ready to write; `refuse` hears when the file can't be written. Disposing listens to the signal no more. */
export function recordTo(path: string, bench: Bench, refuse: (refusal: Refusal) => void): { write(): void } & Disposable {
  const write = (): void => {
    try {
      writeFileSync(path, bench.capture(null), { mode: 0o600 });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      refuse({ kind: 'usage', code: 'file.unwritable', params: { path, reason } });
    }
  };
  if (process.platform !== 'win32') process.on('SIGUSR2', write);
  return { write, [Symbol.dispose]: () => void process.off('SIGUSR2', write) };
}
