/** The program of the virtual phones: started beside a bench, ended with it, its record kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { PhonesProgram } from '../engine/bench/virtual.js';
import { type Line, line } from '../engine/contract/lines.js';

/** How long it may take to say its record and end, in milliseconds. */
const endWithinMs = 4000;

export class VirtualPhones implements PhonesProgram {
  readonly #child: ChildProcess;
  readonly ended: Promise<void>;
  /** What each phone said of itself at the end. */
  readonly record: Line[] = [];

  /** Starts the built program with these arguments, `--json` among them. */
  constructor(program: string, args: readonly string[]) {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    this.ended = new Promise((resolve) => {
      child.on('error', () => resolve());
      child.on('close', () => resolve());
    });
    createInterface({ input: child.stdout }).on('line', (text) => this.#keep(text));
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    const deadline = setTimeout(() => this.#child.kill('SIGKILL'), endWithinMs);
    await this.ended;
    clearTimeout(deadline);
  }

  #keep(text: string): void {
    try {
      const read = line.safeParse(JSON.parse(text));
      if (read.success && read.data.type === 'phone') this.record.push(read.data);
    } catch {
      // half a line of a process that was killed: nothing to keep
    }
  }
}
