/** `demo`: a whole job on loopback, and every phone's own record agrees with the bench. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Scratch } from './programs.js';
import { disagreements } from './record.js';

it.each([24, 200])('demo --phones %i ends with all of them proven, and each phone says the same of itself', async (count) => {
  await using scratch = new Scratch();
  const demo = scratch.benchtone(['demo', '--phones', String(count), '--seed', '11', '--json']);
  expect(await demo.end(), demo.stderr).toEqual({ code: 0, signal: null });

  expect(demo.invalid).toEqual([]);
  expect([demo.lines.at(0)?.type, demo.lines.at(-1)?.type]).toEqual(['ready', 'summary']);
  expect([demo.of('ready').length, demo.of('summary').length]).toEqual([1, 1]);
  expect(demo.of('summary')[0]).toMatchObject({
    devices: count,
    pass: count,
    unverified: 0,
    fail: 0,
    pending: 0,
    job: demo.of('ready')[0]?.job,
  });
  const [devices, records] = [demo.latest('device'), demo.latest('phone')];
  expect([devices.size, records.size]).toEqual([count, count]);
  expect([...devices.values()].filter(({ state, verdict }) => state !== 'handedOff' || verdict !== 'pass')).toEqual([]);
  expect(disagreements(devices, records)).toEqual([]);
  expect(new Set([...records.values()].map(({ marker }) => marker)).size).toBe(count);
  expect(new Set([...devices.values()].map(({ address }) => address)).size).toBe(count);
});

it('gives the keys of those phones that have any: its job encrypts for some models alone', async () => {
  await using scratch = new Scratch();
  const data = ['--data', scratch.path('data')];
  const demo = scratch.benchtone(['demo', '--phones', '24', '--seed', '3', '--json', ...data]);
  expect((await demo.end()).code, demo.stderr).toBe(0);
  const keys = scratch.benchtone(['keys', ...data, '--out', scratch.path('keys.csv')]);
  expect((await keys.end()).code, keys.stderr).toBe(0);
  const keyed = readFileSync(scratch.path('keys.csv'), 'utf8').trim().split('\n').slice(1);
  expect(keyed.length).toBeGreaterThan(0);
  expect(keyed.length).toBeLessThan(24);
});
