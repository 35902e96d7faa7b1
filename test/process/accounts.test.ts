/** Device files behind an account of the recipe, each phone its own: virtual phones log in by Basic or by Digest, whichever is theirs. */
import { expect, it } from 'vitest';
import { runUntilAllPass } from './loopback-run.js';
import { filesBelow, Scratch } from './programs.js';
import { disagreements } from './record.js';
import { csvOf, loopbackRecipe, phones } from './work-orders.js';

const count = 12;

function recipeWith(delivery: string): string {
  const own = /^delivery:.*\nmodels:\n(?: {2}.*\n)+/m;
  expect(loopbackRecipe).toMatch(own);
  return loopbackRecipe.replace(own, `delivery: ${delivery}\n`);
}

it('every phone gets in with its own account, and nobody without', async () => {
  await using scratch = new Scratch();
  const listed = phones(count);
  const account = '{ user: "bench-{{extension}}", password: "Door-{{sip_password}}" }';
  const recipe = scratch.write('recipe.yaml', recipeWith(`{ transport: http, account: ${account} }`));
  const csv = scratch.write('phones.csv', csvOf(listed));
  const capture = scratch.path('talk.pcapng');
  const { bench, virtual } = await runUntilAllPass(scratch, { csv, recipe, count, third: 32, record: capture });
  const { ports } = await bench.ready();
  const [first] = [...bench.latest('device').values()];
  const { status } = await fetch(`http://127.0.0.1:${ports.http}/device/${first?.mac}.xml`);
  expect(status).toBe(403); // not its own address: an account would not help
  virtual.signal('SIGTERM');
  await virtual.ended;
  expect(disagreements(bench.latest('device'), virtual.latest('phone'))).toEqual([]);
  bench.signal('SIGTERM');
  expect((await bench.ended).code).toBe(0);
  const recorded = filesBelow(scratch.folder).find(({ path }) => path === capture)?.bytes ?? Buffer.alloc(0);
  const ways = ['Basic', 'Digest'].filter((way) => recorded.includes(`Authorization: ${way}`));
  expect(ways).toEqual(['Basic', 'Digest']);
  expect(recorded.includes('401')).toBe(true);
  const written = filesBelow(scratch.path('data'));
  for (const { mac } of listed)
    for (const { path, bytes } of [...written, { path: capture, bytes: recorded }])
      expect(bytes.includes(`Door-Sip-${mac}`), path).toBe(false);
});
