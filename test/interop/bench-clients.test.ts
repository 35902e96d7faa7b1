/** The whole bench against programs that are not ours, each in a network stack of its own, on the default ports. */
import { chmod, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, options, type Running, Scratch } from '../process/programs.js';
import { csvOf, segmentRecipe } from '../process/work-orders.js';
import { type Finished, type Lab, lab, type Namespace } from './namespaces.js';

const client = { mac: 'c4c603000077', model: '8851' };
const virtual = { mac: 'f8a5c5000078', model: '8851' };
const colon = (mac: string): string => mac.replaceAll(/(..)(?=.)/g, '$1:');
/** No secret of a row may stand in what a stranger is told. */
const secrets = /Sip-|Adm-/;
const device = `device/${client.mac}.xml`;

let net: Lab;
let scratch: Scratch;
let run: Running;
let phone: Namespace;
let desk: Namespace;
let stranger: Namespace;
let leased: string;

beforeAll(async () => {
  net = await lab();
  scratch = new Scratch();
  const bench = await net.namespace('bench');
  [phone, desk, stranger] = [await net.namespace('phone'), await net.namespace('desk'), await net.namespace('stranger')];
  await net.segment(
    { in: bench, as: 'eth1', address: '10.77.0.1/24' },
    { in: phone, as: 'eth1', mac: colon(client.mac) },
    { in: desk, as: 'eth1' },
    { in: stranger, as: 'eth1', mac: '02:00:00:00:00:99' },
  );
  const job = {
    csv: scratch.write('phones.csv', csvOf([client, virtual])),
    recipe: scratch.write('recipe.yaml', segmentRecipe),
    data: scratch.path('data'),
  };
  run = scratch.benchtone(['run', ...options({ ...job, interface: 'eth1', pool: '10.77.0.10-10.77.0.99', json: true })], bench);
  await run.ready();
  leased = /^ip=(?<address>.+)$/m.exec(await told('udhcpc'))?.groups?.['address'] ?? '';
  await phone.ip('addr', 'add', `${leased}/24`, 'dev', 'eth1');
  await phone.ip('addr', 'add', '10.77.0.200/24', 'dev', 'eth1');
});

afterAll(async () => {
  await scratch[Symbol.asyncDispose]();
  await net[Symbol.asyncDispose]();
});

/** What a DHCP client was told, by a script that writes it down and changes nothing. */
async function told(name: 'udhcpc' | 'dhclient'): Promise<string> {
  const file = scratch.path(name);
  const script = scratch.write(`${name}.sh`, `#!/bin/sh\nenv | grep -E '^(new_|opt|ip=)' >>${file}\n`);
  await chmod(script, 0o755);
  if (name === 'udhcpc') {
    const { status, stdout, stderr } = await phone.exec('udhcpc', ['-f', '-n', '-q', '-i', 'eth1', '-s', script, '-O', '150', '-O', '160']);
    expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 });
    return readFile(file, 'utf8');
  }
  const conf = scratch.write(
    'dhclient.conf',
    'option phone-tftp code 150 = array of ip-address;\noption phone-url code 160 = text;\nrequest subnet-mask, tftp-server-name, phone-tftp, phone-url;\n',
  );
  const paths = ['-lf', scratch.path('leases'), '-pf', scratch.path('dhclient.pid')];
  await using running = phone.spawn('dhclient', ['-4', '-d', '-1', '-cf', conf, ...paths, '-sf', script, 'eth1']);
  await running.line(/bound to /);
  return readFile(file, 'utf8');
}

/** Ways to fetch a path into a file from the phone's place; curl from whatever address it is told. */
const fetchers: Record<string, (path: string, file: string) => Promise<Finished>> = {
  'curl, HTTP/1.1': (path, file) =>
    phone.exec('curl', ['-sSf', '--http1.1', '--interface', leased, '-o', file, `http://10.77.0.1/${path}`]),
  'curl, HTTP/1.0': (path, file) =>
    phone.exec('curl', ['-sSf', '--http1.0', '--interface', leased, '-o', file, `http://10.77.0.1/${path}`]),
  'curl, TFTP': (path, file) => phone.exec('curl', ['-sSf', '--interface', leased, '-o', file, `tftp://10.77.0.1/${path}`]),
  'tftp-hpa': (path, file) => phone.exec('tftp', ['-m', 'binary', '10.77.0.1', '-c', 'get', path, file]),
  atftp: (path, file) => phone.exec('atftp', ['-g', '-r', path, '-l', file, '10.77.0.1']),
};

describe('a client with the MAC of a row', () => {
  it('is told by udhcpc and by dhclient where the bench is', async () => {
    expect(await readFile(scratch.path('udhcpc'), 'utf8')).toContain('opt150=0a4d0001\n');
    expect(await readFile(scratch.path('udhcpc'), 'utf8')).toContain(`opt160=${Buffer.from('http://10.77.0.1').toString('hex')}\n`);
    const said = await told('dhclient');
    expect(said).toContain(`new_ip_address=${leased}\n`);
    expect(said).toContain('new_tftp_server_name=http://10.77.0.1\n');
    expect(said).toContain('new_phone_tftp=10.77.0.1\n');
    expect(said).toContain('new_phone_url=http://10.77.0.1\n');
  });

  it.each(Object.keys(fetchers))(
    'fetches bootstrap and device profile from its leased address by %s, and xmllint takes them',
    async (name) => {
      for (const path of ['8851-3PCC.xml', device]) {
        const file = scratch.path('fetched.xml');
        const fetched = await fetchers[name]!(path, file);
        expect({ path, ...fetched }).toMatchObject({ status: 0 });
        expect(await phone.exec('xmllint', ['--noout', file])).toMatchObject({ status: 0, stderr: '' });
        expect(secrets.test(await readFile(file, 'utf8'))).toBe(path === device);
      }
    },
  );

  it('is refused its device profile from another address, and told no secret', async () => {
    const elsewhere = ['-sS', '-i', '--interface', '10.77.0.200'];
    const http = await phone.exec('curl', [...elsewhere, `http://10.77.0.1/${device}`]);
    expect(http.stdout).toMatch(/^HTTP\/1\.1 403 /);
    const tftp = await phone.exec('curl', [...elsewhere, `tftp://10.77.0.1/${device}`]);
    expect(tftp).toMatchObject({ status: 69, stdout: '' }); // "permission problem on TFTP server"
    expect(http.stdout + http.stderr + tftp.stderr).not.toMatch(secrets);
  });

  it('is refused the profile of another, and from another stack the device profile of either', async () => {
    await stranger.ip('addr', 'add', '10.77.0.201/24', 'dev', 'eth1');
    const asked = [
      await phone.exec('curl', ['-sS', '-i', '--interface', leased, `http://10.77.0.1/device/${virtual.mac}.xml`]),
      await stranger.exec('curl', ['-sS', '-i', `http://10.77.0.1/${device}`]),
      await stranger.exec('curl', ['-sS', '-i', `http://10.77.0.1/handoff/${virtual.mac}.xml`]),
    ];
    expect(asked.map(({ stdout }) => stdout.slice(0, 12))).toEqual(asked.map(() => 'HTTP/1.1 403'));
    expect(asked.filter(({ stdout }) => secrets.test(stdout))).toEqual([]);
  });
});

it('a MAC of no row gets no lease', async () => {
  const asked = await stranger.exec('udhcpc', ['-f', '-n', '-q', '-i', 'eth1', '-t', '3', '-T', '1', '-s', '/bin/true']);
  expect(asked.status).not.toBe(0);
  expect(asked.stdout + asked.stderr).toContain('no lease');
});

it('lines of logger, of both formats, are kept with the data', async () => {
  for (const format of ['--rfc3164', '--rfc5424'])
    expect(await phone.exec('logger', [format, '-d', '-n', '10.77.0.1', '-P', '514', `heard ${format}`])).toMatchObject({ status: 0 });
  const kept = (): string[] => filesBelow(scratch.path('data/syslog')).map(({ bytes }) => bytes.toString('utf8'));
  await expect.poll(() => kept().join(''), { timeout: 5000 }).toMatch(/heard --rfc3164[^]*heard --rfc5424/);
});

it('a phone that is handed off can not fetch its profiles any more', async () => {
  const listed = scratch.write('virtual.csv', `mac,model\n${virtual.mac},${virtual.model}\n`);
  const phones = scratch.benchtone(['phones', ...options({ interface: 'eth1', csv: listed, speed: 20, json: true })], desk);
  const of = (): ReturnType<Running['of']>[number] | undefined => run.latest('device').get(virtual.mac);
  const passed = await run.until('the phone passes', () => {
    const latest = of();
    return latest?.type === 'device' && latest.verdict === 'pass' ? latest : undefined;
  });
  for (const path of [`device/${virtual.mac}.xml`, `handoff/${virtual.mac}.xml`]) {
    const asked = await desk.exec('curl', ['-sS', '-i', '--interface', passed.address ?? '', `http://10.77.0.1/${path}`]);
    expect(asked.stdout).toMatch(/^HTTP\/1\.1 403 /);
    expect(asked.stdout).not.toMatch(secrets);
  }
  expect(run.latest('device').get(virtual.mac)).toMatchObject({ state: 'handedOff', verdict: 'pass' });
  phones.signal('SIGTERM');
  await phones.end(5000);
});
