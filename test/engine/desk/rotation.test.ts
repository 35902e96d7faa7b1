/** New keys while real virtual phones are being prepared, by HTTP and by TFTP: each ends with the last, which the list for the customer has. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { demoCsv, demoPhones, demoRecipe } from '../../../engine/phones/demo.js';
import { phoneClock } from '../../../simulator/clock.js';
import { openLoopback } from '../../../simulator/loopback.js';
import { Phone } from '../../../simulator/phone.js';
import { rollPhones } from '../../../simulator/roll.js';
import { Rig } from './rig.js';

const passphrase = 'seven wet otters';
const phones = demoPhones(6, 12);
const own = /^delivery:.*\nmodels:\n(?: {2}.*\n)+/m;

/** The list for the customer, opened by openssl: key and directory by MAC. */
async function listOf(rig: Rig, job: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { base64, command } = await rig.call('keys.export', { job, passphrase });
  const args = [...command.split(' ').slice(1, -4), '-pass', 'env:PASSPHRASE'];
  const opened = spawnSync('openssl', args, { input: Buffer.from(base64, 'base64'), env: { ...process.env, PASSPHRASE: passphrase } });
  const lines = opened.stdout.toString().trimEnd().split('\n').slice(1);
  return new Map(lines.map((line) => [line.slice(0, 12), line.split(',').slice(1)]));
}

it.each([
  ['http, gzip and AES', '{ transport: http, gzip: true, encrypt: true }'],
  ['tftp, gzip and AES', '{ transport: tftp, gzip: true, encrypt: true }'],
  ['http, RFC 8188', '{ transport: http, encrypt: { content: aes128gcm, ikm: hex, keep: true } }'],
  [
    'in parts, behind an account',
    '{ transport: http, gzip: true, parts: true, encrypt: true, account: { user: "bench-{{extension}}", password: "Door-{{sip_password}}" } }',
  ],
])('twice in a row, and once for all: %s', async (_way, delivery) => {
  await using rig = await Rig.open();
  expect(demoRecipe).toMatch(own);
  const text = demoRecipe
    .replace(own, `delivery: ${delivery}\n`)
    .replace('Profile_Rule: https://prov.example.com/$MA.xml', "Profile_Rule: '[--key $A] https://prov.example.com/$B/$MA.xml'");
  const [file, recipe] = [await rig.upload('phones.csv', demoCsv(phones)), await rig.upload('demo.yaml', text)];
  const { draft } = await rig.call('draft.check', { csv: file, recipe });
  const { job } = await rig.call('bench.start', { draft, skipBad: false, interface: 'lo', address: '127.0.0.1/8', dhcp: true });
  const { bench } = await rig.call('board.snapshot', {});
  // Somebody is at it right when a phone has got its first file of its own.
  const begun = new Set<string>();
  const replies: Promise<unknown>[] = [];
  const stop = rig.desk.on((event) => {
    if (event.kind !== 'batch') return;
    for (const { mac, state } of event.devices) {
      if (begun.has(mac) || (state !== 'verify' && state !== 'handOff')) continue;
      begun.add(mac);
      const all = begun.size === phones.length;
      replies.push(rig.answer('keys.rotate', { job, mac }), rig.answer('keys.rotate', { job, mac: all ? null : mac }));
    }
  });
  const list = join(rig.folder, 'phones.csv');
  writeFileSync(list, ['mac,model', ...phones.map(({ mac, model }) => `${mac},${model}`), ''].join('\n'));
  const place = await openLoopback({ address: '127.0.0.1', port: bench?.ports.dhcp ?? 0 });
  const clock = phoneClock(20);
  const alive = rollPhones(phones, 5, 0).map((rolled) => new Phone({ ...rolled, place, clock, notice: () => undefined }));
  try {
    for (const phone of alive) phone.plugIn();
    await rig.until('all pass', () => rig.counts?.pass === phones.length);
  } finally {
    stop();
    await Promise.all(alive.map((phone) => phone.unplug()));
    await place.close();
  }
  await Promise.all(replies);
  const keys = await listOf(rig, job);
  const turns = new Map<string, number>();
  for (const phone of alive) {
    const { mac, handedOff, sealed, keyed, took } = phone.record();
    const { timeline } = await rig.call('device.page', { job, mac });
    turns.set(mac, timeline.filter(({ code }) => code === 'fact.keysRotated').length);
    expect([mac, handedOff, sealed]).toEqual([mac, true, true]);
    const [key = '', directory = ''] = keys.get(mac) ?? [];
    expect(keyed, mac).toBe(createHash('sha256').update(`${key} ${directory}`).digest('hex'));
    expect(took.filter((path) => path.startsWith('/install/'))).toHaveLength(1); // in the clear once, and never again
    const state = await rig.call('device.handOff', { job, mac });
    expect(state.keys).toEqual({ turn: turns.get(mac), proven: true, refused: { code: 'key.leaving', params: {} } });
    expect(await rig.refusal('keys.rotate', { job, mac })).toBe('key.leaving');
    for (const secret of [key, directory]) expect(JSON.stringify([timeline, state])).not.toContain(secret);
  }
  // Each was asked twice; who was quicker than the person kept what it had.
  expect([...turns.values()].filter((count) => count >= 2).length).toBeGreaterThanOrEqual(phones.length / 2);
  expect(await rig.call('keys.rotate', { job, mac: null })).toMatchObject({ rotated: 0, left: phones.map(() => expect.anything()) });
  expect(await rig.refusal('keys.rotate', { job, mac: 'c4c603ffffff' })).toBe('key.no-row');
});
