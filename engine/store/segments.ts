/** Raw syslog lines in bounded, rotating segments: the newest `count` files of at most `bytes` each. */
import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export class Segments {
  readonly #folder: string;
  readonly #bytes: number;
  readonly #count: number;
  #number: number;
  #size: number;
  #waiting: string[] = [];

  constructor(folder: string, { bytes = 4 << 20, count = 8 }: { bytes?: number; count?: number } = {}) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#bytes = bytes;
    this.#count = count;
    const existing = this.#existing();
    this.#number = existing.at(-1) ?? 1;
    this.#size = existing.length === 0 ? 0 : statSync(this.#file(this.#number)).size;
  }

  /** Keeps a line until the next `flush`, which happens by itself when many wait. */
  add(line: string): void {
    this.#waiting.push(`${line.replaceAll(/[\r\n]+/g, ' ')}\n`);
    if (this.#waiting.length >= 256) this.flush();
  }

  /** Writes what waits. A full disk loses raw lines, never the bench: false then. */
  flush(): boolean {
    if (this.#waiting.length === 0) return true;
    const text = this.#waiting.join('');
    this.#waiting = [];
    try {
      if (this.#size > 0 && this.#size + text.length > this.#bytes) this.#rotate();
      appendFileSync(this.#file(this.#number), text, { mode: 0o600 });
      this.#size += Buffer.byteLength(text);
      return true;
    } catch {
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
