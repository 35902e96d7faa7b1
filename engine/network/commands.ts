/** Programs of the system that are asked something: each with a deadline, their output bounded, never a shell in between. */
import { execFile } from 'node:child_process';

/** How it ended (null: not at all, or there is no such program) and what it said. */
type Told = { readonly status: number | null; readonly output: string; readonly error: string };
export type Ask = (program: string, args: readonly string[], options?: { readonly timeoutMs?: number }) => Promise<Told>;

const patience = 8_000;
const mostBytes = 8 * 1024 * 1024;

/** Asks this machine. Never rejects. Programs are found where administrators' programs are, too. */
export const askSystem: Ask = (program, args, { timeoutMs = patience } = {}) => {
  const path = process.platform === 'win32' ? process.env['PATH'] : `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  return new Promise((resolve) => {
    execFile(
      program,
      [...args],
      {
        timeout: timeoutMs,
        maxBuffer: mostBytes,
        killSignal: 'SIGKILL',
        windowsHide: true,
        env: { ...process.env, PATH: path, LC_ALL: 'C' },
      },
      (error, output, said) => {
        const code = error === null ? 0 : error.code;
        resolve({ status: typeof code === 'number' ? code : null, output, error: said });
      },
    );
  });
};

/** What a program says on standard output, whatever else. */
export async function outputOf(ask: Ask, program: string, ...args: readonly string[]): Promise<string> {
  return (await ask(program, args)).output;
}
