/** `keys --rotate` beside a bench at work: it sees by itself, a kill right then loses nothing, and the list fits what the phones left with. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freePorts, spellPorts } from './ports.js';
import { options, type Running, Scratch } from './programs.js';
import { csvOf, loopbackRecipe, phones } from './work-orders.js';

const own = /^delivery:.*\nmodels:\n(?: {2}.*\n)+/m;
const production = 'Profile_Rule: https://prov.example.com/$MA.xml';

it.each(['http', 'tftp'])('new keys for all while phones are prepared by %s, and the bench is killed at that moment', async (transport) => {
  await using scratch = new Scratch();
  expect(loopbackRecipe).toMatch(own);
  const text = loopbackRecipe
    .replace(own, `delivery: { transport: ${transport}, gzip: true, encrypt: true }\n`)
    .replace(production, `Profile_Rule: '[--key "$A"] https://prov.example.com/$B/$MA.xml'`);
  const listed = phones(12, 900);
  const [recipe, csv] = [scratch.write('recipe.yaml', text), scratch.write('phones.csv', csvOf(listed))];
  const ports = await freePorts();
  const data = scratch.path('data');
  const place = { interface: 'lo', address: '127.0.0.1/8', ports: spellPorts(ports), pool: '127.77.36.1-127.77.36.250' };
  const run = ['run', ...options({ csv, recipe, ...place, data, json: true })];
  const first = scratch.benchtone(run);
  await first.ready();
  const asked = { relay: `127.0.0.1:${ports.dhcp}`, csv, speed: '8', seed: '7', json: true } as const;
  const virtual = scratch.benchtone(['phones', ...options(asked)]);
  // So early that on a busy computer, too, most phones are still on the bench when the program has started.
  await first.until('one has asked for its first file', () => states(first).includes('bootstrap'));

  const rotate = (which: string): Running => scratch.benchtone(['keys', ...options({ rotate: which, data, json: true })]);
  const all = rotate('all');
  const { code } = await all.end();
  first.signal('SIGKILL');
  await first.ended;
  expect([code, all.of('rotated').length], all.told()).toEqual([0, listed.length]);
  expect(all.of('rotated').filter(({ refused }) => refused === null).length).toBeGreaterThan(0);

  const second = scratch.benchtone(run);
  await second.ready();
  const passed = (): number => [...devices().values()].filter(({ verdict }) => verdict === 'pass').length;
  const devices = (): ReturnType<typeof latest> => latest(first, second);
  await second.until('all have passed', () => passed() === listed.length, 100_000);
  virtual.signal('SIGTERM');
  await virtual.ended;
  const records = virtual.latest('phone');

  const late = rotate(listed[0]?.mac ?? '');
  expect([(await late.end()).code, late.of('rotated')[0]?.refused?.code]).toEqual([1, 'key.leaving']);
  second.signal('SIGTERM');
  await second.ended;
  expect((await scratch.benchtone(['keys', '--data', data, '--out', scratch.path('keys.csv')]).ended).code).toBe(0);
  const list = readFileSync(scratch.path('keys.csv'), 'utf8');
  for (const { mac, sealed, keyed, took } of records.values()) {
    const [, key = '', directory = ''] = new RegExp(`^${mac},(.*),(.*)$`, 'm').exec(list) ?? [];
    expect([mac, sealed, keyed]).toEqual([mac, true, createHash('sha256').update(`${key} ${directory}`).digest('hex')]);
    expect(took.filter((path) => path.startsWith('/install/')).length, mac).toBe(1);
  }
  expect([...first.invalid, ...second.invalid, ...all.invalid, ...late.invalid]).toEqual([]);
});

it('says what is wrong: no MAC, two wishes at once, a job without keys', async () => {
  await using scratch = new Scratch();
  const csv = scratch.write('phones.csv', csvOf(phones(1)));
  const made = scratch.benchtone(['demo', '--phones', '1', '--data', scratch.path('data'), '--json']);
  expect((await made.end()).code).toBe(0);
  const refusal = async (...args: string[]): Promise<unknown> => {
    const program = scratch.benchtone(['keys', ...args, '--data', scratch.path('data'), '--json']);
    const { code } = await program.end();
    return [code, program.of('refused')[0]?.code ?? program.of('rotated').map(({ refused }) => refused?.code)];
  };
  expect(await refusal('--rotate', 'desk')).toEqual([2, 'usage.rotate']);
  expect(await refusal('--rotate', 'all', '--out', csv)).toEqual([2, 'usage.either']);
  expect(await refusal('--rotate', 'all', '--job', 'none')).toEqual([2, 'job.unknown']);
  expect(await refusal('--rotate', 'all')).toEqual([1, []]);
  expect(await refusal('--rotate', 'c4c603ffffff')).toEqual([1, ['key.no-row']]);
});

function states(bench: Running): readonly string[] {
  return [...bench.latest('device').values()].map(({ state }) => state);
}

function latest(first: Running, second: Running) {
  return new Map([...first.latest('device'), ...second.latest('device')]);
}
