/**
 * Where figures are measured: two network namespaces joined by a veth pair, a server's and a client's. Servers run on CPU 0 and clients
 * on the others, so that neither takes the other's time. What is asked goes from one namespace to the other and never leaves the machine.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ExecOptions, type Finished, lab as laboratory, type Namespace, type Program } from '../interop/namespaces.js';

const root = resolve(import.meta.dirname, '../..');

type Side = { readonly namespace: Namespace; readonly device: string; readonly address: string };

type Options = Omit<ExecOptions, 'input'> & {
  /** Which CPUs, as `taskset -c` takes them; `any` leaves it to the scheduler. */
  readonly cpus?: string;
};

export interface PerfLab extends AsyncDisposable {
  /** 10.77.0.1/16. */
  readonly server: Side;
  /** 10.77.0.2/16. */
  readonly client: Side;
  /** A folder for this run's files, gone afterwards. */
  readonly folder: string;
  /** Greatest receive buffer the system grants, in bytes. */
  readonly rmemMax: number;
  has(program: string): boolean;
  /** Starts a program on the server's side, on CPU 0. */
  spawnServer(argv: readonly string[], options?: Options): Program;
  /** Starts a program on the client's side, on the other CPUs. */
  spawnClient(argv: readonly string[], options?: Options): Program;
  /** Runs a program on the client's side to its end, on the other CPUs. Rejects when it fails. */
  runClient(argv: readonly string[], options?: Options): Promise<Finished>;
  /** Asks again until it answers true; rejects after `ms` (20 s) or when the program ends first. */
  until(what: string, program: Program, answers: () => boolean | Promise<boolean>, ms?: number): Promise<void>;
  /** True once a socket of the server's side has this port. */
  listens(protocol: 'udp' | 'tcp', port: number): Promise<boolean>;
  /** Compiles `test/perf/load/NAME.c`; gives the path of the program. Kept for the next run. */
  load(name: string, libraries?: readonly string[]): string;
  /**
   * Starts the product on the server's side: the built `run` with these arguments besides interface, data and `--json`; resolves when it is ready.
   * `unread`: what it says goes into a file, as what a peer logs does, for reading it here would take of the time of both.
   */
  bench(args: readonly string[], options?: Options & { readonly unread?: boolean }): Promise<Program>;
  /** Starts the window's host (`ui`) on the server's side; its first line is the address to open. */
  window(): Promise<Program>;
  /** `node` and the path of the built command line. */
  readonly benchtone: readonly [string, string];
  /** Words beside the result, on standard error. */
  note(text: string): void;
}

/** Opens the lab; needs root on Linux. Disposing ends every program in it. */
export async function openLab(): Promise<PerfLab> {
  const net = await laboratory();
  const folder = mkdtempSync(join(tmpdir(), 'benchtone-perf-'));
  const built = copyBuilt();
  const [server, client] = [await net.namespace('server'), await net.namespace('client')];
  await net.segment({ in: server, as: 'perf0', address: '10.77.0.1/16' }, { in: client, as: 'perf0', address: '10.77.0.2/16' });
  const settings = ['net.ipv4.tcp_max_tw_buckets=0', 'net.ipv4.ip_local_port_range=1024 65000', 'net.ipv4.tcp_tw_reuse=1'];
  for (const side of [server, client]) {
    await side.ip('route', 'add', '255.255.255.255/32', 'dev', 'perf0');
    await side.exec('sysctl', ['-qw', ...settings]);
  }
  const last = cpus().length - 1;
  const pinned = (argv: readonly string[], where: string): readonly string[] =>
    where === 'any' || last === 0 ? argv : ['taskset', '-c', where, ...argv];
  const spawnServer: PerfLab['spawnServer'] = (argv, { cpus: where = '0', ...options } = {}) => {
    const [program = '', ...args] = pinned(argv, where);
    return server.spawn(program, args, options);
  };
  const others = last > 1 ? `1-${last}` : '1';
  const benchtone = [process.execPath, join(built, 'headless/main.js')] as const;
  const lab: PerfLab = {
    server: { namespace: server, device: 'perf0', address: '10.77.0.1' },
    client: { namespace: client, device: 'perf0', address: '10.77.0.2' },
    folder,
    rmemMax: Number(readFileSync('/proc/sys/net/core/rmem_max', 'utf8')),
    has,
    spawnServer,
    spawnClient(argv, { cpus: where = others, ...options } = {}) {
      const [program = '', ...args] = pinned(argv, where);
      return client.spawn(program, args, options);
    },
    async runClient(argv, { cpus: where = others, ...options } = {}) {
      const [program = '', ...args] = pinned(argv, where);
      const done = await client.exec(program, args, options);
      if (done.status !== 0) throw new Error(`${argv.join(' ')} ended with ${done.status}: ${done.stderr.slice(-2000)}`);
      return done;
    },
    until,
    async listens(protocol, port) {
      const { stdout } = await server.exec('ss', ['-Hln', protocol === 'udp' ? '-u' : '-t', `sport = :${port}`]);
      return stdout.trim() !== '';
    },
    load: compiled,
    async bench(args, { unread = false, ...options } = {}) {
      const data = mkdtempSync(join(folder, 'data-'));
      const env = { BENCHTONE_KEY_FILE: join(data, 'installation.key'), HOME: data, XDG_DATA_HOME: data, XDG_CONFIG_HOME: data };
      const argv = [...benchtone, 'run', '--interface', 'perf0', '--data', join(data, 'job'), ...args, '--json'];
      const said = join(data, 'said.jsonl');
      const written = unread ? ['sh', '-c', 'exec "$@" >"$0"', said, ...argv] : argv;
      const program = spawnServer(written, { ...options, env: { ...env, ...options.env } });
      const isReady = (): boolean => existsSync(said) && readFileSync(said, 'utf8').includes('"type":"ready"');
      if (unread) await until('the bench', program, isReady, 40_000);
      else await program.line(/"type":"ready"/, 40_000);
      return program;
    },
    async window() {
      const data = mkdtempSync(join(folder, 'data-'));
      const env = { BENCHTONE_KEY_FILE: join(data, 'installation.key'), HOME: data, XDG_DATA_HOME: data, XDG_CONFIG_HOME: data };
      const program = spawnServer([...benchtone, 'ui', '--data', join(data, 'job')], { env });
      await program.line(/^http:/, 40_000);
      return program;
    },
    benchtone,
    note: (text) => void process.stderr.write(`  ${text}\n`),
    async [Symbol.asyncDispose]() {
      await net[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
      rmSync(built, { recursive: true, force: true });
    },
  };
  return lab;
}

/** The product as it is built now, in a folder of its own: a build beside the measuring must not change what is measured. */
function copyBuilt(): string {
  const done = spawnSync(process.execPath, [join(root, 'headless/build.mjs')], { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`the command line can't be built: ${done.stderr}`);
  const built = mkdtempSync(join(root, 'out/perf-'));
  for (const part of ['headless', 'simulator']) cpSync(join(root, 'out', part), join(built, part), { recursive: true });
  // What is measured of the window's host is its feed; nobody opens the page.
  mkdirSync(join(built, 'renderer'));
  writeFileSync(join(built, 'renderer/index.html'), '<!doctype html><title>none</title>');
  return built;
}

function has(program: string): boolean {
  if (program.startsWith('/')) return existsSync(program);
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  return path.split(':').some((folder) => existsSync(join(folder, program)));
}

function compiled(name: string, libraries: readonly string[] = []): string {
  const source = join(import.meta.dirname, 'load', `${name}.c`);
  const digest = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const folder = join(root, 'out/perf-load');
  const program = join(folder, `${name}-${digest}`);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const passing = `${program}.${process.pid}`;
  const done = spawnSync('cc', ['-O2', '-Wall', '-pthread', '-o', passing, source, '-lm', ...libraries], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${source} can't be compiled: ${done.error?.message ?? done.stderr}`);
  renameSync(passing, program);
  return program;
}

const probeAgainMs = 20;

async function until(what: string, program: Program, answers: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const deadline = Date.now() + ms;
  let ended = false;
  void program.ended.then(() => (ended = true));
  while (!(await answers())) {
    if (ended || Date.now() > deadline)
      throw new Error(`${what}: ${ended ? 'it ended' : 'no answer'}; it said:\n${program.lines.slice(-20).join('\n')}`);
    await new Promise((again) => setTimeout(again, probeAgainMs));
  }
}

/** Resident memory of a program in MiB (proc(5), VmRSS). */
export function residentMiB(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`process ${pid} has no memory to speak of`);
  return Number(found) / 1024;
}

/** A list of one phone: `run` wants a job, whoever else comes. */
export function oneRow(folder: string): string {
  const file = join(folder, 'one.csv');
  writeFileSync(file, 'mac,model\nc4c603fffffe,8851\n');
  return file;
}
