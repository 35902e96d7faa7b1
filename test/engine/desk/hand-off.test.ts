/** What phones leave with, as the window asks for it; and the key list, opened by openssl. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { demoCsv, demoPhones, demoRecipe } from '../../../engine/phones/demo.js';
import { phonesHere, Rig } from './rig.js';

const phones = demoPhones(3, 12);
const delivery = /^delivery:.*\nmodels:\n(?: {2}.*\n)+/m;
const recipe = demoRecipe
  .replace(delivery, 'delivery: { gzip: true, encrypt: { digest: sha256 } }\n')
  .replace('Profile_Rule: https://prov.example.com/$MA.xml', "Profile_Rule: '[--key $A] https://prov.example.com/$B/$MA.xml'");
const passphrase = 'seven wet otters';

it('phones of an encrypted job are sealed, and the customer gets the keys they left with, under a passphrase', async () => {
  await using rig = await Rig.open();
  const [file, text] = [await rig.upload('phones.csv', demoCsv(phones)), await rig.upload('demo.yaml', recipe)];
  const { draft } = await rig.call('draft.check', { csv: file, recipe: text });
  const planned = await rig.call('draft.handOff', { draft, row: 1 });
  const by = Object.fromEntries(planned.map(({ tag, after, by: whose, place }) => [tag, [after, whose, place]]));
  expect(by).toMatchObject({
    Syslog_Server: ['', 'factory', null],
    Profile_Rule_C: ['', 'factory', null],
    Resync_Periodic: ['86400', 'recipe', 'handOff.Resync_Periodic'],
    GPP_A: ['********', 'key', null],
    GPP_B: ['********', 'key', null],
    GPP_P: ['', 'factory', null],
  });
  expect(planned.every(({ state }) => state === 'waiting')).toBe(true);

  const { job } = await rig.call('bench.start', { draft, skipBad: false, interface: 'lo', address: '127.0.0.1/8', dhcp: true });
  const { bench } = await rig.call('board.snapshot', {});
  const list = join(rig.folder, 'phones.csv');
  writeFileSync(list, ['mac,model', ...phones.map(({ mac, model }) => `${mac},${model}`), ''].join('\n'));
  const plugged = phonesHere(['--relay', `127.0.0.1:${bench?.ports.dhcp}`, '--csv', list, '--seed', '5', '--speed', '20', '--json']);
  try {
    await rig.until('all pass', () => rig.counts?.pass === phones.length);
  } finally {
    await plugged.stop();
  }
  const mac = phones[0]?.mac ?? '';
  const { sealed, values } = await rig.call('device.handOff', { job, mac });
  expect([sealed, [...new Set(values.map(({ state }) => state))]]).toEqual([true, ['gone']]);

  expect(await rig.call('keys.count', { job })).toEqual({ phones: phones.length, unproven: 0 });
  const { name, base64, command } = await rig.call('keys.export', { job, passphrase });
  expect(command).toContain(name);
  const args = [...command.split(' ').slice(1, -4), '-pass', 'env:PASSPHRASE'];
  const opened = spawnSync('openssl', args, { input: Buffer.from(base64, 'base64'), env: { ...process.env, PASSPHRASE: passphrase } });
  const [heading, ...lines] = opened.stdout.toString().trimEnd().split('\n');
  expect(heading).toBe('mac,key,directory');
  expect(lines.map((line) => line.slice(0, 12)).toSorted()).toEqual(phones.map((phone) => phone.mac).toSorted());
  for (const line of lines) expect(line).toMatch(/^[0-9a-f]{12},[0-9a-f]{64},[0-9a-f]{32}$/);

  // Neither keys nor directories are told anywhere on the way.
  const told = JSON.stringify([rig.events, await rig.call('device.page', { job, mac }), values, planned]);
  for (const secret of lines.flatMap((line) => line.split(',').slice(1))) expect(told).not.toContain(secret);
  expect(told).not.toMatch(/\/[0-9a-f]{32}\//);
});

it('a job without encryption has no keys', async () => {
  await using rig = await Rig.open();
  const { job } = await rig.call('bench.demo', { phones: 1, fault: 0 });
  await rig.call('bench.stop', {});
  expect(await rig.refusal('keys.export', { job: 'none', passphrase })).toBe('job.unknown');
  expect(await rig.refusal('keys.export', { job, passphrase: 'short' })).toBe('call.invalid');
});
