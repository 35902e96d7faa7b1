/**
 * The built programs as a script starts them: `node out/headless/main.js …`, every line of standard output held against the schema
 * of the command line, every child with a deadline, everything they keep in a folder of the test's own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Line, line } from '../../engine/contract/lines.js';

export const root: string = resolve(import.meta.dirname, '../..');
const main = join(root, 'out/headless/main.js');

export type LineOf<T extends Line['type']> = Extract<Line, { type: T }>;
/** How a program ended: its exit code, or the signal that ended it. */
export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** Longest life of any child, in milliseconds. */
const longestLife = 150_000;

/** A folder for data, settings and key file of one test. Disposing ends every program started with it, by pid, and removes the folder. */
export class Scratch implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'benchtone-process-'));
  readonly #programs: Running[] = [];

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a file; gives its path. */
  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  get environment(): Record<string, string> {
    return {
      HOME: this.folder,
      XDG_DATA_HOME: this.path('share'),
      XDG_CONFIG_HOME: this.path('config'),
      XDG_STATE_HOME: this.path('state'),
      XDG_CACHE_HOME: this.path('cache'),
      BENCHTONE_KEY_FILE: this.path('key/installation.key'),
    };
  }

  /** Starts `benchtone ARGS`; `within` a network namespace where one is named. */
  benchtone(args: readonly string[], within?: { readonly name: string }): Running {
    const enter = within === undefined ? [] : ['ip', 'netns', 'exec', within.name];
    return this.start([...enter, process.execPath, main, ...args]);
  }

  /** Starts any program with this folder's environment. */
  start([program = '', ...args]: readonly string[], options: { readonly cwd?: string } = {}): Running {
    const { INIT_CWD: _cwd, ...inherited } = process.env;
    const env = { ...inherited, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, ...this.environment };
    const started = new Running(spawn(program, args, { env, cwd: options.cwd ?? this.folder, stdio: ['ignore', 'pipe', 'pipe'] }));
    this.#programs.push(started);
    return started;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of this.#programs) program.signal('SIGKILL');
    await Promise.all(this.#programs.map(({ ended }) => ended));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A program that was started. */
export class Running {
  readonly ended: Promise<Ended>;
  /** Valid lines so far. */
  readonly lines: Line[] = [];
  /** What stood on standard output and was no line of the command line. */
  readonly invalid: string[] = [];
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();
  #rest = '';
  #closed = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      this.#look();
    });
    const deadline = setTimeout(() => this.signal('SIGKILL'), longestLife);
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        clearTimeout(deadline);
        this.#closed = true;
        resolve({ code, signal });
        this.#look();
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
  }

  /** Lines of one type. */
  of<T extends Line['type']>(type: T): LineOf<T>[] {
    return this.lines.filter((each): each is LineOf<T> => each.type === type);
  }

  /** The latest line of each phone. */
  latest<T extends 'device' | 'phone'>(type: T): ReadonlyMap<string, LineOf<T>> {
    return new Map(this.of<'device' | 'phone'>(type).map((each) => [each.mac, each as LineOf<T>]));
  }

  /** Waits until `holds` gives something; rejects with what was said when it ends first or `ms` pass. */
  until<T>(what: string, holds: () => T | undefined | false, ms = 60_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle();
      };
      const giveUp = (why: string): void => finish(() => reject(new Error(`${why} before ${what}\n${this.told()}`)));
      const look = (): void => {
        const value = holds();
        if (value !== undefined && value !== false) finish(() => resolve(value));
        else if (this.#closed) giveUp('it ended');
      };
      const timer = setTimeout(() => giveUp(`${ms} ms passed`), ms);
      this.#waiting.add(look);
      look();
    });
  }

  /** The `ready` line. */
  ready(ms?: number): Promise<LineOf<'ready'>> {
    return this.until('ready', () => this.of('ready')[0], ms);
  }

  /** Its end, and that of whoever else held its output; rejects when it takes longer than `ms`. */
  async end(ms = 120_000): Promise<Ended> {
    await this.until('its end', () => this.#closed, ms);
    return this.ended;
  }

  /** The last of what it said, for messages. */
  told(): string {
    return `${this.stdout.slice(-3000)}\n${this.stderr.slice(-3000)}`;
  }

  #take(text: string): void {
    this.stdout += text;
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#read(part);
    this.#look();
  }

  #read(text: string): void {
    try {
      const read = line.safeParse(JSON.parse(text));
      if (read.success) this.lines.push(read.data);
      else this.invalid.push(`${text}: ${read.error.message}`);
    } catch {
      this.invalid.push(text);
    }
  }

  #look(): void {
    for (const look of this.#waiting) look();
  }
}

/** Options as a command line has them: `{ csv: 'a.csv', json: true }` -> `--csv a.csv --json`. */
export function options(values: Readonly<Record<string, string | number | true>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
}

/** Every file below a folder with its bytes. */
export function filesBelow(folder: string): { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: readFileSync(path) }));
}
