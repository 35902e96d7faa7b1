/** Raw syslog lines in bounded, rotating segments: the newest `count` files of at most `bytes` each. */
import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Lines that are worth a write of their own. */
const many = 256;

export class Segments {
  readonly #folder: string;
  readonly #bytes: number;
  readonly #count: number;
  #number: number;
  #size: number;
  #waiting: string[] = [];
  #scheduled = false;
  #failing = false;
  readonly #onTrouble: (reason: string) => void;

  /** `onTrouble` hears once that nothing can be written (a full disk), and again only after something could. */
  constructor(
    folder: string,
    {
      bytes = 16 << 20,
      count = 8,
      onTrouble = () => undefined,
    }: { readonly bytes?: number; readonly count?: number; readonly onTrouble?: (reason: string) => void } = {},
  ) {
    this.#onTrouble = onTrouble;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#bytes = bytes;
    this.#count = count;
    const existing = this.#existing();
    this.#number = existing.at(-1) ?? 1;
    this.#size = existing.length === 0 ? 0 : statSync(this.#file(this.#number)).size;
  }

  /** Keeps a line until the next `flush`, which happens by itself, after whatever else the turn has to do, when many wait. */
  add(line: string): void {
    this.#waiting.push(line.includes('\n') || line.includes('\r') ? line.replaceAll(/[\r\n]+/g, ' ') : line);
    if (this.#waiting.length < many || this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  /** Writes what waits. A full disk loses raw lines, never the bench: false then. */
  flush(): boolean {
    if (this.#waiting.length === 0) return true;
    const text = Buffer.from(`${this.#waiting.join('\n')}\n`);
    this.#waiting = [];
    try {
      if (this.#size > 0 && this.#size + text.length > this.#bytes) this.#rotate();
      appendFileSync(this.#file(this.#number), text, { mode: 0o600 });
      this.#size += text.length;
      this.#failing = false;
      return true;
    } catch (error) {
      if (!this.#failing) this.#onTrouble(error instanceof Error ? error.message : String(error));
      this.#failing = true;
      return false;
    }
  }

  #rotate(): void {
    this.#number += 1;
    this.#size = 0;
    for (const number of this.#existing().filter((each) => each <= this.#number - this.#count)) rmSync(this.#file(number), { force: true });
  }

  #existing(): number[] {
    return readdirSync(this.#folder)
      .map((name) => Number(/^(\d{6})\.log$/.exec(name)?.[1] ?? Number.NaN))
      .filter((number) => Number.isInteger(number))
      .sort((a, b) => a - b);
  }

  #file(number: number): string {
    return join(this.#folder, `${String(number).padStart(6, '0')}.log`);
  }
}
