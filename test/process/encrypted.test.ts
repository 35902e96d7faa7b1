/** Encrypted profiles, from factory values to a sealed phone: every model, both transports, every form; the phones open them with openssl. */
import { expect, it } from 'vitest';
import models from '../../resources/cisco-mpp/models.json' with { type: 'json' };
import { runUntilAllPass } from './loopback-run.js';
import { Scratch } from './programs.js';
import { disagreements } from './record.js';
import { csvOf, loopbackRecipe, phones } from './work-orders.js';

const names = models.map(({ model }) => model);
/** Every model twice: with the same number of phones by TFTP and by HTTP. */
const listed = phones(2 * names.length).map(({ mac }, index) => ({ mac, model: names[index % names.length] ?? '8851' }));

function recipeWith(delivery: string): string {
  const own = /^delivery:.*\nmodels:\n(?: {2}.*\n)+/m;
  expect(loopbackRecipe).toMatch(own);
  return loopbackRecipe.replace(own, `delivery: ${delivery}\n`);
}

it.each([
  ['tftp', '{ transport: tftp, gzip: true, encrypt: { digest: sha256 } }'],
  ['http', '{ transport: http, gzip: true, encrypt: { digest: sha256 } }'],
])('a phone of each model goes through all four states by %s and is sealed', async (_transport, delivery) => {
  await using scratch = new Scratch();
  const half = listed.slice(0, names.length);
  const recipe = scratch.write('recipe.yaml', recipeWith(delivery));
  const csv = scratch.write('phones.csv', csvOf(half));
  const { bench, virtual } = await runUntilAllPass(scratch, { csv, recipe, count: half.length, third: 31 });
  virtual.signal('SIGTERM');
  await virtual.ended;
  const records = [...virtual.latest('phone').values()];
  expect(records.map(({ model }) => model).toSorted()).toEqual(names.toSorted());
  for (const record of records) {
    expect(record, record.mac).toMatchObject({ handedOff: true, sealed: true, states: ['MFG-RESET', 'SP-CUST', 'SEC-PRV-1', 'SEC-PRV-2'] });
    expect(record.keyed).toBeNull(); // no rule of production names the key: it is gone
  }
  expect(disagreements(bench.latest('device'), virtual.latest('phone'))).toEqual([]);
  bench.signal('SIGTERM');
  expect((await bench.ended).code).toBe(0);
});
