/** The `phones` process of a demo: started beside the bench, ended with it, its record kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Line, line } from '../engine/contract/lines.js';

export type VirtualPhonesOptions = {
  /** `ADDR:PORT` of the bench's DHCP. */
  readonly relay: string;
  readonly csv: string;
  readonly seed: number;
  readonly fault: number;
  readonly speed: number;
};

/** How long it may take to say its record and end, in milliseconds. */
const endWithinMs = 4000;

export class VirtualPhones {
  readonly #child: ChildProcess;
  /** Resolves when the process is gone, however that came. */
  readonly ended: Promise<void>;
  readonly #record: Line[] = [];

  constructor(program: string, { relay, csv, seed, fault, speed }: VirtualPhonesOptions) {
    const options = ['--relay', relay, '--csv', csv, '--seed', String(seed), '--fault', String(fault), '--speed', String(speed), '--json'];
    const child = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    this.ended = new Promise((resolve) => {
      child.on('error', () => resolve());
      child.on('close', () => resolve());
    });
    createInterface({ input: child.stdout }).on('line', (text) => this.#keep(text));
  }

  /** Ends the process; gives each phone's own record. Safe to call twice. */
  async end(): Promise<readonly Line[]> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      const deadline = setTimeout(() => this.#child.kill('SIGKILL'), endWithinMs);
      await this.ended;
      clearTimeout(deadline);
    }
    return this.#record;
  }

  #keep(text: string): void {
    try {
      const read = line.safeParse(JSON.parse(text));
      if (read.success && read.data.type === 'phone') this.#record.push(read.data);
    } catch {
      // half a line of a process that was killed: nothing to keep
    }
  }
}
