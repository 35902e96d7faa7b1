/** Virtual phones through the desk: from one call to 24 proven phones, told in batches, and back after a crash. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { phonesHere, Rig } from './rig.js';

it('tries 24 virtual phones: all pass, the window hears of each step, and the board is the same when it is read again', async () => {
  await using rig = await Rig.open();
  const { job } = await rig.call('bench.demo', { phones: 24, fault: 0 });
  await rig.until('all pass', () => rig.counts?.pass === 24);

  const { bench, devices, counts } = await rig.call('board.snapshot', {});
  expect(bench).toMatchObject({ job: { id: job, virtual: true }, state: 'running', interface: 'lo', notices: [] });
  expect(counts).toEqual({ devices: 24, pass: 24, unverified: 0, fail: 0, pending: 0 });
  expect(new Set(devices.map(({ slot }) => slot))).toEqual(new Set(Array.from({ length: 24 }, (_, i) => i + 1)));
  expect(devices.filter((row) => row.bytes < 500 || row.name === null || row.lastWords === null || row.waitsFor !== null)).toEqual([]);

  await rig.call('bench.stop', {});
  expect((await rig.call('board.snapshot', {})).bench).toBeNull();
  const after = await rig.call('jobs.board', { job });
  expect(after.job).toMatchObject({ id: job, virtual: true, counts });
  await rig.reopen();
  expect(await rig.call('jobs.board', { job })).toEqual(after);
});

it('goes on with virtual phones that were not finished, and with those alone', async () => {
  const started: string[] = [];
  const options = {
    startPhones: (args: readonly string[]) => {
      started.push(readFileSync(args[args.indexOf('--csv') + 1] ?? '', 'utf8'));
      return phonesHere(args);
    },
  };
  await using rig = await Rig.open(options);
  const { job } = await rig.call('bench.demo', { phones: 6, fault: 0 });
  await rig.until('some pass', () => (rig.counts?.pass ?? 0) > 0);
  await rig.reopen(options); // the engine ended, its phones with it
  const { devices } = await rig.call('jobs.board', { job });
  const unfinished = devices.filter(({ verdict }) => verdict !== 'pass').map(({ mac }) => mac);

  await rig.call('bench.resume', { job, interface: 'lo', dhcp: true });
  expect(started[1]?.split('\n').flatMap((line) => /^[0-9a-f]{12}/.exec(line)?.[0] ?? [])).toEqual(unfinished);
  await rig.until('all pass', () => rig.counts?.pass === 6);
  expect((await rig.call('board.snapshot', {})).bench?.job).toMatchObject({ id: job, virtual: true });
});

it('ends one demo with the next, and leaves real jobs alone', async () => {
  await using rig = await Rig.open();
  const first = await rig.call('bench.demo', { phones: 1, fault: 0 });
  await rig.call('bench.stop', {});
  const second = await rig.call('bench.demo', { phones: 1, fault: 0 });
  const jobs = await rig.call('jobs.list', {});
  expect(jobs.map(({ id, closed }) => [id, closed === null])).toEqual([
    [second.job, true],
    [first.job, false],
  ]);
});

it('stops whatever is just being started, and nothing of it is left', async () => {
  await using rig = await Rig.open();
  const [begun] = await Promise.all([rig.answer('bench.demo', { phones: 2, fault: 0 }), rig.call('bench.stop', {})]);
  if (!begun.ok) expect(begun.error.code).toBe('bench.cancelled');
  expect((await rig.call('board.snapshot', {})).bench).toBeNull();
  expect(existsSync(join(rig.folder, 'data/lock'))).toBe(false);
  await rig.call('bench.demo', { phones: 1, fault: 0 });
});

it('tells phones with faults apart from those that pass, with what is wrong', async () => {
  await using rig = await Rig.open();
  await rig.call('bench.demo', { phones: 4, fault: 1 });
  await rig.until('every phone has had its time', () => rig.counts !== undefined && rig.counts.pending === 0);
  const { devices, counts } = await rig.call('board.snapshot', {});
  expect(counts.pass).toBeLessThan(4);
  expect(devices.filter(({ verdict, problem }) => (verdict === 'fail' || verdict === 'unverified') && problem === null)).toEqual([]);
});
