/** What happens to a running bench from outside: another DHCP server appears, its interface goes and comes back. Phones pass afterwards. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { options, type Running, Scratch } from '../process/programs.js';
import { csvOf, phones, segmentRecipe } from '../process/work-orders.js';
import { type Lab, lab, type Namespace } from './namespaces.js';

let net: Lab;
let bench: Namespace;
let desk: Namespace;
let scratch: Scratch;

beforeEach(async () => {
  net = await lab();
  [bench, desk] = [await net.namespace('bench'), await net.namespace('desk')];
  scratch = new Scratch();
});

afterEach(async () => {
  await scratch[Symbol.asyncDispose]();
  await net[Symbol.asyncDispose]();
});

const count = 6;

function run(): Running {
  const csv = scratch.write('phones.csv', csvOf(phones(count)));
  const recipe = scratch.write('recipe.yaml', segmentRecipe);
  const given = { csv, recipe, interface: 'eth1', address: '10.77.0.1/24', data: scratch.path('data'), timeout: 100 };
  return scratch.benchtone(['run', ...options({ ...given, 'until-done': true, json: true })], bench);
}

function plugIn(first: number, some: number): Running {
  const csv = scratch.write(`some-${first}.csv`, csvOf(phones(count).slice(first - 1, first - 1 + some)));
  return scratch.benchtone(['phones', '--interface', 'eth1', '--csv', csv, '--seed', '9', '--speed', '20', '--json'], desk);
}

/** Waits for a note of the running bench. */
const note = (program: Running, code: string) => program.until(code, () => program.of('check').find((each) => each.code === code), 20_000);
const passed = (program: Running, some: number) =>
  program.until(`${some} passed`, () => [...program.latest('device').values()].filter(({ verdict }) => verdict === 'pass').length >= some);

it('own DHCP stops within a second of the first OFFER of another server, and says whose it is', async () => {
  const router = await net.namespace('router');
  const mac = '02:00:00:00:00:66';
  await net.segment(
    { in: bench, as: 'eth1', address: '10.77.0.1/24' },
    { in: desk, as: 'eth1' },
    { in: router, as: 'eth1', address: '10.77.0.66/24', mac },
  );
  const running = run();
  await running.ready();
  const capture = await desk.capture('eth1', 'udp port 67');
  const server = ['--no-daemon', '--conf-file=/dev/null', '--port=0', '--user=root', '--bind-interfaces', '--interface=eth1', '--no-ping'];
  const range = '--dhcp-range=10.77.0.100,10.77.0.150,255.255.255.0,2m';
  await using dnsmasq = router.spawn('dnsmasq', [...server, range, `--dhcp-leasefile=${scratch.path('leases')}`]);
  await dnsmasq.line(/DHCP, IP range/);
  // A stranger that can only be answered by broadcast: the bench leaves it alone, so the OFFER that is overheard is nobody's but the router's.
  const stranger = ['-i', 'eth1', '-f', '-q', '-n', '-t', '4', '-T', '1', '-B', '-s', '/bin/true'];
  await desk.exec('udhcpc', stranger);
  expect(await note(running, 'dhcp.foreign')).toMatchObject({
    state: 'stop',
    params: { address: '10.77.0.66', mac: '020000000066' },
  });
  // Phones of the job now ask in vain.
  const late = plugIn(1, 2);
  await capture.line(/Request from c4:c6:03/);
  await desk.exec('udhcpc', stranger);
  const lines = await capture.stop();
  late.signal('SIGTERM');
  running.signal('SIGTERM');
  expect((await running.end(5000)).signal).toBeNull();

  const seconds = (line: string): number => {
    const [h = 0, m = 0, s = 0] = line.split(' ', 1)[0]!.split(':').map(Number);
    return (h * 60 + m) * 60 + s;
  };
  const ofRouter = lines.filter((line) => line.includes('10.77.0.66.67 >')).map(seconds);
  const ofBench = lines.filter((line) => line.includes('10.77.0.1.67 >')).map(seconds);
  expect(ofRouter.length).toBeGreaterThan(0);
  expect(ofBench.filter((at) => at > ofRouter[0]! + 1)).toEqual([]);
  const asked = lines.findIndex((line) => line.includes('Request from c4:c6:03'));
  expect(lines.slice(asked).filter((line) => line.includes('10.77.0.1.67 >'))).toEqual([]);
});

it.each([
  [
    'its interface is made again, under another number',
    'link.no-interface',
    () => bench.ip('link', 'del', 'eth1'),
    () => net.segment({ in: bench, as: 'eth1', address: '10.77.0.1/24' }, { in: desk, as: 'eth1' }),
  ],
  [
    'its address is taken away and given back',
    'link.no-address',
    () => bench.ip('addr', 'del', '10.77.0.1/24', 'dev', 'eth1'),
    () => bench.ip('addr', 'add', '10.77.0.1/24', 'brd', '+', 'dev', 'eth1'),
  ],
  [
    'its cable is pulled and plugged in again',
    'link.no-cable',
    () => desk.ip('link', 'set', 'eth1', 'down'),
    () => desk.ip('link', 'set', 'eth1', 'up'),
  ],
])('a bench goes on after %s', async (_what, code, pull, plug) => {
  await net.segment({ in: bench, as: 'eth1', address: '10.77.0.1/24' }, { in: desk, as: 'eth1' });
  const running = run();
  const { ports } = await running.ready();
  const early = plugIn(1, 2);
  await passed(running, 2);
  early.signal('SIGTERM');
  await early.end(5000);
  await pull();
  expect(await note(running, code)).toMatchObject({ state: 'warn' });
  await plug();
  await note(running, 'link.back');
  const late = plugIn(3, count - 2);
  expect(await running.end(), running.told() + late.told()).toEqual({ code: 0, signal: null });
  expect(ports).toEqual({ dhcp: 67, tftp: 69, http: 80, syslog: 514 });
  expect(running.of('summary')).toEqual([expect.objectContaining({ devices: count, pass: count })]);
});
