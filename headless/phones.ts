/** `phones`: the virtual phones are a program of their own; this process becomes it. */
import { pathToFileURL } from 'node:url';

/** Loads the program with its arguments; it answers signals, ends and sets the exit code by itself from here on. */
export async function becomePhones(program: string, argv: readonly string[]): Promise<void> {
  process.argv = [process.execPath, program, ...argv];
  await import(pathToFileURL(program).href);
}
