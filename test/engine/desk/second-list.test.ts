/** A second list of an open job, through the desk: recognised, shown, applied as the next revision. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { demoRecipe } from '../../../engine/phones/demo.js';
import { Rig } from './rig.js';

const onLoopback = { interface: 'lo', address: '127.0.0.1/8', dhcp: true } as const;
const heading = 'mac,model,name,extension,sip_password,admin_password\n';
const row = (mac: string, name: string, extension: string, password = 'Sip-1-pass'): string =>
  `${mac},8851,${name},${extension},${password},Adm-1-Pass\n`;
const [anna, ben, dora] = ['c4c603000001', 'c4c603000002', 'c4c603000004'];

let rig: Rig;

beforeEach(async () => {
  rig = await Rig.open();
});

afterEach(() => rig[Symbol.asyncDispose]());

async function check(...rows: readonly string[]) {
  const [file, recipe] = [await rig.upload('phones.csv', heading + rows.join('')), await rig.upload('demo.yaml', demoRecipe)];
  return rig.call('draft.check', { csv: file, recipe });
}

it('is recognised by its phones, compared without a secret, and becomes the next revision when the person says so', async () => {
  const first = await check(row(anna, 'Anna', '2001'), row(ben, 'Ben', '2002'));
  expect(first.openJobs).toEqual([]);
  const { job } = await rig.call('bench.start', { draft: first.draft, skipBad: false, ...onLoopback });
  await rig.call('bench.stop', {});

  const second = await check(row(dora, 'Dora', '2004'), row(anna, 'Anna', '2001', 'Sip-2-pass'));
  expect(second.openJobs).toMatchObject([{ job, revision: 1, shared: 1, likely: false }]); // half of the list
  expect(second.problems.filter(({ code }) => code === 'mac.earlier-job')).toEqual([]); // it is no earlier job, but perhaps this one
  const { changes, same } = await rig.call('draft.changes', { draft: second.draft, job, skipBad: false });
  expect([changes.map(({ kind, mac, row: number, standing }) => [kind, mac, number, standing]), same]).toEqual([
    [
      ['added', dora, null, 'notSeen'],
      ['changed', anna, 1, 'notSeen'],
      ['removed', ben, 2, 'notSeen'],
    ],
    0,
  ]);
  expect(changes[1]?.parameters).toEqual([{ tag: 'Password_1_', before: '********', after: '********' }]);
  expect(JSON.stringify(changes)).not.toMatch(/Sip-[12]/);

  const revised = await rig.call('bench.start', { draft: second.draft, skipBad: false, ...onLoopback, revise: { job, again: [] } });
  expect(revised.job).toBe(job);
  const { bench, devices } = await rig.call('board.snapshot', {});
  expect(bench?.job).toMatchObject({ id: job, revision: 2 });
  expect(devices.filter(({ row: number }) => number !== null).map(({ mac, row: number, name }) => [mac, number, name])).toEqual([
    [anna, 1, 'Anna'],
    [dora, 3, 'Dora'],
  ]);
  await rig.call('bench.stop', {});
  await rig.call('jobs.close', { job });
  const third = await check(row(anna, 'Anna', '2001'));
  expect([third.openJobs, third.problems.filter(({ code }) => code === 'mac.earlier-job').map(({ params }) => params['job'])]).toEqual([
    [],
    [job],
  ]);
});

it('is likely a list of the job that most of its phones are in, by MAC or, in a job of the same name, by extension; never of one of two', async () => {
  const start = async (...rows: readonly string[]): Promise<string> => {
    const { job } = await rig.call('bench.start', { draft: (await check(...rows)).draft, skipBad: false, ...onLoopback });
    await rig.call('bench.stop', {});
    return job;
  };
  const likely = async (...rows: readonly string[]): Promise<unknown> =>
    (await check(...rows)).openJobs.map(({ job, shared, likely: is }) => [job, shared, is]);
  const job = await start(row(anna, 'Anna', '2001'), row(ben, 'Ben', '2002'), row('', 'Carl', '2003'));
  expect(await likely(row(anna, 'Anna', '2001'), row('', 'Carl', '2003'), row(dora, 'Dora', '2004'))).toEqual([[job, 2, true]]);
  expect(await likely(row(dora, 'Dora', '2004'), row('', 'Emil', '2005'))).toEqual([]);
  const other = await start(row(anna, 'Anna', '2001'), row(ben, 'Ben', '2002'));
  expect(await likely(row(anna, 'Anna', '2001'), row(ben, 'Ben', '2002'))).toEqual(
    expect.arrayContaining([
      [job, 2, false],
      [other, 2, false],
    ]),
  );
});

it('is refused for a job that is not there', async () => {
  const { draft } = await check(row(anna, 'Anna', '2001'));
  expect(await rig.refusal('draft.changes', { draft, job: 'nobody', skipBad: false })).toBe('job.unknown');
  expect(await rig.refusal('bench.start', { draft, skipBad: false, ...onLoopback, revise: { job: 'nobody', again: [] } })).toBe(
    'job.unknown',
  );
});
