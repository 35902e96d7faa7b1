/** Our DHCP service against clients that are not ours, on real interfaces in namespaces. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundled, bundle, node } from './bundle.js';
import { dhcpTypes, recordWire, type Wire } from './dissected.js';
import { type Lab, lab, type Namespace, type Program } from './namespaces.js';
import type { Orders } from './programs/dhcp-bench.js';

const url = 'http://10.77.0.1';
let bench: Bundled;
let handMade: Bundled;
let npmClient: Bundled;
let folder: string;

beforeAll(async () => {
  bench = await bundle('test/interop/programs/dhcp-bench.ts');
  handMade = await bundle('test/interop/programs/dhcp-client.ts');
  npmClient = await bundle('test/interop/programs/npm-dhcp-client.ts');
  folder = await mkdtemp(join(tmpdir(), 'benchtone-dhcp-'));
});

afterAll(async () => {
  for (const each of [bench, handMade, npmClient]) await each[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function serve(namespace: Namespace, orders: Orders): Promise<Program> {
  const program = namespace.spawn(node, [bench.file, JSON.stringify(orders)]);
  await program.line(/"ready"/);
  return program;
}

/** Bench and phone on one cable. */
async function cabled(net: Lab): Promise<{ benchSide: Namespace; phoneSide: Namespace }> {
  const [benchSide, phoneSide] = [await net.namespace('bench'), await net.namespace('phone')];
  await net.segment({ in: benchSide, as: 'eth1', address: '10.77.0.1/24' }, { in: phoneSide, as: 'eth1', mac: '00:56:2b:04:36:15' });
  return { benchSide, phoneSide };
}

/** A script for a DHCP client that changes nothing and writes down what it was told. */
async function recorder(file: string): Promise<string> {
  const script = `${file}.sh`;
  await writeFile(script, `#!/bin/sh\nenv | grep -E '^(new_|opt|ip=|subnet=|serverid=|lease=|tftp=)' >>${file}\n`);
  await chmod(script, 0o755);
  return script;
}

async function udhcpc(namespace: Namespace, name: string): Promise<string> {
  const file = join(folder, name);
  const options = ['-O', 'tftp', '-O', '150', '-O', '160'];
  const args = ['-f', '-n', '-q', '-i', 'eth1', '-s', await recorder(file), ...options];
  const { status, stdout, stderr } = await namespace.exec('udhcpc', args);
  expect({ status, said: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
  return readFile(file, 'utf8');
}

/** DISCOVER, OFFER, REQUEST, ACK, once each, and tshark finds nothing wrong with any of them. */
async function isInOrder(wire: Wire): Promise<void> {
  await wire.stop();
  expect(await wire.malformed()).toEqual([]);
  expect(await dhcpTypes(wire)).toEqual([1, 2, 3, 5]);
}

/** dhcpcd, which keeps its leases where it always does: in a file system that is its own for as long as it runs. */
function dhcpcd(namespace: Namespace, conf: string, script: string): Program {
  const command = ['dhcpcd', '-4', '-1', '-B', '-d', '-f', conf, '-c', script, 'eth1'].join(' ');
  return namespace.spawn('sh', ['-c', `mount -t tmpfs none /var/lib/dhcpcd && exec ${command}`]);
}

const dhcpcdConf = 'define 160 string phone_url\noption tftp_server_name\noption tftp_servers\noption phone_url\n';

describe('a client that is not ours gets a lease, with the options that lead a phone to the bench', () => {
  it('udhcpc', async () => {
    await using net = await lab();
    const { benchSide, phoneSide } = await cabled(net);
    // It takes option 66 for a host name and would say "bad" of a URL; dhclient below is given one.
    const server = await serve(benchSide, { interface: 'eth1', tftpServerName: '10.77.0.1' });
    await using wire = await recordWire(phoneSide, 'eth1');
    const told = await udhcpc(phoneSide, 'udhcpc');
    expect(told).toContain('ip=10.77.0.2\n');
    expect(told).toContain('subnet=255.255.255.0\n');
    expect(told).toContain('serverid=10.77.0.1\n');
    expect(told).toContain('lease=600\n');
    expect(told).toContain('tftp=10.77.0.1\n');
    expect(told).toContain('opt150=0a4d0001\n');
    expect(told).toContain(`opt160=${Buffer.from(url).toString('hex')}\n`);
    expect(await server.line(/dhcpAck/)).toContain('"clientState":"selecting"');
    await isInOrder(wire);
  });

  it('dhclient', async () => {
    await using net = await lab();
    const { benchSide, phoneSide } = await cabled(net);
    await serve(benchSide, { interface: 'eth1' });
    await using wire = await recordWire(phoneSide, 'eth1');
    const file = join(folder, 'dhclient');
    const conf = `${file}.conf`;
    await writeFile(
      conf,
      `option phone-tftp code 150 = array of ip-address;
option phone-url code 160 = text;
request subnet-mask, tftp-server-name, phone-tftp, phone-url;
`,
    );
    const args = ['-4', '-d', '-1', '-cf', conf, '-lf', `${file}.leases`, '-pf', `${file}.pid`, '-sf', await recorder(file), 'eth1'];
    const client = phoneSide.spawn('dhclient', args);
    await client.line(/bound to 10\.77\.0\.2/);
    const told = await readFile(file, 'utf8');
    expect(told).toContain('new_ip_address=10.77.0.2\n');
    expect(told).toContain(`new_tftp_server_name=${url}\n`);
    expect(told).toContain('new_phone_tftp=10.77.0.1\n');
    expect(told).toContain(`new_phone_url=${url}\n`);
    await isInOrder(wire);
  });

  it('dhcpcd', async () => {
    await using net = await lab();
    const { benchSide, phoneSide } = await cabled(net);
    await serve(benchSide, { interface: 'eth1', tftpServerName: '10.77.0.1' }); // a URL is no host name for it either
    await using wire = await recordWire(phoneSide, 'eth1');
    const file = join(folder, 'dhcpcd');
    await writeFile(`${file}.conf`, dhcpcdConf);
    await dhcpcd(phoneSide, `${file}.conf`, await recorder(file)).line(/leased 10\.77\.0\.2 for 600 seconds/);
    await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 10_000 }).toContain('new_ip_address=10.77.0.2\n');
    const told = await readFile(file, 'utf8');
    expect(told).toContain('new_tftp_server_name=10.77.0.1\n');
    expect(told).toContain('new_tftp_servers=10.77.0.1\n');
    expect(told).toContain(`new_phone_url=${url}\n`);
    await isInOrder(wire);
  });

  it('the client of the npm package dhcp', async () => {
    await using net = await lab();
    const { benchSide, phoneSide } = await cabled(net);
    await serve(benchSide, { interface: 'eth1' });
    await using wire = await recordWire(phoneSide, 'eth1');
    await phoneSide.ip('route', 'add', '255.255.255.255', 'dev', 'eth1'); // it asks the routes where a broadcast goes
    const client = phoneSide.spawn(node, [npmClient.file, '00:56:2b:04:36:15']);
    expect(JSON.parse(await client.line(/"address"/))).toMatchObject({
      state: 'BOUND',
      address: '10.77.0.2',
      leasePeriod: 600,
      options: { tftpServer: url, tftpServers: ['10.77.0.1'], provisioningUrl: url, server: '10.77.0.1' },
    });
    await isInOrder(wire);
  });
});

it('a client that finds its address taken declines it and gets another; the address is left alone', async () => {
  await using net = await lab();
  const [benchSide, phoneSide, squatter] = [await net.namespace('bench'), await net.namespace('phone'), await net.namespace('squatter')];
  await net.segment(
    { in: benchSide, as: 'eth1', address: '10.77.0.1/24' },
    { in: phoneSide, as: 'eth1' },
    { in: squatter, as: 'eth1', address: '10.77.0.2/24' },
  );
  const server = await serve(benchSide, { interface: 'eth1' }); // does not look at addresses itself
  await using wire = await recordWire(phoneSide, 'eth1');
  const file = join(folder, 'declined');
  await writeFile(`${file}.conf`, dhcpcdConf);
  await dhcpcd(phoneSide, `${file}.conf`, await recorder(file)).line(/leased 10\.77\.0\.3 for 600 seconds/, 60_000);
  expect(await server.line(/"dhcp\.declined"/)).toContain('10.77.0.2');
  await wire.stop();
  expect(await wire.malformed()).toEqual([]);
  expect(await dhcpTypes(wire)).toEqual([1, 2, 3, 5, 4, 1, 2, 3, 5]);
  expect(await udhcpc(squatter, 'squatter')).toContain('ip=10.77.0.4\n');
});

describe('a bench with two interfaces', () => {
  it('lets not one packet into the network of the default route, and hears none of it', async () => {
    await using net = await lab();
    const { benchSide, phoneSide } = await cabled(net);
    const office = await net.namespace('office');
    await net.segment({ in: benchSide, as: 'eth0', address: '192.168.1.7/24' }, { in: office, as: 'eth0', address: '192.168.1.1/24' });
    await benchSide.ip('route', 'add', 'default', 'via', '192.168.1.1');
    const macOf = async (namespace: Namespace, name: string) =>
      (await namespace.exec('cat', [`/sys/class/net/${name}/address`])).stdout.trim();
    const [inOffice, onBench] = [await macOf(office, 'eth0'), await macOf(benchSide, 'eth1')];
    const [officeWire, benchWire] = [await office.capture('eth0'), await phoneSide.capture('eth1')];
    const server = await serve(benchSide, { interface: 'eth1', watchMs: 50 });
    await udhcpc(phoneSide, 'two-interfaces');
    await benchWire.line(new RegExp(`${onBench} > ff:ff:.*Request from`)); // the probe for foreign servers: it must be seen here
    // What the office asks is not ours to hear; it is also the sign that the capture there has seen everything before it.
    await office.exec('udhcpc', ['-f', '-n', '-q', '-t', '1', '-T', '1', '-i', 'eth0', '-s', '/bin/true']);
    await officeWire.line(new RegExp(`Request from ${inOffice}`));
    await udhcpc(phoneSide, 'two-interfaces-again');
    expect((await officeWire.stop()).filter((line) => !line.includes(` ${inOffice} > `))).toEqual([]);
    await server.stop();
    const heard = server.lines.flatMap((line) => /"sender":\{"mac":"(\w+)"/.exec(line)?.[1] ?? []);
    expect(new Set(heard)).toEqual(new Set(['00562b043615']));
    expect(heard.length).toBeGreaterThanOrEqual(4); // DISCOVER with its OFFER, and ACK, twice
  });

  it('is refused by the interlock on the one, unless its name is repeated, and not on the other', async () => {
    await using net = await lab();
    const { benchSide } = await cabled(net);
    const office = await net.namespace('office');
    await net.segment({ in: benchSide, as: 'eth0', address: '192.168.1.7/24' }, { in: office, as: 'eth0', address: '192.168.1.1/24' });
    await benchSide.ip('route', 'add', 'default', 'via', '192.168.1.1');
    const ask = async (orders: Orders) => JSON.parse((await benchSide.exec(node, [bench.file, JSON.stringify(orders)])).stdout) as object;
    const results = await Promise.all([
      ask({ interface: 'eth0', interlock: true }),
      ask({ interface: 'eth0', interlock: true, despite: 'eth0' }),
      ask({ interface: 'eth1', interlock: true }),
    ]);
    expect(results).toEqual([
      { interlock: { kind: 'interlock', code: 'interface.default-route', params: { interface: 'eth0' } } },
      { interlock: null },
      { interlock: null },
    ]);
  });
});

describe('another DHCP server in the segment', () => {
  it('is found: a dnsmasq, with its address and MAC', async () => {
    await using net = await lab();
    const [benchSide, phoneSide, foreign] = [await net.namespace('bench'), await net.namespace('phone'), await net.namespace('foreign')];
    await net.segment(
      { in: benchSide, as: 'eth1', address: '10.77.0.1/24' },
      { in: phoneSide, as: 'eth1' },
      { in: foreign, as: 'eth1', address: '10.77.0.254/24', mac: '02:00:00:00:0f:0e' },
    );
    const dnsmasq = foreign.spawn('dnsmasq', [
      '--no-daemon',
      '--conf-file=/dev/null',
      '--port=0',
      '--user=root',
      '--interface=eth1',
      '--dhcp-range=10.77.0.100,10.77.0.200,1h',
      `--dhcp-leasefile=${join(folder, 'dnsmasq.leases')}`,
      '--log-dhcp',
    ]);
    await dnsmasq.line(/IP range 10\.77\.0\.100/);
    const { stdout } = await benchSide.exec(node, [bench.file, JSON.stringify({ interface: 'eth1', interlock: true })]);
    expect(JSON.parse(stdout)).toEqual({
      interlock: { kind: 'interlock', code: 'dhcp.foreign', params: { address: '10.77.0.254', mac: '020000000f0e' } },
    });
  });

  it('is found although a DHCP client of this machine has the port of clients', async () => {
    await using net = await lab();
    const { benchSide, phoneSide: other } = await cabled(net);
    const office = await net.namespace('office');
    await net.segment({ in: benchSide, as: 'eth0' }, { in: office, as: 'eth0', address: '10.77.0.1/24' });
    await other.ip('addr', 'add', '10.77.0.2/24', 'dev', 'eth1');
    await serve(office, { interface: 'eth0' });
    await serve(other, { interface: 'eth1' });
    const file = join(folder, 'office');
    await writeFile(`${file}.conf`, '');
    const args = ['-4', '-d', '-1', '-cf', `${file}.conf`, '-lf', `${file}.leases`, '-pf', `${file}.pid`, '-sf', '/bin/true', 'eth0'];
    await benchSide.spawn('dhclient', args).line(/bound to/);
    const { stdout } = await benchSide.exec(node, [bench.file, JSON.stringify({ interface: 'eth1', probe: true })]);
    expect(JSON.parse(stdout)).toMatchObject({ probed: { ok: true, value: [{ address: '10.77.0.2' }] } });
  });

  it('is found: another bench; one’s own is not', async () => {
    await using net = await lab();
    const [one, other] = [await net.namespace('one'), await net.namespace('other')];
    await net.segment({ in: one, as: 'eth1', address: '10.77.0.1/24' }, { in: other, as: 'eth1', address: '10.77.0.2/24' });
    const first = await serve(one, { interface: 'eth1', watchMs: 20 });
    const { stdout } = await other.exec(node, [bench.file, JSON.stringify({ interface: 'eth1', probe: true })]);
    expect(JSON.parse(stdout)).toMatchObject({ probed: { ok: true, value: [{ address: '10.77.0.1' }] } });
    const second = await serve(other, { interface: 'eth1', watchMs: 20 });
    expect(await first.line(/"foreign"/)).toContain('"address":"10.77.0.2"');
    expect(await second.line(/"foreign"/)).toContain('"address":"10.77.0.1"');
    expect([...first.lines, ...second.lines].filter((line) => line.includes('dhcpDiscover'))).toEqual([]);
    expect(first.lines.filter((line) => line.includes('"foreign":{"address":"10.77.0.1"'))).toEqual([]);
  });
});

describe('a client made by hand', () => {
  it('goes through all states; the bench tells them apart', async () => {
    await using net = await lab();
    const { benchSide, phoneSide } = await cabled(net);
    const server = await serve(benchSide, { interface: 'eth1' });
    const client = phoneSide.spawn(node, [handMade.file, 'eth1', '00562b043615']);
    const step = async (word: string) => {
      client.process.stdin?.write(`${word}\n`);
      return JSON.parse(await client.line(new RegExp(`"step":"${word}"`))) as object;
    };
    expect(await step('select')).toMatchObject({ answer: 'ack', address: '10.77.0.2' });
    await phoneSide.ip('addr', 'add', '10.77.0.2/24', 'dev', 'eth1');
    expect(await step('renew')).toMatchObject({ answer: 'ack', address: '10.77.0.2' });
    expect(await step('rebind')).toMatchObject({ answer: 'ack', address: '10.77.0.2' });
    expect(await step('reboot')).toMatchObject({ answer: 'ack', address: '10.77.0.2' });
    await step('release');
    await server.line(/dhcpRelease/);
    const states = server.lines.flatMap((line) => /"clientState":"([a-z-]+)"/.exec(line)?.[1] ?? []);
    expect(states).toEqual(['selecting', 'renewing', 'rebinding', 'init-reboot']);
  });

  it('has its address again after the bench was killed, and nobody else has it', async () => {
    await using net = await lab();
    const { benchSide, phoneSide } = await cabled(net);
    const leases = join(folder, 'killed.leases');
    const lease = async (mac: string) => {
      const { stdout } = await phoneSide.exec(node, [handMade.file, 'eth1', mac], { input: 'select\n' });
      return (JSON.parse(stdout) as { address: string }).address;
    };
    const first = await serve(benchSide, { interface: 'eth1', leases });
    expect([await lease('00562b000001'), await lease('00562b000002')]).toEqual(['10.77.0.2', '10.77.0.3']);
    await first.stop('SIGKILL');
    const second = await serve(benchSide, { interface: 'eth1', leases });
    expect(await lease('00562b000003')).toBe('10.77.0.4');
    expect([await lease('00562b000002'), await lease('00562b000001')]).toEqual(['10.77.0.3', '10.77.0.2']);
    expect((await second.stop('SIGTERM')).status).toBe(0);
  });

  it('is not answered by a second bench on the same interface: it is refused, and told who has the port', async () => {
    await using net = await lab();
    const { benchSide } = await cabled(net);
    const first = await serve(benchSide, { interface: 'eth1' });
    const { stdout } = await benchSide.exec(node, [bench.file, JSON.stringify({ interface: 'eth1' })]);
    expect(JSON.parse(stdout)).toMatchObject({ refused: { kind: 'missing', code: 'port.taken', params: { protocol: 'udp', port: 67 } } });
    expect(stdout).toContain(`(${first.process.pid})`);
  });
});

describe('a bench without privileges', () => {
  /** Root in name only: no capability is left. */
  const powerless = ['--inh-caps=-all', '--bounding-set=-all'];

  it('is refused and told from which port on none are needed; once allowed it serves on its one interface', async () => {
    await using net = await lab();
    const { benchSide, phoneSide } = await cabled(net);
    const args = [...powerless, node, bench.file, JSON.stringify({ interface: 'eth1' } satisfies Orders)];
    expect(JSON.parse((await benchSide.exec('setpriv', args)).stdout)).toEqual({
      refused: { kind: 'missing', code: 'port.privilege', params: { protocol: 'udp', port: 67, first: 1024, platform: 'linux' } },
    });
    await benchSide.exec('sh', ['-c', 'echo 67 >/proc/sys/net/ipv4/ip_unprivileged_port_start']);
    await benchSide.spawn('setpriv', args).line(/"ready"/);
    expect(await udhcpc(phoneSide, 'powerless')).toContain('ip=10.77.0.2\n');
  });
});
