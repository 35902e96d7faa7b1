/** `run`, `demo` and `phones` end on a signal, and when their parent dies, within five seconds and without a trace. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freePorts, type Ports, spellPorts, takeAll } from './ports.js';
import { options, root, type Running, Scratch } from './programs.js';
import { csvOf, loopbackRecipe, phones } from './work-orders.js';

const within = 5000;
const count = 4;

/** A program started through npm, serving: what ends it must end all of it. */
type Started = {
  readonly npm: Running;
  /** Every process that is not npm's own. */
  readonly pids: readonly number[];
  readonly ports: Ports | undefined;
  /** The type of its last line. */
  readonly last: 'summary' | 'phone';
};

const commands: Record<string, (scratch: Scratch) => Promise<Started>> = {
  async run(scratch) {
    const ports = await freePorts();
    const job = { csv: scratch.write('phones.csv', csvOf(phones(count))), recipe: scratch.write('recipe.yaml', loopbackRecipe) };
    const place = { interface: 'lo', address: '127.0.0.1/8', ports: spellPorts(ports), pool: '127.77.252.1-127.77.252.99' };
    const npm = throughNpm(scratch, ['run', ...options({ ...job, ...place, data: scratch.path('data'), json: true })]);
    return { npm, pids: [(await npm.ready()).pid], ports, last: 'summary' };
  },
  async demo(scratch) {
    const npm = throughNpm(scratch, ['demo', '--phones', '40', '--seed', '5', '--json']);
    const { pid, ports } = await npm.ready();
    const { dhcp = 0, tftp = 0, http = 0, syslog = 0 } = ports;
    await npm.until('its phones speak', () => npm.of('device').length > 0);
    return { npm, pids: [pid, ...childrenOf(pid)], ports: { dhcp, tftp, http, syslog }, last: 'summary' };
  },
  async phones(scratch) {
    const npm = throughNpm(scratch, ['phones', '--relay', '127.0.0.1:9', '--count', String(count), '--json']);
    await npm.until('it says it runs', () => npm.stderr.includes('virtual phones'));
    return { npm, pids: childrenOf(npm.pid), ports: undefined, last: 'phone' };
  },
};

it.each(Object.keys(commands))('%s ends on SIGTERM and on SIGINT to npm, says its last word and gives its ports back', async (name) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    await using scratch = new Scratch();
    const { npm, pids, ports, last } = await start(name, scratch);
    npm.signal(signal);
    await npm.end(within);
    expect({ signal, last: npm.lines.at(-1)?.type, invalid: npm.invalid }).toEqual({ signal, last, invalid: [] });
    await allGone(pids);
    if (ports !== undefined) await takeAll(ports);
  }
});

it.each(Object.keys(commands))('%s ends when its parent is killed, and gives its ports back', async (name) => {
  await using scratch = new Scratch();
  const { npm, pids, ports } = await start(name, scratch);
  expect(pids.length).toBeGreaterThan(0);
  npm.signal('SIGKILL');
  await npm.end(within); // nobody holds its output any more
  await allGone(pids);
  if (ports !== undefined) await takeAll(ports);
});

it('phones of a demo that is killed do not stay behind', async () => {
  await using scratch = new Scratch();
  const demo = scratch.benchtone(['demo', '--phones', '40', '--seed', '6', '--json']);
  await demo.until('its phones speak', () => demo.of('device').length > 0);
  const pids = childrenOf(demo.pid);
  expect(pids).toHaveLength(1);
  demo.signal('SIGKILL');
  await demo.end(within);
  await allGone(pids);
});

function start(name: string, scratch: Scratch): Promise<Started> {
  const command = commands[name];
  if (command === undefined) throw new Error(`no command ${name}`);
  return command(scratch);
}

function throughNpm(scratch: Scratch, args: readonly string[]): Running {
  return scratch.start(['npm', 'run', '-s', 'benchtone', '--', ...args], { cwd: root });
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

/** A process closes its output a moment before it is gone. */
function allGone(pids: readonly number[]): Promise<void> {
  return expect.poll(() => pids.filter(isRunning), { timeout: 1000, interval: 20 }).toEqual([]);
}

/** A process that ended and waits for somebody to ask how is not running. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
