/** Makes a folder and those above it, one by one: `recursive` of Node never returns below /proc, where a folder is there but takes none. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Makes what is missing for its owner alone; throws what the file system says. */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = resolve(folder); !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.push(at);
  for (const each of missing.toReversed()) makeOne(each);
}

/** Another process may be quicker. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
