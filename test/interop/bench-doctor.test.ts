/** The doctor in networks made for it: exit codes, a firewall with the one rule set and taken away, ports without being root. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { options, type Running, Scratch } from '../process/programs.js';
import { csvOf, phones, segmentRecipe } from '../process/work-orders.js';
import { node } from './bundle.js';
import { type Lab, lab, type Namespace } from './namespaces.js';

let net: Lab;
let bench: Namespace;
let desk: Namespace;
let scratch: Scratch;

beforeEach(async () => {
  net = await lab();
  [bench, desk] = [await net.namespace('bench'), await net.namespace('desk')];
  await net.segment({ in: bench, as: 'eth1', address: '10.77.0.1/24' }, { in: desk, as: 'eth1' });
  scratch = new Scratch();
});

afterEach(async () => {
  await scratch[Symbol.asyncDispose]();
  await net[Symbol.asyncDispose]();
});

const doctor = (given: Readonly<Record<string, string | true>>): Running =>
  scratch.benchtone(['doctor', ...options({ data: scratch.path('data'), interface: 'eth1', json: true, ...given })], bench);

async function checks(given: Readonly<Record<string, string | true>> = {}) {
  const program = doctor(given);
  const { code } = await program.end(60_000);
  expect(program.invalid).toEqual([]);
  return { code, of: (id: string) => program.of('check').find((each) => each.id === id), all: program.of('check') };
}

async function repair(given: Readonly<Record<string, string | true>>) {
  const program = doctor(given);
  const { code } = await program.end(20_000);
  return { code, ...program.of('repaired')[0] };
}

describe('what the doctor says', () => {
  it('a bench that is ready: exit 0, phones on trial pass', async () => {
    const { code, of } = await checks();
    expect(of('rehearsal')).toMatchObject({ state: 'ok', code: 'rehearsal.passed', params: { passed: 2 } });
    expect([code, of('foreign-dhcp')?.state, of('virtual')?.code, of('firewall')?.code]).toEqual([
      0,
      'ok',
      'interface.virtual',
      'firewall.open',
    ]);
  });

  it('a taken port: exit 4, with who has it and how to get it back; an interlock besides: exit 3', async () => {
    const server = ['--no-daemon', '--conf-file=/dev/null', '--port=0', '--user=root', '--enable-tftp', `--tftp-root=${scratch.folder}`];
    await using dnsmasq = bench.spawn('dnsmasq', server);
    await dnsmasq.line(/TFTP root/);
    const taken = await checks();
    expect(taken.of('port.tftp')).toMatchObject({
      state: 'stop',
      code: 'port.taken',
      params: { known: 'remedy.dnsmasq' },
      remedy: {
        act: { params: { command: 'sudo systemctl stop dnsmasq' } },
        undo: { params: { command: 'sudo systemctl start dnsmasq' } },
      },
    });
    await bench.ip('route', 'add', 'default', 'via', '10.77.0.66', 'dev', 'eth1');
    expect([taken.code, (await checks()).code]).toEqual([4, 3]);
  });
});

const ruleset = `table inet guard {
  chain input {
    type filter hook input priority 0; policy drop;
    iifname "lo" accept
    ct state established,related accept
  }
  chain output { type filter hook output priority 0; policy accept; }
}
`;

it('a firewall that drops: the one rule lets phones pass, and taking it away leaves exactly what was there', async () => {
  expect(await bench.exec('nft', ['-f', '-'], { input: ruleset })).toMatchObject({ status: 0 });
  const before = (await bench.exec('nft', ['list', 'ruleset'])).stdout;
  const count = 2;
  const csv = scratch.write('phones.csv', csvOf(phones(count)));
  const recipe = scratch.write('recipe.yaml', segmentRecipe);
  const { of } = await checks();
  expect(of('firewall')).toMatchObject({
    state: 'warn',
    code: 'firewall.blocks',
    params: { firewall: 'nftables' },
    remedy: { repair: 'firewall' },
  });
  expect(await repair({ repair: 'firewall' })).toMatchObject({ code: 0, done: true });
  const ruled = (await bench.exec('nft', ['list', 'ruleset'])).stdout;
  expect(ruled.split('\n').filter((line) => !before.includes(line))).toEqual([
    expect.stringMatching(/iifname "eth1" meta l4proto \{ tcp, udp \} th dport \{ 67, 68, 69, 80, 514 \} accept comment "benchtone-eth1"/),
  ]);

  const place = { interface: 'eth1', address: '10.77.0.1/24', data: scratch.path('job') };
  const run = scratch.benchtone(['run', ...options({ csv, recipe, ...place, 'until-done': true, timeout: 60, json: true })], bench);
  await run.ready();
  const virtual = scratch.benchtone(['phones', '--interface', 'eth1', '--csv', csv, '--speed', '20', '--json'], desk);
  expect(await run.end(), run.told()).toEqual({ code: 0, signal: null });
  virtual.signal('SIGTERM');
  await virtual.end(5000);

  expect((await checks()).of('firewall')).toMatchObject({ state: 'ok', code: 'firewall.rule' });
  expect(await repair({ repair: 'firewall', undo: true })).toMatchObject({ code: 0, done: true });
  expect((await bench.exec('nft', ['list', 'ruleset'])).stdout).toBe(before);
});

describe('ports without being root', () => {
  /** The account `nobody`, with the one capability that the pkexec of the test then has to write the setting. */
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=+net_admin', '--ambient-caps=+net_admin'];
  const start = async () => (await bench.exec('cat', ['/proc/sys/net/ipv4/ip_unprivileged_port_start'])).stdout.trim();

  /** A pkexec of our own that does as it is told; one who asks it hears `status` before anything is done, where it is not 0. */
  function pkexec(status: number): string {
    const folder = scratch.path('bin');
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/pkexec`, `#!/bin/sh\necho "$@" >>${scratch.path('asked')}\n[ ${status} = 0 ] || exit ${status}\nexec "$@"\n`, {
      mode: 0o755,
    });
    return folder;
  }

  async function asNobody(path: string, ...args: string[]) {
    chmodSync(scratch.folder, 0o777);
    const main = new URL('../../out/headless/main.js', import.meta.url).pathname;
    const env = { PATH: `${path}:/usr/bin:/bin`, HOME: scratch.folder };
    const command = ['--', node, main, 'doctor', '--data', scratch.path('own'), '--json', ...args];
    const { status, stdout } = await bench.exec('setpriv', [...nobody, ...command], { env });
    return { status, ...(JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { done?: boolean; reason?: { code: string } | null }) };
  }

  it('opted into through pkexec, and taken back to what it was', async () => {
    const path = pkexec(0);
    await bench.exec('sysctl', ['-w', 'net.ipv4.ip_unprivileged_port_start=900']);
    expect(await asNobody(path, '--repair', 'ports')).toMatchObject({ status: 0, done: true });
    expect(await start()).toBe('67');
    const bind = `require('node:dgram').createSocket('udp4').bind(67, () => process.exit(0))`;
    expect((await bench.exec('setpriv', ['--reuid=65534', '--', node, '-e', bind])).status).toBe(0);
    expect(await asNobody(path, '--repair', 'ports', '--undo')).toMatchObject({ status: 0, done: true });
    expect(await start()).toBe('900');
    expect(await asNobody(path, '--repair', 'ports', '--undo')).toMatchObject({ status: 4, reason: { code: 'repair.nothing' } });
  });

  it('nothing changes when the person says no, or nobody can be asked', async () => {
    const before = await start();
    expect(await asNobody(pkexec(126), '--repair', 'ports')).toMatchObject({
      status: 4,
      done: false,
      reason: { code: 'repair.dismissed' },
    });
    expect(await asNobody(pkexec(127), '--repair', 'ports')).toMatchObject({ status: 4, done: false, reason: { code: 'repair.no-agent' } });
    expect(await asNobody('/nowhere', '--repair', 'ports')).toMatchObject({ status: 4, done: false, reason: { code: 'repair.no-pkexec' } });
    expect(await start()).toBe(before);
  });
});
