import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { phoneClock } from '../../simulator/clock.js';
import type { Fault } from '../../simulator/faults.js';
import { openLoopback } from '../../simulator/loopback.js';
import { Phone } from '../../simulator/phone.js';
import type { Place } from '../../simulator/place.js';
import { type FakeBench, openFakeBench, optionsOf } from './fake-bench.js';

const mac = 'f8a5c5123456';
const address = '127.77.52.86';
const marker = 'ab'.repeat(32);
let bench: FakeBench;
let place: Place;
let phone: Phone | undefined;
let webPort: number;

beforeEach(async () => {
  bench = await openFakeBench();
  place = await openLoopback({ address: '127.0.0.1', port: bench.ports.dhcp });
  webPort = await freePort();
});

afterEach(async () => {
  await phone?.unplug();
  phone = undefined;
  await place.close();
  await bench.close();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function profile(values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([tag, value]) => (value === '' ? `<${tag} ua="na"/>` : `<${tag} ua="na">${value}</${tag}>`));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<flat-profile>\n${lines.join('\n')}\n</flat-profile>\n`;
}

/** Fills the bench's folder as a job would; `transport` is the one the phone is led to. */
function prepare(transport: 'http' | 'tftp'): string {
  const url = `${transport}://127.0.0.1:${bench.ports[transport]}`;
  bench.options
    .set(66, Buffer.from(url))
    .set(160, Buffer.from(url))
    .set(150, Buffer.of(127, 0, 0, 1));
  bench.files.set(
    '/8851-3PCC.xml',
    profile({
      Syslog_Server: `127.0.0.1:${bench.ports.syslog}`,
      Resync_Periodic: '30',
      Web_Server_Port: String(webPort),
      Profile_Rule_B: `${url}/device/$MA.xml`,
      Unknown_Tag: 'nothing',
    }),
  );
  bench.files.set(
    `/device/${mac}.xml`,
    profile({ Admin_Password: 'Geheim-1x', Display_Name_1_: '受付 &amp; co', User_ID_1_: '2001', GPP_P: marker }),
  );
  bench.files.set(
    `/handoff/${mac}.xml`,
    profile({
      Profile_Rule: 'https://prov.acme.example/$MA.xml',
      Profile_Rule_B: '',
      Syslog_Server: '',
      GPP_P: '',
      Resync_Periodic: '3600',
    }),
  );
  return url;
}

function plugIn(seed: string, fault?: Fault): Phone {
  phone = new Phone({ mac, model: '8851', fault, seed, place, clock: phoneClock(500), notice: () => undefined });
  phone.plugIn();
  return phone;
}

const device = new RegExp(`Successful resync .*/device/${mac}\\.xml`);

/** The page as an admin reads it, whichever way the phone asks for the password. */
async function readPage(path: string): Promise<{ status: number; body: string }> {
  const url = `http://${address}:${webPort}${path}`;
  const first = await fetch(url);
  if (first.status !== 401) return { status: first.status, body: await first.text() };
  const { createHash } = await import('node:crypto');
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const challenge = first.headers.get('www-authenticate') ?? '';
  const nonce = /nonce="(.*?)"/.exec(challenge)?.[1];
  const realm = /realm="(.*?)"/.exec(challenge)?.[1];
  const response = md5(`${md5(`admin:${realm}:Geheim-1x`)}:${nonce}:00000001:cafe:auth:${md5(`GET:${path}`)}`);
  const authorization = challenge.startsWith('Basic')
    ? `Basic ${Buffer.from('admin:Geheim-1x').toString('base64')}`
    : `Digest username="admin", realm="${realm}", nonce="${nonce}", uri="${path}", qop=auth, nc=00000001, cnonce="cafe", response="${response}"`;
  const second = await fetch(url, { headers: { authorization } });
  return { status: second.status, body: await second.text() };
}

describe.each([
  ['http', 'a'],
  ['http', 'b'],
  ['http', 'c'],
  ['tftp', 'd'],
  ['tftp', 'e'],
  ['tftp', 'f'],
] as const)('a phone led to %s (seed %s)', (transport, seed) => {
  it('goes from power-up to handed off', async () => {
    const url = prepare(transport);
    const one = plugIn(seed);
    await bench.hears(device);
    const page = await readPage('/admin/cfg.xml');
    expect(page.status).toBe(200);
    expect(page.body).toMatch(new RegExp(`<GPP_P[^>]*>${marker}</GPP_P>`));
    expect(page.body).toMatch(/<Display_Name_1_[^>]*>受付 &amp; co<\/Display_Name_1_>/);
    expect(page.body).not.toContain('Geheim');
    expect(one.record()).toMatchObject({ mac, model: '8851', fault: null, marker, profileRule: '/$PSN.xml', handedOff: false });

    expect((await readPage(`/admin/resync?${url}/handoff/${mac}.xml`)).status).toBe(200);
    await bench.isAsked(/\/handoff\//);
    await expect.poll(() => one.record().handedOff, { timeout: 10_000 }).toBe(true);
    expect(one.record()).toMatchObject({ marker, profileRule: 'https://prov.acme.example/$MA.xml' });
    expect(one.record().took.slice(0, 1)).toEqual(['/8851-3PCC.xml']);
    expect(one.record().took).toContain(`/handoff/${mac}.xml`);
    expect(bench.asked.filter((line) => line.includes('Unknown'))).toEqual([]);
  });
});

describe('a phone', () => {
  it('says in DHCP who it is, through a relay that names its port', async () => {
    prepare('http');
    plugIn('a');
    await bench.isAsked(/dhcp 1/);
    const [discover] = bench.discovers;
    const options = optionsOf(discover!);
    expect(discover!.toString('hex', 28, 34)).toBe(mac);
    expect(discover!.subarray(24, 28)).toEqual(Buffer.of(127, 0, 0, 1));
    expect(options.get(61)).toEqual(Buffer.from(`01${mac}`, 'hex'));
    expect(options.get(82)!.subarray(-2)).toEqual(Buffer.of(19, 0));
  });

  it('with the enterprise image asks for SEP files and takes nothing', async () => {
    prepare('tftp');
    const one = plugIn('a', 'enterprise-image');
    await bench.isAsked(/^tftp SEPF8A5C5123456\.cnf\.xml$/);
    expect(optionsOf(bench.discovers[0]!).get(60)?.toString()).toBe('Cisco Systems, Inc. IP Phone CP-8851\0');
    expect(optionsOf(bench.discovers[0]!).get(12)?.toString()).toBe('SEPF8A5C5123456');
    expect(one.record()).toMatchObject({ took: [], marker: null, handedOff: false });
  });

  it('that loses packets gets there all the same', async () => {
    prepare('tftp');
    const one = plugIn('a', 'packet-loss');
    await bench.hears(device);
    expect((await readPage(`/admin/resync?tftp://127.0.0.1:${bench.ports.tftp}/handoff/${mac}.xml`)).status).toBe(200);
    await expect.poll(() => one.record().handedOff, { timeout: 30_000 }).toBe(true);
  });
});
