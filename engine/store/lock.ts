/**
 * One bench per data folder. The system holds the lock, through SQLite's exclusive transaction on a file of its own: it is gone with
 * the process, however that ends, and two that ask at the same moment get one answer. A text beside it names the holder, for people.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Result } from '../contract/problem.js';

/** SQLite's result code for "somebody else has it" (sqlite3.h, SQLITE_BUSY). */
const busy = 5;

/** Takes the folder; dispose to give it back. Refused with the other's pid while another bench holds it. */
export function lockFolder(folder: string): Result<Disposable> {
  const note = join(folder, 'lock');
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(note, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    lock?.close();
    const held = error instanceof Error && 'errcode' in error && error.errcode === busy;
    if (held) return { ok: false, refusal: { kind: 'missing', code: 'data.in-use', params: { folder, pid: holderOf(note) } } };
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, refusal: { kind: 'missing', code: 'data.unusable', params: { folder, reason } } };
  }
  const held = lock;
  const release = (): void => {
    rmSync(note, { force: true });
    held.close();
  };
  return { ok: true, value: { [Symbol.dispose]: release } };
}

function holderOf(note: string): number {
  try {
    return Number.parseInt(readFileSync(note, 'utf8'), 10) || 0;
  } catch {
    return 0; // it has just begun, or just ended
  }
}
