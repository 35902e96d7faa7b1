/** What a phone gets, shown: exact text, origins, changes since it was served, and passwords only to who asks, with a trace of it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PhonesProgram } from '../../../engine/bench/virtual.js';
import { demoPhones, demoRecipe } from '../../../engine/phones/demo.js';
import { phonesHere, Rig } from './rig.js';

const onLoopback = { interface: 'lo', address: '127.0.0.1/8', dhcp: true } as const;
const [phone] = demoPhones(1, 5);
const mac = phone!.mac;
const heading = 'mac,model,name,extension,sip_password,admin_password';
const row = (name: string, password: string): string => `${heading}\n${mac},${phone!.model},${name},2001,${password},Maple!Front-9\n`;

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

async function draft(text: string): Promise<string> {
  const [csv, recipe] = [await rig.upload('phones.csv', text), await rig.upload('demo.yaml', demoRecipe)];
  return (await rig.call('draft.check', { csv, recipe })).draft;
}

async function serve(text: string): Promise<string> {
  const { job } = await rig.call('bench.start', { draft: await draft(text), skipBad: false, ...onLoopback });
  const { bench } = await rig.call('board.snapshot', {});
  const file = join(rig.folder, 'plugged.csv');
  writeFileSync(file, `mac,model\n${mac},${phone!.model}\n`);
  plugged.push(phonesHere(['--relay', `127.0.0.1:${bench?.ports.dhcp}`, '--csv', file, '--seed', '5', '--speed', '20', '--json']));
  await rig.until('it passes', () => rig.counts?.pass === 1);
  return job;
}

/** Entries of a turn are on disk when it is over. */
async function facts(job: string, kind: string): Promise<number> {
  await setImmediate();
  return (await rig.call('device.page', { job, mac })).timeline.filter(({ code }) => code === `fact.${kind}`).length;
}

it('of a phone that was served says what changed, in its own job and in the next', async () => {
  const job = await serve(row('Reception', 'Chalk-Otter-41'));
  const live = await rig.call('device.preview', { job, mac });
  expect(live.files.map(({ file }) => file)).toEqual(['bootstrap', 'device', 'handOff']);
  const [bootstrap, device, handOff] = live.files;
  expect(bootstrap?.text).not.toContain('192.0.2.1'); // the bench that runs
  expect(device?.parameters.find(({ tag }) => tag === 'GPP_P')?.value).toMatch(/^[0-9a-f]{64}$/);
  for (const file of [device, handOff]) {
    expect(file?.servedAt).not.toBeNull();
    expect(file?.parameters.filter(({ change, tag }) => change !== 'same' && tag !== 'GPP_P')).toEqual([]);
  }
  await rig.call('bench.stop', {});

  const next = await draft(row('Front desk', 'Birch-Comet-72'));
  const changed = await rig.call('draft.preview', { draft: next, row: 1 });
  expect(changed).toMatchObject({ revealed: false });
  const profile = changed.files[1]!;
  expect(Object.fromEntries(profile.parameters.flatMap(({ tag, change }) => (change === 'same' ? [] : [[tag, change]])))).toMatchObject({
    Display_Name_1_: 'changed',
    Password_1_: 'changed',
  });
  expect(profile.parameters.find(({ tag }) => tag === 'User_ID_1_')).toMatchObject({ change: 'same', origin: { code: 'origin.recipe' } });
  expect(JSON.stringify([live, changed])).not.toMatch(/Otter|Comet|Maple/);
});

it('shows passwords when asked, leaves a trace in the journal, and keeps none of them', async () => {
  const job = await serve(row('Reception', 'Chalk-Otter-41'));
  expect(await facts(job, 'secretsShown')).toBe(0);
  const lastWords = (await rig.call('device.page', { job, mac })).device.lastWords;
  const shown = await rig.call('device.preview', { job, mac, reveal: true });
  expect(shown.files[1]?.text).toContain('<Password_1_ ua="na">Chalk-Otter-41</Password_1_>');
  expect(await facts(job, 'secretsShown')).toBe(1);
  expect((await rig.call('device.page', { job, mac })).device.lastWords).toEqual(lastWords);
  await rig.call('bench.stop', {});
  await rig.call('device.preview', { job, mac, reveal: true });
  expect(await facts(job, 'secretsShown')).toBe(2);
  expect((await rig.call('device.preview', { job, mac })).files[1]?.text).not.toContain('Chalk');

  const kept = readdirSync(rig.folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('sqlite'));
  expect(kept.length).toBeGreaterThan(0);
  for (const name of kept) expect(readFileSync(join(rig.folder, name)).includes('Chalk-Otter')).toBe(false);
});

it('asked for in a draft is told to the journal once the job has begun, of a row without a phone once it has one', async () => {
  const text = row('Reception', 'Chalk-Otter-41').replace(mac, '');
  const handle = await draft(text);
  const shown = await rig.call('draft.preview', { draft: handle, row: 1, reveal: true });
  expect([shown.revealed, shown.files[1]?.text.includes('Chalk-Otter-41')]).toEqual([true, true]);
  const { job } = await rig.call('bench.start', { draft: handle, skipBad: false, ...onLoopback });
  const { bench } = await rig.call('board.snapshot', {});
  const file = join(rig.folder, 'plugged.csv');
  writeFileSync(file, `mac,model\n${mac},${phone!.model}\n`);
  plugged.push(phonesHere(['--relay', `127.0.0.1:${bench?.ports.dhcp}`, '--csv', file, '--seed', '5', '--speed', '20', '--json']));
  await rig.until('it passes', () => rig.counts?.pass === 1);
  expect(await facts(job, 'secretsShown')).toBe(1);
});
