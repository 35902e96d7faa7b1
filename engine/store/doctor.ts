/** Whether the data folder and the installation's key can be used. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Check } from '../contract/problem.js';

/** Checks both without making either. */
export function examineData(folder: string, keyFile: string): readonly Check[] {
  return [
    isWritable(folder)
      ? { id: 'data', state: 'ok', code: 'data.usable', params: { folder } }
      : { id: 'data', state: 'stop', code: 'data.not-writable', params: { folder } },
    examineKey(keyFile),
  ];
}

function examineKey(file: string): Check {
  if (!existsSync(file)) {
    return isWritable(dirname(file))
      ? { id: 'key', state: 'ok', code: 'key.to-be-made', params: { file } }
      : { id: 'key', state: 'stop', code: 'key.not-writable', params: { file } };
  }
  const open = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  return open
    ? { id: 'key', state: 'warn', code: 'key.readable-by-others', params: { file } }
    : { id: 'key', state: 'ok', code: 'key.usable', params: { file } };
}

/** The folder, or the nearest one above it that exists. */
function isWritable(folder: string): boolean {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
