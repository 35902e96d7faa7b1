/** Programs of other people run against a service of ours, each with a deadline. */
import { execFile } from 'node:child_process';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Ran = { readonly code: number | string | null; readonly stdout: string; readonly stderr: string };

const deadlineMs = 60_000;

/** Runs a program to its end; one that hangs is ended, and its code is then null. */
export async function run(program: string, args: readonly string[], cwd = process.cwd()): Promise<Ran> {
  const { promise, resolve } = Promise.withResolvers<Ran>();
  execFile(program, [...args], { cwd, timeout: deadlineMs, killSignal: 'SIGKILL', maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : (error.code ?? null), stdout, stderr });
  });
  return promise;
}

/** A folder of the test's own, gone afterwards. */
export class Bench implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Bench> {
    return new Bench(await mkdtemp(join(tmpdir(), 'benchtone-interop-')));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** A file of `size` bytes in which no two places look alike. */
  async file(name: string, size: number): Promise<Buffer> {
    const bytes = Buffer.alloc(size);
    for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE(Math.imul(at ^ (at >>> 15), 2_654_435_761) >>> 0, at);
    await writeFile(this.path(name), bytes);
    return bytes;
  }

  /** A file nobody wants to hold in memory: empty but for its end. */
  async sparseFile(name: string, size: number): Promise<void> {
    await using handle = await open(this.path(name), 'w');
    await handle.truncate(size - 7);
    await handle.write('the end', size - 7);
  }

  read(name: string): Promise<Buffer> {
    return readFile(this.path(name));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
