/**
 * A laboratory of network namespaces (ip-netns(8)): separate network stacks on this machine, joined by veth pairs, so that real
 * programs can speak to each other on privileged ports without a packet leaving the machine. Needs root on Linux.
 *
 *   await using net = await lab();
 *   const bench = await net.namespace('bench');
 *   const phone = await net.namespace('phone');
 *   await net.segment({ in: bench, as: 'eth1', address: '10.77.0.1/24' }, { in: phone, as: 'eth1' });
 *   const said = await phone.exec('ping', ['-c1', '10.77.0.1']);
 *
 * Disposing the laboratory ends every program in its namespaces and removes them; nothing of the machine's own network is touched.
 */
import { type ChildProcess, spawn as spawnProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What a program said and how it ended. `status` is null when a signal ended it. */
export type Finished = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

export type ExecOptions = {
  /** Written to its standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Milliseconds until it is killed; 60 s unless set. */
  readonly timeout?: number;
};

/** A program that keeps running. Disposing it kills it and waits for its end. */
export interface Program extends AsyncDisposable {
  readonly process: ChildProcess;
  /** Every line so far, of both outputs, in the order they came. */
  readonly lines: readonly string[];
  /** The first line, past or to come, that matches; rejects with everything said when the program ends first or `ms` (30 s) pass. */
  line(pattern: RegExp, ms?: number): Promise<string>;
  /** Sends the signal (SIGTERM unless said) and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Finished>;
  /** How it ended. */
  readonly ended: Promise<Finished>;
}

/** Packets as `tcpdump -n -e` prints them: one line each, link-level header included. */
interface Capture extends AsyncDisposable {
  readonly lines: readonly string[];
  line(pattern: RegExp, ms?: number): Promise<string>;
  /** Ends it; every packet seen, oldest first. */
  stop(): Promise<readonly string[]>;
}

export interface Namespace {
  /** As `ip netns` knows it. */
  readonly name: string;
  /** Runs a program to its end. Does not reject when it fails: look at `status`. */
  exec(program: string, args?: readonly string[], options?: ExecOptions): Promise<Finished>;
  /** Starts a program that keeps running. */
  spawn(program: string, args?: readonly string[], options?: Omit<ExecOptions, 'input' | 'timeout'>): Program;
  /** `ip ARGS` on its network; rejects when it fails. */
  ip(...args: string[]): Promise<string>;
  /** Starts tcpdump on an interface and waits until it listens. `filter` is a pcap filter. */
  capture(device: string, filter?: string): Promise<Capture>;
  /** As `capture`, but whole packets into a file that tshark reads (`tshark.ts`); `stop` resolves once all of them are in it. */
  record(device: string, file: string, filter?: string): Promise<Recording>;
}

interface Recording extends AsyncDisposable {
  stop(): Promise<void>;
}

/** One plug: the interface gets the name `as`, and the address where one is given, and is up. */
type Plug = { readonly in: Namespace; readonly as: string; readonly address?: string; readonly mac?: string };

export interface Lab extends AsyncDisposable {
  /** A new namespace with `lo` up and IPv6 off (its solicitations would be noise in captures). */
  namespace(label: string): Promise<Namespace>;
  /** One Ethernet segment: two plugs are the ends of one cable, more meet in a switch. */
  segment(...plugs: readonly Plug[]): Promise<void>;
}

/** As it is when something is started: whoever measures adds places to look for programs. */
const environment = () => ({ ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` });
let laboratories = 0;

/** Opens a laboratory. Names carry the process id and a count, so that several may exist at the same time. */
export async function lab(): Promise<Lab> {
  const prefix = `bt-${process.pid}-${(laboratories += 1)}`;
  const names: string[] = [];
  const programs = new Set<Program>();
  let cables = 0;

  async function namespace(label: string): Promise<Namespace> {
    const name = `${prefix}-${names.length}-${label}`;
    await must('ip', ['netns', 'add', name]);
    names.push(name);
    const made = inside(name, programs);
    await made.ip('link', 'set', 'lo', 'up');
    await made.exec('sh', ['-c', 'for i in all default; do echo 1 >/proc/sys/net/ipv6/conf/$i/disable_ipv6; done 2>/dev/null']);
    return made;
  }

  /** Lays a cable: both ends are made under passing names of at most 15 characters in the first namespace, moved and renamed. */
  async function cable(one: Plug, other: Plug): Promise<void> {
    const passing = `bt${process.pid.toString(36)}x${laboratories}y${(cables += 1)}`.slice(0, 14);
    await one.in.ip('link', 'add', `${passing}a`, 'type', 'veth', 'peer', 'name', `${passing}b`, 'netns', other.in.name);
    await plug(one, `${passing}a`);
    await plug(other, `${passing}b`);
    await Promise.all([carrier(one), carrier(other)]);
  }

  async function segment(...plugs: readonly Plug[]): Promise<void> {
    const [one, other] = plugs;
    if (one !== undefined && other !== undefined && plugs.length === 2) return cable(one, other);
    const box = await namespace('switch');
    await box.ip('link', 'add', 'br0', 'type', 'bridge', 'forward_delay', '0', 'stp_state', '0');
    await box.ip('link', 'set', 'br0', 'up');
    for (const [index, each] of plugs.entries()) {
      await cable(each, { in: box, as: `port${index}` });
      await box.ip('link', 'set', `port${index}`, 'master', 'br0');
    }
  }

  return {
    namespace,
    segment,
    async [Symbol.asyncDispose]() {
      await Promise.all([...programs].map((program) => program.stop('SIGKILL')));
      for (const name of names) await endAllIn(name);
      for (const name of names) await run('ip', ['netns', 'del', name]);
    },
  };
}

function inside(name: string, programs: Set<Program>): Namespace {
  const entered = (program: string, args: readonly string[]) => ['netns', 'exec', name, program, ...args];
  const self: Namespace = {
    name,
    exec: (program, args = [], options = {}) => run('ip', entered(program, args), options),
    spawn(program, args = [], options = {}) {
      const started = start('ip', entered(program, args), options);
      programs.add(started);
      void started.ended.then(() => programs.delete(started));
      return started;
    },
    ip: (...args) => must('ip', ['-n', name, ...args]),
    async capture(device, filter = '') {
      const args = ['-i', device, '-n', '-e', '-l', '--immediate-mode', ...filter.split(' ').filter(Boolean)];
      const tcpdump = self.spawn('tcpdump', args);
      await tcpdump.line(/listening on/);
      const packets = () => tcpdump.lines.filter((line) => /^\d\d:\d\d:\d\d\.\d+ /.test(line));
      return {
        get lines() {
          return packets();
        },
        line: (pattern, ms) => tcpdump.line(pattern, ms),
        async stop() {
          await tcpdump.stop('SIGINT');
          return packets();
        },
        [Symbol.asyncDispose]: () => tcpdump[Symbol.asyncDispose](),
      };
    },
    async record(device, file, filter = '') {
      const room = ['-B', '65536']; // KiB: a place for a packet takes 256 of them, and a burst must find one
      const args = ['-i', device, '-n', '-U', '-Z', 'root', '--immediate-mode', ...room, '-w', file, ...filter.split(' ').filter(Boolean)];
      const tcpdump = self.spawn('tcpdump', args);
      await tcpdump.line(/listening on/);
      return {
        async stop() {
          await tcpdump.stop('SIGINT');
        },
        [Symbol.asyncDispose]: () => tcpdump[Symbol.asyncDispose](),
      };
    },
  };
  return self;
}

async function plug(end: Plug, passing: string): Promise<void> {
  await end.in.ip('link', 'set', passing, 'name', end.as);
  if (end.mac !== undefined) await end.in.ip('link', 'set', end.as, 'address', end.mac);
  if (end.address !== undefined) await end.in.ip('addr', 'add', end.address, 'brd', '+', 'dev', end.as);
  await end.in.ip('link', 'set', end.as, 'up');
}

/** The system takes up to a second to notice that both ends are up, and until then the interface counts as not running. */
async function carrier({ in: namespace, as }: Plug): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await namespace.ip('-o', 'link', 'show', 'dev', as)).includes('state UP')) {
    if (Date.now() > deadline) throw new Error(`${as} in ${namespace.name} does not come up`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Programs that made themselves daemons are no children of ours any more, but still live in the namespace. */
async function endAllIn(name: string): Promise<void> {
  const { stdout } = await run('ip', ['netns', 'pids', name]);
  for (const pid of stdout.split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

async function must(program: string, args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await run(program, args);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.trim()}`);
  return stdout;
}

/** Runs a program on this machine's own network stack to its end. */
export async function run(program: string, args: readonly string[], options: ExecOptions = {}): Promise<Finished> {
  const child = spawnProcess(program, args, { ...spawnOptions(options), timeout: options.timeout ?? 60_000, killSignal: 'SIGKILL' });
  child.stdin?.on('error', () => undefined); // it may end before it has read everything
  child.stdin?.end(options.input ?? '');
  return collect(child);
}

function start(program: string, args: readonly string[], options: ExecOptions): Program {
  const child = spawnProcess(program, args, spawnOptions(options));
  child.stdin?.on('error', () => undefined);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const ended = collect(child);
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null)
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        for (const look of waiting) look();
      });

  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  return {
    process: child,
    lines,
    ended,
    stop,
    line(pattern, ms = 30_000) {
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          waiting.delete(look);
          clearTimeout(timer);
          settle();
        };
        const look = () => {
          const found = lines.find((line) => pattern.test(line));
          if (found !== undefined) finish(() => resolve(found));
        };
        const giveUp = (why: string) => finish(() => reject(new Error(`${why} before ${String(pattern)}; it said:\n${lines.join('\n')}`)));
        const timer = setTimeout(() => giveUp(`${ms} ms passed`), ms);
        waiting.add(look);
        void ended.then(
          () => giveUp('the program ended'),
          (error: unknown) => giveUp(String(error)),
        );
        look();
      });
    },
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
    },
  };
}

function spawnOptions({ env, cwd }: ExecOptions): SpawnOptions {
  return { env: { ...environment(), ...env }, ...(cwd === undefined ? {} : { cwd }), stdio: ['pipe', 'pipe', 'pipe'] };
}

async function collect(child: ChildProcess): Promise<Finished> {
  const parts = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (parts.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (parts.stderr += text));
  await once(child, 'close');
  return { status: child.exitCode, ...parts };
}
