/** Rows without a MAC: each goes to the next phone of its model that comes, and stays its own after a restart. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freePorts, spellPorts } from './ports.js';
import { options, Scratch } from './programs.js';
import { disagreements } from './record.js';
import { loopbackRecipe } from './work-orders.js';

const rows = ['c4c603000001,8851', ',7841', ',8851', ',8851'];
const phones = ['c4c603000001,8851', 'c4c603000052,8851', 'c4c603000053,7841', 'c4c603000054,8851', 'c4c603000055,8865'];

it('each row gets a phone of its model, each phone one row, and a phone too many gets none', async () => {
  await using scratch = new Scratch();
  const ports = await freePorts();
  const lines = rows.map((row, index) => `${row},Desk ${index + 1},${2001 + index},Sip-${index}-pass,Adm-${index}-Pass`);
  const csv = scratch.write('rows.csv', `${['mac,model,name,extension,sip_password,admin_password', ...lines].join('\n')}\n`);
  const place = { interface: 'lo', address: '127.0.0.1/8', ports: spellPorts(ports), pool: '127.77.250.1-127.77.250.99' };
  const job = { csv, recipe: scratch.write('recipe.yaml', loopbackRecipe), data: scratch.path('data') };
  const args = ['run', ...options({ ...job, ...place, 'until-done': true, timeout: 60, json: true })];
  const run = scratch.benchtone(args);
  await run.ready();
  const list = scratch.write('phones.csv', `mac,model\n${phones.join('\n')}\n`);
  const virtual = scratch.benchtone([
    'phones',
    ...options({ relay: `127.0.0.1:${ports.dhcp}`, csv: list, speed: 20, seed: 8, json: true }),
  ]);
  expect(await run.end(), run.told()).toEqual({ code: 0, signal: null });
  virtual.signal('SIGTERM');
  await virtual.end(5000);

  const board = [...run.latest('device').values()];
  const bound = board.filter(({ row }) => row !== null).sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  expect(bound.map(({ row, model, verdict }) => `${row} ${model} ${verdict}`)).toEqual([
    '1 8851 pass',
    '2 7841 pass',
    '3 8851 pass',
    '4 8851 pass',
  ]);
  expect(new Set(bound.map(({ mac }) => mac)).size).toBe(4);
  expect(board.filter(({ mac, row }) => mac === 'c4c603000055' && row !== null)).toEqual([]);
  expect(disagreements(run.latest('device'), virtual.latest('phone'))).toEqual([]);
  expect(virtual.latest('phone').get('c4c603000055')).toMatchObject({ handedOff: false, marker: null });

  const again = scratch.benchtone(args);
  expect(await again.end(20_000), again.told()).toEqual({ code: 0, signal: null });
  expect(again.of('summary')).toEqual([expect.objectContaining({ devices: 4, pass: 4 })]);
});

it('a phone that gets its row as it arrives is told its account at once, and refused nothing', async () => {
  await using scratch = new Scratch();
  const ports = await freePorts();
  const own = /^delivery:.*\nmodels:\n(?: {2}.*\n)+/m;
  expect(loopbackRecipe).toMatch(own);
  const account = '{ user: "bench-{{extension}}", password: "Door-{{sip_password}}" }';
  const recipe = scratch.write('recipe.yaml', loopbackRecipe.replace(own, `delivery: { transport: http, account: ${account} }\n`));
  const lines = [0, 1, 2, 3].map((index) => `,8851,Desk ${index + 1},${2001 + index},Sip-${index}-pass,Adm-${index}-Pass`);
  const csv = scratch.write('rows.csv', `${['mac,model,name,extension,sip_password,admin_password', ...lines].join('\n')}\n`);
  const place = { interface: 'lo', address: '127.0.0.1/8', ports: spellPorts(ports), pool: '127.77.249.1-127.77.249.99' };
  const record = scratch.path('talk.pcapng');
  const job = { csv, recipe, data: scratch.path('data'), record };
  const run = scratch.benchtone(['run', ...options({ ...job, ...place, 'until-done': true, timeout: 60, json: true })]);
  await run.ready();
  const list = scratch.write('phones.csv', `mac,model\n${[1, 2, 3, 4].map((last) => `c4c60300006${last},8851`).join('\n')}\n`);
  const virtual = scratch.benchtone([
    'phones',
    ...options({ relay: `127.0.0.1:${ports.dhcp}`, csv: list, speed: 20, seed: 8, json: true }),
  ]);
  expect(await run.end(), run.told()).toEqual({ code: 0, signal: null });
  virtual.signal('SIGTERM');
  await virtual.end(5000);
  expect(disagreements(run.latest('device'), virtual.latest('phone'))).toEqual([]);
  expect(readFileSync(record).includes('Resync failed')).toBe(false);
});
