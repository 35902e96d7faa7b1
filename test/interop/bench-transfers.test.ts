/** Files and lines between the built product and programs that are not ours, in two network stacks; every packet of it is read by tshark. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, options, root, type Running, Scratch } from '../process/programs.js';
import { type Finished, type Lab, lab, type Namespace } from './namespaces.js';
import { complaints, dissect } from './tshark.js';

const bench = '10.77.3.1';
const firmware = randomBytes(3 * 1024 * 1024 + 17);
const lastPacket = 'the-last-packet';
const text = 'one\ntwo\r\nthree\n'.repeat(900);

let net: Lab;
let scratch: Scratch;
let run: Running;
let phone: Namespace;

beforeAll(async () => {
  net = await lab();
  scratch = new Scratch();
  const server = await net.namespace('bench');
  phone = await net.namespace('phone');
  await net.segment({ in: server, as: 'eth1', address: `${bench}/24` }, { in: phone, as: 'eth1', address: '10.77.3.2/24' });
  mkdirSync(scratch.path('files'));
  scratch.write('files/firmware.bin', firmware);
  scratch.write('files/text.cfg', text);
  const csv = scratch.write('phones.csv', 'mac,model\nc4c603fffffe,8851\n');
  const record = scratch.path('recorded.pcapng');
  const given = { csv, interface: 'eth1', files: scratch.path('files'), data: scratch.path('data'), unlisted: 'any', record };
  run = scratch.benchtone(['run', ...options({ ...given, 'no-dhcp': true, json: true })], server);
  await run.ready();
});

afterAll(async () => {
  await scratch[Symbol.asyncDispose]();
  await net[Symbol.asyncDispose]();
});

/** Runs `work` while the phone's cable is listened to; gives the file of what went over it. */
async function overheard(name: string, work: () => Promise<unknown>): Promise<string> {
  const file = scratch.path(`${name.replaceAll(/\W+/g, '-')}.pcap`);
  await using recording = await phone.record('eth1', file);
  await work();
  // Once this has been written down, so has everything before it.
  await phone.exec('bash', ['-c', `printf ${lastPacket} >/dev/udp/${bench}/9`]);
  await expect.poll(() => readFileSync(file).includes(lastPacket), { timeout: 10_000 }).toBe(true);
  await recording.stop();
  return file;
}

const npmTftp = `
  const [host, remote, local] = process.argv.slice(1);
  require('tftp').createClient({ host }).get(remote, local, (error) => { if (error) { console.error(error.message); process.exit(1); } });
`;

type Fetch = (remote: string, local: string) => Promise<Finished>;

const atftp =
  (...wanted: readonly string[]): Fetch =>
  (remote, local) =>
    phone.exec('atftp', [...wanted.flatMap((each) => ['--option', each]), '-g', '-r', remote, '-l', local, bench]);

/** Each with what tshark has to have seen of it at least once. */
const fetchers: readonly (readonly [name: string, fetch: Fetch, seen: string])[] = [
  ['tftp-hpa', (remote, local) => phone.exec('tftp', ['-m', 'binary', bench, '-c', 'get', remote, local]), 'tftp.opcode == 3'],
  ['tftp-hpa netascii', (remote, local) => phone.exec('tftp', ['-m', 'netascii', bench, '-c', 'get', remote, local]), 'tftp.opcode == 3'],
  ['atftp', atftp(), 'tftp.opcode == 3'],
  ['atftp in windows', atftp('blksize 1428', 'windowsize 16', 'tsize 0'), 'tftp.opcode == 6 && tftp.option.name == "windowsize"'],
  ['busybox', (remote, local) => phone.exec('busybox', ['tftp', '-g', '-r', remote, '-l', local, bench]), 'tftp.opcode == 3'],
  ['curl over TFTP', (remote, local) => phone.exec('curl', ['-sSf', '-o', local, `tftp://${bench}/${remote}`]), 'tftp.opcode == 6'],
  ['npm tftp', (remote, local) => phone.exec(process.execPath, ['-e', npmTftp, bench, remote, local], { cwd: root }), 'tftp.opcode == 6'],
  [
    'curl over HTTP',
    (remote, local) => phone.exec('curl', ['-sSf', '-o', local, `http://${bench}/${remote}`]),
    'http.response.code == 200 && http.content_length > 0',
  ],
  [
    'curl in two parts',
    async (remote, local) => {
      await phone.exec('curl', ['-sSf', '-r', '0-999', '-o', local, `http://${bench}/${remote}`]);
      return phone.exec('curl', ['-sSf', '-C', '-', '-o', local, `http://${bench}/${remote}`]);
    },
    'http.response.code == 206',
  ],
];

describe.each(fetchers)('%s', (name, fetch, seen) => {
  it('gets the file byte for byte, and tshark finds nothing malformed', async () => {
    const [remote, expected] = name.includes('netascii') ? ['text.cfg', Buffer.from(text)] : ['firmware.bin', firmware];
    const local = scratch.path('got');
    const file = await overheard(name, async () => expect(await fetch(remote, local)).toMatchObject({ status: 0 }));
    expect(readFileSync(local).equals(expected)).toBe(true);
    expect(await complaints(file)).toEqual([]);
    expect((await dissect(file, seen, ['frame.number'])).length).toBeGreaterThan(0);
  });
});

it('who wants to write gets error 2, and odd names nothing from outside the folder', async () => {
  const mine = scratch.write('mine', 'mine');
  const file = await overheard('refused', async () => {
    await phone.exec('curl', ['-sS', '-T', mine, `tftp://${bench}/mine`]);
    for (const odd of ['../phones.csv', '/../../etc/passwd', '..\\phones.csv', 'C:\\phones.csv', 'x'.repeat(500)]) {
      const local = scratch.path('odd');
      await phone.exec('atftp', ['-g', '-r', odd, '-l', local, bench]);
      await phone.exec('curl', ['-sS', '--path-as-is', '-o', local, `http://${bench}/${encodeURI(odd).replace(/^\//, '')}`]);
    }
  });
  const errors = await dissect(file, 'tftp.opcode == 5', ['tftp.error.code']);
  expect(errors.map(([code]) => Number(code))).toEqual([2, 2, 2, 2, 2, 1]);
  const answers = await dissect(file, 'http.response', ['http.response.code']);
  expect(answers.map(([code]) => Number(code))).toEqual([403, 403, 403, 403, 404]);
  expect(await complaints(file)).toEqual([]);
  expect(
    filesBelow(scratch.path('files'))
      .map(({ path }) => path.replace(/.*\//, ''))
      .sort(),
  ).toEqual(['firmware.bin', 'text.cfg']);
});

it.each([
  ['over UDP', ['-d', '--rfc3164']],
  ['over UDP, RFC 5424', ['-d', '--rfc5424']],
  ['over TCP, a line a message', ['-T', '--rfc3164']],
  ['over TCP, octets counted', ['-T', '--octet-count', '--rfc5424']],
])('a line of logger %s is kept, and tshark reads it', async (name, args) => {
  const said = `said ${name}`;
  const file = await overheard(name, async () =>
    expect(await phone.exec('logger', [...args, '-n', bench, '-P', '514', '-t', 'phone', said])).toMatchObject({ status: 0 }),
  );
  const kept = (): string =>
    filesBelow(scratch.path('data/syslog'))
      .map(({ bytes }) => bytes.toString('utf8'))
      .join('');
  await expect.poll(kept, { timeout: 5_000 }).toContain(said);
  const asSyslog = ['-d', 'tcp.port==514,syslog']; // TCP 514 has another owner
  expect(await complaints(file, asSyslog)).toEqual([]);
  expect((await dissect(file, 'syslog', ['syslog.msg'], asSyslog)).flat().join('')).toContain(said);
});

it('what the recorder kept of all this opens in tshark, whole and without the password somebody sent', async () => {
  const password = 'Recorded-Pass-77';
  await phone.exec('atftp', ['--option', 'tsize 0', '-g', '-r', 'text.cfg', '-l', scratch.path('got'), bench]);
  await phone.exec('curl', ['-sS', '-u', `somebody:${password}`, `http://${bench}/8851-3PCC.xml`]);
  await phone.exec('logger', ['-d', '-n', bench, '-P', '514', `the password=${password} of somebody`]);
  const recorded = scratch.path('recorded.pcapng');
  await expect
    .poll(
      () =>
        filesBelow(scratch.path('data/syslog'))
          .map(({ bytes }) => bytes.toString('utf8'))
          .join(''),
      { timeout: 5_000 },
    )
    .toContain('of somebody');
  run.signal('SIGTERM');
  await run.end(10_000);
  expect(existsSync(recorded)).toBe(true);
  expect(await complaints(recorded)).toEqual([]);
  for (const filter of ['tftp.opcode == 1', 'tftp.opcode == 6', 'http.request', 'http.response', 'syslog'])
    expect((await dissect(recorded, filter, ['frame.number'])).length, filter).toBeGreaterThan(0);
  const bytes = readFileSync(recorded);
  for (const form of [password, Buffer.from(`somebody:${password}`).toString('base64')]) expect(bytes.includes(form)).toBe(false);
  expect(bytes.includes(firmware.subarray(0, 64))).toBe(false);
});
