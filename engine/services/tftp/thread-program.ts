/** Where the built program of the thread lies: beside the command line, or in a folder of its own beside the desktop app's engine. */
import { existsSync } from 'node:fs';

/** Undefined where it was not built (the sources run as they are): transfers are then carried in this thread. */
export function threadProgram(): URL | undefined {
  return ['./tftp-thread.js', '../tftp-thread/tftp-thread.js']
    .map((each) => new URL(each, import.meta.url))
    .find((each) => existsSync(each));
}
