/** The whole bench as DHCP server of many clients and behind relay agents, none of which are ours; tshark judges every packet. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { options, type Running, Scratch } from '../process/programs.js';
import { csvOf, segmentRecipe } from '../process/work-orders.js';
import { recordWire } from './dissected.js';
import { type Lab, lab, type Namespace } from './namespaces.js';

const listed = { mac: 'c4c603000077', model: '8851' };

let net: Lab;
let scratch: Scratch;
let bench: Namespace;
let other: Namespace;

beforeEach(async () => {
  net = await lab();
  scratch = new Scratch();
  [bench, other] = [await net.namespace('bench'), await net.namespace('other')];
});

afterEach(async () => {
  await scratch[Symbol.asyncDispose]();
  await net[Symbol.asyncDispose]();
});

async function run(pool: string): Promise<Running> {
  const job = { csv: scratch.write('phones.csv', csvOf([listed])), recipe: scratch.write('recipe.yaml', segmentRecipe) };
  const given = { ...job, data: scratch.path('data'), interface: 'eth1', pool, unlisted: 'any', json: true } as const;
  const running = scratch.benchtone(['run', ...options(given)], bench);
  await running.ready();
  return running;
}

/** What udhcpc was told, or what it said instead. */
async function udhcpc(phone: Namespace): Promise<string> {
  const script = scratch.write('told.sh', '#!/bin/sh\nenv\n');
  const asked = ['-f', '-n', '-q', '-i', 'eth0', '-t', '5', '-T', '2', '-O', '150', '-s', '/bin/sh'];
  const { stdout, stderr } = await phone.exec('sh', ['-c', `chmod +x ${script}; udhcpc ${asked.slice(0, -1).join(' ')} ${script}`]);
  return stdout + stderr;
}

it('perfdhcp of Kea: 1,000 clients at 200 a second, each its own address, none lost, no packet malformed', async () => {
  await net.segment({ in: bench, as: 'eth1', address: '10.77.0.1/16' }, { in: other, as: 'eth1', address: '10.77.0.2/16' });
  await run('10.77.16.0-10.77.79.255');
  await using wire = await recordWire(other, 'eth1');
  const load = ['-4', '-l', 'eth1', '-R', '1000', '-r', '200', '-n', '1000', '-u', '-d', '5', '-W', '5000000', '10.77.0.1'];
  const { status, stdout } = await other.exec('perfdhcp', load);
  await wire.stop();
  const counted = (what: string): number[] =>
    [...stdout.matchAll(new RegExp(`^${what}: (\\d+)`, 'gim'))].map(([, number]) => Number(number));
  expect({ status, sent: counted('sent packets'), received: counted('received packets') }, stdout).toEqual({
    status: 0,
    sent: [1000, 1000],
    received: [1000, 1000],
  });
  expect([counted('malformed packets'), counted('non unique addresses'), counted('rejected leases')]).toEqual([[0], [0, 0], [0, 0]]);
  expect(await wire.malformed()).toEqual([]);
  const acks = await wire.fields('dhcp.option.dhcp == 5', 'dhcp.ip.your');
  expect(acks).toHaveLength(1000);
  expect(new Set(acks.flat()).size).toBe(1000);
  expect(await wire.fields('dhcp.option.dhcp == 6', 'dhcp.id')).toEqual([]);
});

/** Relay agents between the phone's cable and the bench's; `echoes`: it adds option 82, and takes it off again. */
const relays = {
  'dnsmasq as relay agent': {
    command: [
      'dnsmasq',
      '--no-daemon',
      '--conf-file=/dev/null',
      '--port=0',
      '--user=root',
      '--dhcp-relay=10.77.1.1,10.77.0.1',
      '--log-dhcp',
    ],
    ready: /DHCP relay from 10\.77\.1\.1 to 10\.77\.0\.1/,
    echoes: false,
  },
  'dhcrelay of ISC with option 82': {
    command: ['dhcrelay', '-4', '-d', '-a', '--no-pid', '-id', 'eth0', '-iu', 'eth1', '10.77.0.1'],
    ready: /Sending on +Socket/,
    echoes: true,
  },
} as const;

it.each(Object.keys(relays) as (keyof typeof relays)[])(
  '%s: a phone on another cable gets its lease, what the agent adds comes back',
  async (name) => {
    const phone = await net.namespace('phone');
    await net.segment({ in: bench, as: 'eth1', address: '10.77.0.1/16' }, { in: other, as: 'eth1', address: '10.77.0.2/24' });
    await net.segment({ in: other, as: 'eth0', address: '10.77.1.1/24' }, { in: phone, as: 'eth0' });
    await bench.ip('route', 'add', '10.77.1.0/24', 'via', '10.77.0.2');
    await other.exec('sysctl', ['-qw', 'net.ipv4.ip_forward=1']);
    await run('10.77.1.10-10.77.1.99');
    const { command, ready, echoes } = relays[name];
    const [program, ...args] = command;
    await other.spawn(program, args).line(ready);
    await using phoneWire = await recordWire(phone, 'eth0');
    await using benchWire = await recordWire(bench, 'eth1');
    const told = await udhcpc(phone);
    expect(told).toContain('ip=10.77.1.10\n');
    expect(told).toContain('opt150=0a4d0001\n');
    for (const wire of [phoneWire, benchWire]) {
      await wire.stop();
      expect(await wire.malformed()).toEqual([]);
    }
    const agents = async (wire: typeof benchWire, type: number) => {
      const [first] = await wire.fields(
        `dhcp.option.dhcp == ${type}`,
        'dhcp.ip.relay',
        'dhcp.option.agent_information_option.agent_circuit_id',
      );
      return first;
    };
    const [asked, answered] = [await agents(benchWire, 3), await agents(benchWire, 5)];
    expect(asked?.[0]).toBe('10.77.1.1');
    expect(answered).toEqual(asked);
    expect(asked?.[1] !== undefined && asked[1] !== '').toBe(echoes);
  },
);

it('a relay agent on the bench’s own cable repeats its answers: the bench knows them for its own and goes on', async () => {
  const agent = await net.namespace('agent');
  await net.segment(
    { in: bench, as: 'eth1', address: '10.77.0.1/16' },
    { in: other, as: 'eth0' },
    { in: agent, as: 'eth1', address: '10.77.0.2/16' },
  );
  const running = await run('10.77.16.0-10.77.79.255');
  await agent.spawn('dhcrelay', ['-4', '-d', '-a', '--no-pid', '-i', 'eth1', '10.77.0.1']).line(/Sending on +Socket/);
  await using wire = await recordWire(other, 'eth0');
  expect(await udhcpc(other)).toContain('ip=10.77.16.0\n');
  expect(await udhcpc(other)).toContain('ip=10.77.16.0\n');
  await wire.stop();
  expect(await wire.malformed()).toEqual([]);
  // The copy of the agent was on the wire, or nothing was shown.
  expect((await wire.fields('dhcp.type == 2 && ip.src == 10.77.0.2', 'dhcp.option.dhcp')).length).toBeGreaterThan(0);
  expect(running.of('check').filter(({ code }) => code.startsWith('dhcp.'))).toEqual([]);
});
