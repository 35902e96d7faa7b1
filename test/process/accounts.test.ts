/** Device files behind an account of the recipe, each phone its own: virtual phones log in by Basic or by Digest, whichever is theirs. */
import { readFileSync } from 'node:fs';
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

it.each([
  ['salted', '{ digest: sha256 }'],
  ['RFC 8188', '{ content: aes128gcm }'],
])(
  'files are guarded and encrypted at once (%s): the phone knows both from the file with its key, and is refused nothing',
  async (_form, how) => {
    await using scratch = new Scratch();
    const listed = phones(6, 60);
    const account = '{ user: "bench-{{extension}}", password: "Door-{{sip_password}}" }';
    const recipe = scratch.write('recipe.yaml', recipeWith(`{ transport: http, gzip: true, account: ${account}, encrypt: ${how} }`));
    const csv = scratch.write('phones.csv', csvOf(listed));
    const capture = scratch.path('talk.pcapng');
    const { bench, virtual } = await runUntilAllPass(scratch, { csv, recipe, count: listed.length, third: 35, record: capture });
    for (const program of [virtual, bench]) {
      program.signal('SIGTERM');
      await program.ended;
    }
    expect(disagreements(bench.latest('device'), virtual.latest('phone'))).toEqual([]);
    for (const { mac, sealed, states } of virtual.latest('phone').values())
      expect([mac, sealed, states]).toEqual([mac, true, ['MFG-RESET', 'SP-CUST', 'SEC-PRV-1', 'SEC-PRV-2']]);
    const recorded = readFileSync(capture);
    for (const way of ['Authorization: Basic', 'Authorization: Digest', '401 Unauthorized']) expect(recorded.includes(way), way).toBe(true);
    expect(recorded.includes('Resync failed')).toBe(false);
    for (const { path, bytes } of [...filesBelow(scratch.path('data')), { path: capture, bytes: recorded }])
      for (const { mac } of listed) expect(bytes.includes(`Sip-${mac}`), path).toBe(false);
  },
);
