/** Starts the engine's process. What it says of trouble goes to the log as well, for a packaged app has no terminal. */
import { utilityProcess } from 'electron';
import type { Child } from './engine-process.js';
import type { Log } from './log.js';

/** Characters of one outcry that are kept. */
const kept = 4000;

export function forkEngine(program: string, env: Record<string, string>, log: Log): Child {
  const child = utilityProcess.fork(program, [], { serviceName: 'Benchtone engine', env, stdio: ['ignore', 'inherit', 'pipe'] });
  child.stderr?.on('data', (bytes: Buffer) => {
    process.stderr.write(bytes);
    log('engine.said', { text: bytes.toString('utf8').slice(0, kept) });
  });
  return child;
}
