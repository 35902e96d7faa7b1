/** The virtual phones: a program of their own, started for the engine, which may start no process itself in the desktop app. */
import { utilityProcess } from 'electron';
import type { PhonesProgram } from '../engine/bench/virtual.js';

/** How long they may take to end, in milliseconds. */
const endWithinMs = 4000;

/** Starts the program with these arguments. */
export function startPhones(program: string, args: readonly string[], env: Record<string, string>): PhonesProgram {
  const child = utilityProcess.fork(program, [...args], { serviceName: 'Benchtone virtual phones', env, stdio: 'ignore' });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let deadline: NodeJS.Timeout | undefined;
  child.on('exit', () => {
    clearTimeout(deadline);
    resolve();
  });
  return {
    ended,
    stop: () => {
      deadline ??= setTimeout(() => end(child.pid), endWithinMs);
      child.kill(); // SIGTERM on Linux and macOS; on Windows it ends at once
      return ended;
    },
  };
}

function end(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // gone in the meantime
  }
}
