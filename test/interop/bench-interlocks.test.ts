/** What keeps `run` from starting, each on a network made for it: the exit code, and the line that says why. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type LineOf, options, type Running, Scratch } from '../process/programs.js';
import { csvOf, phones, segmentRecipe } from '../process/work-orders.js';
import { node } from './bundle.js';
import { type Lab, lab, type Namespace } from './namespaces.js';

let net: Lab;
let bench: Namespace;
let other: Namespace;
let scratch: Scratch;

beforeAll(async () => {
  net = await lab();
  [bench, other] = [await net.namespace('bench'), await net.namespace('other')];
  await net.segment({ in: bench, as: 'eth1', address: '10.77.0.1/24' }, { in: other, as: 'eth1', address: '10.77.0.66/24' });
  await net.segment({ in: bench, as: 'eth2' }, { in: other, as: 'eth2' });
  scratch = new Scratch();
  scratch.write('phones.csv', csvOf(phones(3)));
  scratch.write('recipe.yaml', segmentRecipe);
});

afterEach(async () => {
  await bench.exec('ip', ['route', 'del', 'default']);
});

afterAll(async () => {
  await scratch[Symbol.asyncDispose]();
  await net[Symbol.asyncDispose]();
});

function run(given: Readonly<Record<string, string | true>>): Running {
  const job = { csv: scratch.path('phones.csv'), recipe: scratch.path('recipe.yaml'), data: scratch.path('data') };
  return scratch.benchtone(['run', ...options({ ...job, json: true, ...given })], bench);
}

/** Its exit code and the one line it says before. */
async function refusal(program: Running): Promise<Partial<LineOf<'refused'>> & { readonly exit: number | null }> {
  const { code } = await program.end(20_000);
  expect(program.invalid).toEqual([]);
  expect(program.lines.at(-1)?.type, program.told()).toBe('refused');
  return { exit: code, ...program.of('refused')[0] };
}

it('a foreign DHCP server on the segment: exit 3, with its address', async () => {
  const range = '--dhcp-range=10.77.0.100,10.77.0.150,255.255.255.0,2m';
  const quiet = ['--no-daemon', '--conf-file=/dev/null', '--port=0', '--user=root', '--bind-interfaces', '--interface=eth1', range];
  await using dnsmasq = other.spawn('dnsmasq', [...quiet, `--dhcp-leasefile=${scratch.path('leases')}`]);
  await dnsmasq.line(/DHCP, IP range/);
  const told = await refusal(run({ interface: 'eth1' }));
  expect(told).toMatchObject({ exit: 3, code: 'dhcp.foreign', params: { address: '10.77.0.66' } });
});

it('the default route on the interface: exit 3, unless its name is repeated', async () => {
  await bench.ip('route', 'add', 'default', 'via', '10.77.0.66', 'dev', 'eth1');
  expect(await refusal(run({ interface: 'eth1' }))).toMatchObject({
    exit: 3,
    code: 'interface.default-route',
    params: { interface: 'eth1' },
  });
  expect(await refusal(run({ interface: 'eth1', 'despite-default-route': 'eth2' }))).toMatchObject({
    exit: 3,
    code: 'interface.default-route',
  });
  const despite = run({ interface: 'eth1', 'despite-default-route': 'eth1' });
  expect(await despite.ready()).toMatchObject({ interface: 'eth1', address: '10.77.0.1' });
  despite.signal('SIGTERM');
  expect(await despite.end(5000)).toEqual({ code: 1, signal: null });
});

it.each([
  ['udp', 'tftp', 69, `require('node:dgram').createSocket('udp4').bind(69, () => console.log('holds'))`],
  ['tcp', 'http', 80, `require('node:net').createServer().listen(80, () => console.log('holds'))`],
])('a taken %s port for %s: exit 4, with who holds it', async (protocol, _service, port, script) => {
  await using holder = bench.spawn(node, ['-e', script]);
  await holder.line(/holds/);
  const told = await refusal(run({ interface: 'eth1' }));
  expect(told).toMatchObject({ exit: 4, code: 'port.taken', params: { protocol, port } });
  expect(told.params?.['holder']).toContain(`(${holder.process.pid})`);
});

it('no such address: exit 4, with those there are', async () => {
  expect(await refusal(run({ interface: 'eth2' }))).toMatchObject({ exit: 4, code: 'interface.no-address' });
  const told = await refusal(run({ interface: 'eth1', address: '10.78.0.1/24' }));
  expect(told).toMatchObject({ exit: 4, code: 'interface.no-address', params: { addresses: '10.77.0.1/24' } });
});

it('wrong usage: exit 2, with what is wrong', async () => {
  const wrong: Readonly<Record<string, readonly [Readonly<Record<string, string | true>>, string]>> = {
    'no interface': [{}, 'usage.missing'],
    'an interface that is not there': [{ interface: 'eth9' }, 'interface.unknown'],
    'an option nobody knows': [{ interface: 'eth1', 'no-such-option': true }, 'usage.option'],
    'a port that is none': [{ interface: 'eth1', ports: 'tftp=x' }, 'usage.ports'],
    'a file that is not there': [{ interface: 'eth1', csv: scratch.path('none.csv') }, 'file.unreadable'],
  };
  for (const [what, [given, code]] of Object.entries(wrong))
    expect({ what, ...(await refusal(run(given))) }).toMatchObject({ what, exit: 2, code });
});
