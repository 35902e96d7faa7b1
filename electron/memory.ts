/** What the shell remembers between starts: where the window was, which folders were used, what was said once already. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const bounds = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1), maximized: z.boolean() });
const remembered = z.strictObject({
  window: bounds.optional(),
  folders: z.partialRecord(z.enum(['csv', 'recipe', 'template', 'save']), z.string()).default({}),
  toldOfKeyFile: z.boolean().default(false),
});
export type WindowBounds = z.infer<typeof bounds>;
export type Remembered = z.infer<typeof remembered>;

export class Memory {
  readonly #file: string;
  #now: Remembered;

  constructor(file: string) {
    this.#file = file;
    this.#now = read(file);
  }

  get now(): Remembered {
    return this.#now;
  }

  /** Keeps it at once, in a file that is swapped whole; a disk that takes nothing only makes it forget. */
  keep(change: Partial<Remembered>): void {
    this.#now = { ...this.#now, ...change };
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#now), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // forgotten at the next start, and that is all
    }
  }
}

function read(file: string): Remembered {
  try {
    return remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return remembered.parse({}); // none yet, or not ours: begin anew
  }
}
