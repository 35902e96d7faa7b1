/** The bench is killed in the middle of its work and started again: the job goes on as if nothing had been. */
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { freePorts, spellPorts } from './ports.js';
import { options, type Running, Scratch } from './programs.js';
import { disagreements } from './record.js';
import { csvOf, loopbackRecipe, phones } from './work-orders.js';

const count = 50;

it('killed with -9 among 50 phones and started again, it goes on: all pass, and no address is leased twice', async () => {
  await using scratch = new Scratch();
  const csv = scratch.write('phones.csv', csvOf(phones(count)));
  const recipe = scratch.write('recipe.yaml', loopbackRecipe);
  const ports = await freePorts();
  const place = { interface: 'lo', address: '127.0.0.1/8', ports: spellPorts(ports), pool: '127.77.251.1-127.77.251.200' };
  const until = { 'until-done': true, timeout: 110 } as const;
  const run = ['run', ...options({ csv, recipe, ...place, data: scratch.path('data'), ...until, json: true })];
  const first = scratch.benchtone(run);
  const { job } = await first.ready();
  const virtual = scratch.benchtone([
    'phones',
    '--relay',
    `127.0.0.1:${ports.dhcp}`,
    '--csv',
    csv,
    '--speed',
    '20',
    '--seed',
    '3',
    '--json',
  ]);
  await first.until('some have passed', () => passed(first) >= 5);
  first.signal('SIGKILL');
  expect(await first.ended).toEqual({ code: null, signal: 'SIGKILL' });
  expect(passed(first)).toBeLessThan(count);

  const second = scratch.benchtone(run);
  expect((await second.ready()).job).toBe(job);
  expect(await second.end(), second.told()).toEqual({ code: 0, signal: null });
  virtual.signal('SIGTERM');
  await virtual.end(5000);

  expect(second.of('summary')).toEqual([expect.objectContaining({ job, devices: count, pass: count })]);
  expect([...first.invalid, ...second.invalid, ...virtual.invalid]).toEqual([]);
  const devices = new Map([...first.latest('device'), ...second.latest('device')]);
  expect(devices.size).toBe(count);
  expect([...devices.values()].filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(disagreements(devices, virtual.latest('phone'))).toEqual([]);
  expect(sharedAddresses([...toldAddresses(first), ...toldAddresses(second)])).toEqual([]);
  const leases = storedLeases(scratch.path('data'));
  expect(leases).toHaveLength(count);
  expect(sharedAddresses([...leases, ...toldAddresses(first), ...toldAddresses(second)])).toEqual([]);
});

type Leased = { readonly mac: string; readonly address: string };

function passed(bench: Running): number {
  return [...bench.latest('device').values()].filter(({ verdict }) => verdict === 'pass').length;
}

function toldAddresses(bench: Running): Leased[] {
  return bench.of('device').flatMap(({ mac, address }) => (address === null ? [] : [{ mac, address }]));
}

function storedLeases(folder: string): Leased[] {
  const database = new DatabaseSync(`${folder}/benchtone.sqlite`, { readOnly: true });
  try {
    const records = database.prepare('SELECT mac, address FROM leases').all();
    return records.map(({ mac, address }) => ({ mac: String(mac), address: String(address) }));
  } finally {
    database.close();
  }
}

/** Addresses more than one phone had. */
function sharedAddresses(leases: readonly Leased[]): readonly string[] {
  const holders = new Map<string, Set<string>>();
  for (const { mac, address } of leases) holders.set(address, (holders.get(address) ?? new Set()).add(mac));
  return [...holders].filter(([, macs]) => macs.size > 1).map(([address, macs]) => `${address}: ${[...macs].join(', ')}`);
}
