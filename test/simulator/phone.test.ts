import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { phoneClock } from '../../simulator/clock.js';
import { characterOf } from '../../simulator/character.js';
import type { Fault } from '../../simulator/faults.js';
import { openLoopback } from '../../simulator/loopback.js';
import { Phone } from '../../simulator/phone.js';
import type { Place } from '../../simulator/place.js';
import { seeded } from '../../simulator/random.js';
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

it('takes its parts in the order of its rules, and goes no further than one that is missing', async () => {
  const url = prepare('http');
  const first = bench.files.get('/8851-3PCC.xml') ?? '';
  const rules = { Profile_Rule_B: '/part/8851.xml', Profile_Rule_C: '/part/customer.xml', Profile_Rule_D: '/device/$MA.xml' };
  const lines = Object.entries(rules).map(([tag, path]) => `<${tag} ua="na">${url}${path}</${tag}>\n`);
  bench.files.set('/8851-3PCC.xml', first.replace(/<Profile_Rule_B.*\n/, lines.join('')));
  bench.files.set('/part/8851.xml', '<flat-profile/>');
  plugIn('parts');
  await bench.hears(/Resync failed/);
  expect(bench.asked.filter((asked) => asked.startsWith('http'))).toEqual([
    'http GET /8851-3PCC.xml',
    'http GET /part/8851.xml',
    'http GET /part/customer.xml',
  ]);
  bench.files.set('/part/customer.xml', '<flat-profile/>');
  await bench.hears(device);
});

/** The page as an admin reads it, whichever way the phone asks for the password. */
async function readPage(path: string): Promise<{ status: number; body: string }> {
  return vi.waitFor(() => readOnce(path), { timeout: 10_000 }); // it may be restarting
}

async function readOnce(path: string): Promise<{ status: number; body: string }> {
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

/** Asks for the hand-off, again where a restart swallowed it, as a bench does. */
async function handOff(url: string, one: Phone): Promise<void> {
  const look = async (): Promise<void> => {
    if (!one.record().handedOff) expect((await readOnce(`/admin/resync?${url}/handoff/${mac}.xml`)).status).toBe(200);
    expect(one.record().handedOff).toBe(true);
  };
  await vi.waitFor(look, { timeout: 30_000, interval: 300 });
}

/** As few seeds as show every way a phone can be that matters on its way to the hand-off. */
function manySeeds(): string[] {
  const seen = new Set<string>();
  const seeds: string[] = [];
  for (let i = 0; i < 100; i++) {
    const { http, newRule, successLine, restart, syslog, login, keepsServip } = characterOf(seeded(`${i}`, 'character'));
    const ways = [http, newRule, successLine, restart, syslog, login, `${keepsServip}`].filter((way) => !seen.has(way));
    if (ways.length > 0) seeds.push(`${i}`);
    for (const way of ways) seen.add(way);
  }
  expect(seen.size).toBe(17);
  return seeds;
}

describe.each(manySeeds().flatMap((seed) => [['http', seed] as const, ['tftp', seed] as const]))(
  'a phone led to %s (seed %s)',
  (transport, seed) => {
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
    });
  },
);

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

  it.each(['dies-in-dhcp', 'dies-in-bootstrap', 'dies-in-device', 'dies-before-hand-off'] as const)(
    'that %s falls silent there',
    async (fault) => {
      const url = prepare('http');
      const one = plugIn('a', fault);
      const stages = {
        'dies-in-dhcp': /^dhcp 1/,
        'dies-in-bootstrap': /8851|dhcp 3/,
        'dies-in-device': /8851/,
        'dies-before-hand-off': /device/,
      };
      await bench.isAsked(stages[fault]);
      if (fault === 'dies-before-hand-off') {
        await bench.hears(device);
        expect((await readPage(`/admin/resync?${url}/handoff/${mac}.xml`)).status).toBe(200);
      }
      await expect.poll(() => one.isAlive, { timeout: 10_000 }).toBe(false);
      await one.unplug();
      expect(bench.asked.filter((line) => line.includes('/handoff/'))).toEqual([]);
      await expect(fetch(`http://${address}:${webPort}/admin/cfg.xml`)).rejects.toThrow('fetch failed');
      expect(one.record()).toMatchObject({ fault, handedOff: false, marker: fault === 'dies-before-hand-off' ? marker : null });
    },
  );

  it('with another admin password lets nobody read', async () => {
    prepare('http');
    plugIn('a', 'wrong-admin-password');
    await bench.hears(device);
    expect((await readPage('/admin/cfg.xml')).status).toBe(401);
  });

  it('that ignores a parameter reads back without it', async () => {
    prepare('http');
    const one = plugIn('a', 'parameter-ignored');
    await bench.hears(device);
    const { body } = await readPage('/admin/cfg.xml');
    expect([/>受付 &amp; co</.test(body), />2001</.test(body)].filter(Boolean)).toHaveLength(1);
    expect(body).toContain(marker);
    expect(one.record()).toMatchObject({ marker });
  });

  it('without syslog is never heard', async () => {
    prepare('http');
    plugIn('a', 'no-syslog');
    await bench.isAsked(/device/);
    await expect.poll(() => phone?.record().marker).toBe(marker);
    expect(bench.lines).toEqual([]);
  });

  it.each(['a', 'b', 'c', 'd'])('with a lying cfg.xml reads back otherwise than it was told (seed %s)', async (seed) => {
    prepare('http');
    plugIn(seed, 'lying-cfg');
    await bench.hears(device);
    const { status, body } = await readPage('/admin/cfg.xml');
    expect(status).toBe(200);
    expect(body).not.toContain(marker);
  });

  it('tries again after a failure, and says what failed', async () => {
    prepare('http');
    const kept = bench.files.get(`/device/${mac}.xml`)!;
    bench.files.set(`/device/${mac}.xml`, '<flat-profile><broken>');
    const one = plugIn('a');
    expect(await bench.hears(/failed/)).toMatch(/CP-8851-3PCC f8:a5:c5:12:34:56 -- Resync failed: Corrupt file/);
    bench.files.set(`/device/${mac}.xml`, kept);
    await bench.hears(device);
    expect(one.record()).toMatchObject({ marker });
  });

  it('asks for no name and reaches no host beyond loopback', async () => {
    prepare('http');
    bench.files.set(`/device/${mac}.xml`, profile({ Profile_Rule: 'http://bench.example/$MA.xml', Profile_Rule_B: '', GPP_P: marker }));
    plugIn('a');
    expect(await bench.hears(/failed/)).toMatch(/Cannot connect to server/);
  });

  it('hands in a report where it is told to', async () => {
    prepare('http');
    const report = {
      Report_Rule: `http://127.0.0.1:${bench.ports.http}/report/$MA.xml`,
      Report_To_Server: 'Periodically',
      HTTP_Report_Method: 'PUT',
    };
    bench.files.set(`/device/${mac}.xml`, profile({ ...report, GPP_P: marker }));
    plugIn('a');
    expect(await bench.isAsked(/report/)).toBe(`http PUT /report/${mac}.xml`);
  });

  it('renews its lease', async () => {
    prepare('http');
    plugIn('a');
    await bench.isAsked(/device/);
    const requests = (): number => bench.asked.filter((line) => line === 'dhcp 3').length;
    const before = requests();
    await expect.poll(requests, { timeout: 20_000 }).toBeGreaterThan(before);
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
    await handOff(`tftp://127.0.0.1:${bench.ports.tftp}`, one);
  });
});
