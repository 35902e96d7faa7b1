/** A job from a CSV through the desk: judged, previewed, started on loopback, watched, stopped, gone on with after a crash, exported. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { viewOf } from '../../../engine/bench/board.js';
import { openReport } from '../../../engine/bench/report.js';
import { resultCsv } from '../../../engine/bench/result-csv.js';
import type { PhonesProgram } from '../../../engine/bench/virtual.js';
import { demoCsv, demoPhones, demoRecipe } from '../../../engine/phones/demo.js';
import { listInterfaces } from '../../../engine/desk/interfaces.js';
import { readFacts } from '../../../engine/network/interface-facts.js';
import { listPlaces } from '../../../engine/network/places.js';
import { lockFolder } from '../../../engine/store/lock.js';
import { type Clock, systemClock } from '../../../engine/services/service.js';
import { rowsOf } from '../../../headless/report-rows.js';
import { phonesHere, Rig } from './rig.js';

const facts = await readFacts();
const dayMs = 86_400_000;

const onLoopback = { interface: 'lo', address: '127.0.0.1/8', dhcp: true } as const;
const phones = demoPhones(4, 77);
const csv = demoCsv(phones);

let rig: Rig;
let plugged: PhonesProgram[];

beforeEach(async () => {
  rig = await Rig.open();
  plugged = [];
});

afterEach(async () => {
  await Promise.all(plugged.map((each) => each.stop()));
  await rig[Symbol.asyncDispose]();
});

/** Checks the CSV with the recipe whose phones can stand on loopback. */
async function draft(text: string = csv): Promise<string> {
  const [file, recipe] = [await rig.upload('phones.csv', text), await rig.upload('demo.yaml', demoRecipe)];
  return (await rig.call('draft.check', { csv: file, recipe })).draft;
}

/** Plugs phones in at the running bench. */
async function plugIn(listed: readonly { readonly mac: string; readonly model: string }[]): Promise<void> {
  const { bench } = await rig.call('board.snapshot', {});
  const file = join(rig.folder, `plugged-${plugged.length}.csv`);
  writeFileSync(file, ['mac,model', ...listed.map(({ mac, model }) => `${mac},${model}`), ''].join('\n'));
  plugged.push(phonesHere(['--relay', `127.0.0.1:${bench?.ports.dhcp}`, '--csv', file, '--seed', '5', '--speed', '20', '--json']));
}

describe('a job of a CSV', () => {
  it('is started on loopback, its phones pass, each page tells how, and the result is a CSV', async () => {
    const { job } = await rig.call('bench.start', { draft: await draft(), skipBad: false, ...onLoopback });
    const before = await rig.call('board.snapshot', {});
    expect(before.devices.map(({ mac, slot, state, name }) => ({ mac, slot, state, name }))).toEqual(
      phones.map(({ mac }, i) => ({ mac, slot: null, state: 'expected', name: `Desk ${2001 + i}` })),
    );
    expect(before.bench).toMatchObject({ job: { id: job, virtual: false }, interface: 'lo', address: '127.0.0.1' });

    await plugIn(phones);
    await rig.until('all pass', () => rig.counts?.pass === 4);
    const first = phones[0]?.mac ?? '';
    const { device, timeline } = await rig.call('device.page', { job, mac: first });
    expect(device).toMatchObject({
      verdict: 'pass',
      state: 'handedOff',
      waitsFor: null,
      name: 'Desk 2001',
      extension: '2001',
      problem: null,
    });
    const codes = timeline.map(({ code }) => code);
    for (const code of [
      'fact.bound',
      'fact.dhcpAck',
      'fact.fileDelivered',
      'fact.word.successful',
      'fact.readBack.equal',
      'fact.resyncAsked',
    ])
      expect(codes).toContain(code);
    expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map(({ seq }) => seq).toSorted((a, b) => a - b));
    expect(device.bytes).toBe(
      timeline.filter(({ code }) => code === 'fact.fileDelivered').reduce((sum, { params }) => sum + Number(params['bytes']), 0),
    );

    await rig.call('bench.stop', {});
    const { name, text } = await rig.call('report.csv', { job });
    expect(name).toBe(`benchtone-${job}.csv`);
    expect(text.split('\r\n').filter((line) => line.includes('handedOff,pass'))).toHaveLength(4);
    const [listed] = await rig.call('jobs.list', {});
    expect(listed).toMatchObject({ id: job, closed: expect.any(String) as string, counts: { pass: 4 }, resumable: true });
    expect(rig.logged).toEqual([]);
  });

  it('is the same board after the engine ended in the middle, and is gone on with by its id alone', async () => {
    const { job } = await rig.call('bench.start', { draft: await draft(), skipBad: false, ...onLoopback });
    await plugIn(phones.slice(0, 2));
    await rig.until('two pass', () => rig.counts?.pass === 2);
    await Promise.all(plugged.map((each) => each.stop()));
    const { devices, counts } = await rig.call('board.snapshot', {});

    await rig.reopen();
    expect((await rig.call('board.snapshot', {})).bench).toBeNull(); // nothing goes on by itself
    expect((await rig.call('jobs.board', { job })).devices).toEqual(devices);
    expect(await rig.call('jobs.list', {})).toMatchObject([{ id: job, closed: null, counts, resumable: true }]);

    expect(await rig.call('bench.resume', { job, ...onLoopback })).toEqual({ job });
    const resumed = await rig.call('board.snapshot', {});
    expect(resumed.devices).toEqual(devices);
    expect((await rig.call('jobs.list', {}))[0]?.resumable).toBe(false); // it runs
    await plugIn(phones.slice(2));
    await rig.until('all pass', () => rig.counts?.pass === 4);
    const slots = (await rig.call('board.snapshot', {})).devices.map(({ slot }) => slot);
    expect(new Set(slots)).toEqual(new Set([1, 2, 3, 4]));
  });

  it('takes a phone for a row without MAC, which then shows on the board', async () => {
    const text = csv.replace(phones[3]?.mac ?? '-', '');
    await rig.call('bench.start', { draft: await draft(text), skipBad: false, ...onLoopback });
    const before = await rig.call('board.snapshot', {});
    expect([before.devices.length, before.counts.devices]).toEqual([3, 4]);
    await plugIn(phones.slice(3));
    await rig.until('it passes', () => rig.counts?.pass === 1);
    const row = (await rig.call('board.snapshot', {})).devices.find(({ mac }) => mac === phones[3]?.mac);
    expect(row).toMatchObject({ row: 4, line: 5, slot: 1, name: 'Desk 2004', verdict: 'pass' });
  });

  it('saves the same result as the command line writes: phones that came, that did not, and rows that wait for one', async () => {
    const text = csv.replace(phones[3]?.mac ?? '-', '');
    const { job } = await rig.call('bench.start', { draft: await draft(text), skipBad: false, ...onLoopback });
    await plugIn(phones.slice(0, 1));
    await rig.until('it passes', () => rig.counts?.pass === 1);
    await rig.call('bench.stop', {});
    const saved = await rig.call('report.csv', { job });
    const told = saved.text.split('\r\n').map((line) => `${line.split(',')[0]} ${line.split(',').at(-1)}`);
    expect(told.slice(1, 5)).toEqual(['1  unplug it and box it"', '2 plug it in', '3 plug it in', '4 plug in a phone of this model']);

    writeFileSync(join(rig.folder, 'key'), '07'.repeat(32)); // the desk's, as the command line keeps it
    const read = openReport(join(rig.folder, 'data'), join(rig.folder, 'key'), job);
    if (!read.ok) throw new Error(read.refusal.code);
    expect(resultCsv(read.value.devices.map(viewOf), rowsOf(join(rig.folder, 'data'), read.value.job))).toBe(saved.text);
  });
});

describe('closing a job', () => {
  it('lets its days begin to count, once; after them its secrets are gone, and its result is not', async () => {
    let now = Date.parse('2026-11-22T09:00:00.000Z');
    const timers: (() => void)[] = [];
    const clock: Clock = { now: () => new Date(now), after: (ms, action) => (ms >= dayMs ? keep(action) : systemClock.after(ms, action)) };
    const keep = (action: () => void): (() => void) => {
      timers.push(action);
      return () => undefined;
    };
    await rig.reopen({ clock });
    const { job } = await rig.call('bench.start', { draft: await draft(), skipBad: false, ...onLoopback });
    expect(await rig.refusal('jobs.close', { job })).toBe('job.running');
    await rig.call('bench.stop', {});
    expect((await rig.call('jobs.list', {}))[0]).toMatchObject({ closed: null, secretsUntil: null });

    const until = '2026-12-06T09:00:00.000Z';
    expect(await rig.call('jobs.close', { job })).toEqual({ purged: until });
    now += dayMs;
    expect(await rig.call('jobs.close', { job })).toEqual({ purged: until });
    expect((await rig.call('jobs.list', {}))[0]).toMatchObject({ secretsUntil: until, resumable: true });

    now = Date.parse(until);
    timers.at(-1)?.(); // the desk stayed open all the time
    expect((await rig.call('jobs.list', {}))[0]).toMatchObject({ secretsUntil: null, resumable: false, counts: { devices: 4 } });
    expect(await rig.refusal('bench.resume', { job, ...onLoopback })).toBe('key.other');
    expect((await rig.call('report.csv', { job })).text).toContain('\r\n4,');
  });

  it('is undone by going on with it; one there is not cannot be closed', async () => {
    const { job } = await rig.call('bench.start', { draft: await draft(), skipBad: false, ...onLoopback });
    await rig.call('bench.stop', {});
    await rig.call('jobs.close', { job });
    await rig.call('bench.resume', { job, ...onLoopback });
    await rig.call('bench.stop', {});
    expect((await rig.call('jobs.list', {}))[0]).toMatchObject({ closed: null, secretsUntil: null });
    expect(await rig.refusal('jobs.close', { job: 'none' })).toBe('job.unknown');
  });
});

describe('what stands against a start', () => {
  it.each([
    ['an interface there is not', { interface: 'no-such0' }, 'interface.unknown'],
    ['an address it does not have', { interface: 'lo', address: '192.0.2.7' }, 'interface.no-address'],
    ['an address that is none', { interface: 'lo', address: 'x' }, 'interface.address-malformed'],
  ])('%s', async (_what, where, code) => {
    const refusal = await rig.refusal('bench.start', { draft: await draft(), skipBad: false, dhcp: true, ...where });
    expect([refusal, await rig.call('jobs.list', {}), (await rig.call('board.snapshot', {})).bench]).toEqual([code, [], null]);
  });

  /** An interface of this machine that leads to the world, where it has one. */
  const outward = listInterfaces(listPlaces(), facts).find(({ checks }) =>
    checks.some(({ code, state }) => code === 'interface.default-route' && state === 'stop'),
  );

  it('an interface that leads to the office, unless its very name is repeated', async ({ skip }) => {
    skip(outward === undefined, 'no interface of this machine has a default route');
    const where = { interface: outward?.name ?? '', address: outward?.address ?? '', dhcp: true };
    for (const despite of [undefined, '', 'yes', 'lo', `${where.interface} `]) {
      const repeated = despite === undefined ? {} : { despite };
      expect(await rig.refusal('bench.start', { draft: await draft(), skipBad: false, ...where, ...repeated })).toBe(
        'interface.default-route',
      );
    }
    expect(await rig.call('jobs.list', {})).toEqual([]);
  });

  it('rows with errors, until the person leaves them out; and a draft that is gone', async () => {
    const bad = `${csv}\n00562b,8851,Desk X,3001,s,a`;
    expect(await rig.refusal('bench.start', { draft: await draft(bad), skipBad: false, ...onLoopback })).toBe('job.problems');
    expect(await rig.refusal('bench.start', { draft: 'x'.repeat(24), skipBad: false, ...onLoopback })).toBe('draft.gone');
    expect(await rig.call('jobs.list', {})).toEqual([]);
    await rig.call('bench.start', { draft: await draft(bad), skipBad: true, ...onLoopback });
    expect((await rig.call('board.snapshot', {})).counts.devices).toBe(4);
  });

  it('another bench that runs; and a job there is not', async () => {
    const { job } = await rig.call('bench.start', { draft: await draft(), skipBad: false, ...onLoopback });
    for (const refusal of [
      await rig.refusal('bench.start', { draft: await draft(), skipBad: false, ...onLoopback }),
      await rig.refusal('bench.demo', { phones: 1, fault: 0 }),
      await rig.refusal('bench.resume', { job, ...onLoopback }),
    ])
      expect(refusal).toBe('bench.busy');
    await rig.call('bench.stop', {});
    expect(await rig.refusal('bench.resume', { job: 'no-such-job', ...onLoopback })).toBe('job.unknown');
    expect(await rig.refusal('jobs.board', { job: 'no-such-job' })).toBe('job.unknown');
    expect(await rig.refusal('device.page', { job, mac: '00562b000000' })).toBe('device.unknown');
    expect(await rig.refusal('report.csv', { job: 'no-such-job' })).toBe('job.unknown');
  });

  it('another process at work in the same folder', async () => {
    const other = lockFolder(join(rig.folder, 'data'));
    if (!other.ok) throw new Error(other.refusal.code);
    expect(await rig.refusal('bench.start', { draft: await draft(), skipBad: false, ...onLoopback })).toBe('data.in-use');
    other.value[Symbol.dispose]();
    expect(await rig.refusal('bench.start', { draft: await draft(), skipBad: false, ...onLoopback })).toBeUndefined();
  });

  it('the key of another installation: its board is there, without names, and it can not be gone on with', async () => {
    const { job } = await rig.call('bench.start', { draft: await draft(), skipBad: false, ...onLoopback });
    await rig.reopen({ installationKey: Buffer.alloc(32, 8) });
    const { job: info, devices } = await rig.call('jobs.board', { job });
    expect([info.resumable, devices.map(({ name }) => name), info.counts.devices]).toEqual([false, [null, null, null, null], 4]);
    expect(await rig.refusal('bench.resume', { job, ...onLoopback })).toBe('key.other');
  });
});
