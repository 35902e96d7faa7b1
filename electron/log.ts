/** The shell's own log: one JSON line a decision, two files of a mebibyte at most. Never a secret, never a value of a call. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export type Log = (event: string, fields: Readonly<Record<string, string | number | null>>) => void;

const limit = 1 << 20;

/** Writes to a file; a log that cannot be written is no reason to stop. */
export function fileLog(file: string, now: () => Date): Log {
  return (event, fields) => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > limit) renameSync(file, `${file}.1`);
      appendFileSync(file, `${JSON.stringify({ at: now().toISOString(), event, ...fields })}\n`, { mode: 0o600 });
    } catch {
      // a full or read-only disk: the person hears of it from what matters more
    }
  };
}
