/** Virtual phones through the desk: from one call to 24 proven phones, told in batches, and back after a crash. */
import { expect, it } from 'vitest';
import { Rig } from './rig.js';

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
