/** One bench per data folder: a lock file with the process id, stale once that process is gone. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../contract/problem.js';

/** Takes the folder; dispose to give it back. Refused with the other's pid while another bench holds it. */
export function lockFolder(folder: string): Result<Disposable> {
  const file = join(folder, 'lock');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, `${process.pid}\n`);
      closeSync(handle);
      return { ok: true, value: { [Symbol.dispose]: () => rmSync(file, { force: true }) } };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = holderOf(file);
      if (holder !== undefined && isRunning(holder)) {
        return { ok: false, refusal: { kind: 'missing', code: 'data.in-use', params: { folder, pid: holder } } };
      }
      rmSync(file, { force: true });
    }
  }
  return { ok: false, refusal: { kind: 'missing', code: 'data.in-use', params: { folder, pid: 0 } } };
}

function holderOf(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid ? pid : undefined;
  } catch {
    return undefined; // gone in the meantime
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
