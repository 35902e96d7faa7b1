/** Encrypted profiles, from factory values to a sealed phone: every model, both transports, every form; the phones open them with openssl. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import models from '../../resources/cisco-mpp/models.json' with { type: 'json' };
import { dealFaults } from '../../simulator/faults.js';
import { runUntilAllPass } from './loopback-run.js';
import { freePorts, spellPorts } from './ports.js';
import { options, Scratch } from './programs.js';
import { disagreements } from './record.js';
import { csvOf, loopbackRecipe, phones } from './work-orders.js';

const names = models.map(({ model }) => model);
/** Every model twice: with the same number of phones by TFTP and by HTTP. */
const listed = phones(2 * names.length).map(({ mac }, index) => ({ mac, model: names[index % names.length] ?? '8851' }));

function recipeWith(delivery: string): string {
  const own = /^delivery:.*\nmodels:\n(?: {2}.*\n)+/m;
  expect(loopbackRecipe).toMatch(own);
  return loopbackRecipe.replace(own, `delivery: ${delivery}\n`);
}

it.each([
  ['tftp', '{ transport: tftp, gzip: true, encrypt: { digest: sha256 } }'],
  ['http', '{ transport: http, gzip: true, encrypt: { digest: sha256 } }'],
])('a phone of each model goes through all four states by %s and is sealed', async (_transport, delivery) => {
  await using scratch = new Scratch();
  const half = listed.slice(0, names.length);
  const recipe = scratch.write('recipe.yaml', recipeWith(delivery));
  const csv = scratch.write('phones.csv', csvOf(half));
  const { bench, virtual } = await runUntilAllPass(scratch, { csv, recipe, count: half.length, third: 31 });
  virtual.signal('SIGTERM');
  await virtual.ended;
  const records = [...virtual.latest('phone').values()];
  expect(records.map(({ model }) => model).toSorted()).toEqual(names.toSorted());
  for (const record of records) {
    expect(record, record.mac).toMatchObject({ handedOff: true, sealed: true, states: ['MFG-RESET', 'SP-CUST', 'SEC-PRV-1', 'SEC-PRV-2'] });
    expect(record.keyed).toBeNull(); // no rule of production names the key: it is gone
  }
  expect(disagreements(bench.latest('device'), virtual.latest('phone'))).toEqual([]);
  bench.signal('SIGTERM');
  expect((await bench.ended).code).toBe(0);
});

/** What one list of keys says of a phone, as its record tells it. */
function fingerprint(list: string, mac: string): string | undefined {
  const [, key, directory] =
    list
      .split('\n')
      .find((line) => line.startsWith(mac))
      ?.split(',') ?? [];
  return key === undefined ? undefined : createHash('sha256').update(`${key} ${directory}`).digest('hex');
}

it.each([
  ['md5', '{ transport: tftp, encrypt: { digest: md5 } }'],
  ['RFC 8188', '{ transport: http, gzip: true, encrypt: { content: aes128gcm, ikm: hex, keep: true } }'],
  ['sha256', '{ transport: http, gzip: true, encrypt: true }'],
])('by %s a job leaves its phones with the keys of its list, and its files fit them', async (_form, delivery) => {
  await using scratch = new Scratch();
  const few = listed.slice(0, 5);
  const text = recipeWith(delivery).replace(
    'Profile_Rule: https://prov.example.com/$MA.xml',
    `Profile_Rule: '[--key "$A"] https://prov.example.com/$B/$MA.xml'`,
  );
  const recipe = scratch.write('recipe.yaml', text);
  const csv = scratch.write('phones.csv', csvOf(few));
  const { bench, virtual } = await runUntilAllPass(scratch, { csv, recipe, count: few.length, third: 32 });
  for (const program of [virtual, bench]) {
    program.signal('SIGTERM');
    await program.ended;
  }
  const data = ['--data', scratch.path('data')];
  expect((await scratch.benchtone(['keys', ...data, '--out', scratch.path('keys.csv')]).ended).code).toBe(0);
  const list = readFileSync(scratch.path('keys.csv'), 'utf8');
  expect(statSync(scratch.path('keys.csv')).mode & 0o777).toBe(0o600);
  for (const record of virtual.latest('phone').values()) {
    expect(record.sealed, JSON.stringify(record)).toBe(true);
    if (!delivery.includes('ikm')) expect(record.keyed).toBe(fingerprint(list, record.mac));
  }
  if (delivery.includes('ikm')) return;

  const job = bench.of('ready')[0]?.job ?? '';
  const made = scratch.benchtone(['profiles', '--job', job, ...data, '--out', scratch.path('out'), '--kinds', 'production']);
  expect((await made.ended).code).toBe(0);
  for (const { mac } of few) {
    const key =
      list
        .split('\n')
        .find((line) => line.startsWith(mac))
        ?.split(',')[1] ?? '';
    const args = ['enc', '-d', '-aes-256-cbc', '-md', delivery.includes('md5') ? 'md5' : 'sha256', '-pass', 'env:KEY'];
    const file = readFileSync(scratch.path(`out/production/${mac}.xml`));
    const opened = execFileSync('openssl', args, { input: file, env: { ...process.env, KEY: key }, stdio: ['pipe', 'pipe', 'ignore'] });
    const profile = (opened[0] === 0x1f ? gunzipSync(opened) : opened).toString();
    expect(profile).toContain(`<Password_1_ ua="na">Sip-${mac}-x7<`);
    expect(profile).not.toMatch(/GPP_P|>30</);
  }
});

it('with faults no phone is called ready that is not, and nothing of the row is ever taken in the clear', async () => {
  await using scratch = new Scratch();
  const recipe = recipeWith('{ transport: http, gzip: true, encrypt: { digest: sha256 } }');
  const few = phones(20, 400);
  const { bench, virtual } = await runWithFaults(scratch, { csv: csvOf(few), recipe, third: 33 });
  const [devices, records] = [bench.latest('device'), virtual.latest('phone')];
  expect(disagreements(devices, records)).toEqual([]);
  for (const { mac, fault, sealed, states, took } of records.values()) {
    const passed = devices.get(mac)?.verdict === 'pass';
    if (fault === null || fault === 'packet-loss') expect([mac, passed, sealed]).toEqual([mac, true, true]);
    if (passed) expect(states.at(-1)).toBe('SEC-PRV-2');
    expect(took.filter((path) => /^\/(?:device|handoff)\//.test(path))).toEqual([]);
  }
  expect([...records.values()].filter(({ fault }) => fault !== null)).toHaveLength(8);
});

async function runWithFaults(scratch: Scratch, { csv, recipe, third }: { csv: string; recipe: string; third: number }) {
  const ports = await freePorts();
  const files = { csv: scratch.write('phones.csv', csv), recipe: scratch.write('recipe.yaml', recipe), data: scratch.path('data') };
  const place = { interface: 'lo', address: '127.0.0.1/8', ports: spellPorts(ports), pool: `127.77.${third}.1-127.77.${third}.250` };
  const bench = scratch.benchtone(['run', ...options({ ...files, ...place, json: true })]);
  await bench.ready();
  const relay = `127.0.0.1:${ports.dhcp}`;
  const virtual = scratch.benchtone(['phones', ...options({ relay, csv: files.csv, speed: '20', seed: '11', fault: '0.4', json: true })]);
  await virtual.until('the phones live', () => virtual.stderr.includes('virtual phones'));
  const good = dealFaults(csv.trim().split('\n').length - 1, 0.4, 11).filter(
    (fault) => fault === undefined || fault === 'packet-loss',
  ).length;
  const passed = (): number => [...bench.latest('device').values()].filter(({ verdict }) => verdict === 'pass').length;
  await bench.until(`${good} have passed`, () => passed() >= good, 120_000);
  virtual.signal('SIGTERM');
  await virtual.ended;
  bench.signal('SIGTERM');
  await bench.ended;
  return { bench, virtual };
}
