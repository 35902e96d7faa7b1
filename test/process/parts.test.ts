/** Profiles in parts, from factory values to hand-off: phones fetch A to D in their order, and one without a part for its model goes on. */
import { expect, it } from 'vitest';
import { runUntilAllPass } from './loopback-run.js';
import { Scratch } from './programs.js';
import { disagreements } from './record.js';
import { csvOf, loopbackRecipe, phones } from './work-orders.js';

const account = '{ user: "bench-{{extension}}", password: "Door-{{sip_password}}" }';

it.each([
  ['http', `{ transport: http, parts: true, gzip: true }`],
  ['tftp', '{ transport: tftp, parts: true }'],
  ['http with an account', `{ transport: http, parts: true, account: ${account} }`],
  ['http, gzip and AES', '{ transport: http, parts: true, gzip: true, encrypt: true }'],
  ['tftp, gzip and AES', '{ transport: tftp, parts: true, gzip: true, encrypt: { digest: md5 } }'],
  ['http, RFC 8188', '{ transport: http, parts: true, gzip: true, encrypt: { content: aes128gcm } }'],
  ['http, gzip and AES, with an account', `{ transport: http, parts: true, gzip: true, encrypt: true, account: ${account} }`],
])('phones take their parts in order by %s, and pass', async (_way, delivery) => {
  await using scratch = new Scratch();
  const own = /^delivery:.*\nmodels:\n(?: {2}.*\n)+/m;
  expect(loopbackRecipe).toMatch(own);
  const text = loopbackRecipe
    .replace(own, `delivery: ${delivery}\nmodels: { "8851": { parameters: { Back_Light_Timer: 30s } } }\ntemplate: base.xml\n`)
    .replace(/^parameters:\n/m, 'parameters:\n  Voice_Mail_Number: "*97"\n');
  scratch.write('base.xml', '<flat-profile><Time_Zone>GMT+01:00</Time_Zone></flat-profile>');
  const recipe = scratch.write('recipe.yaml', text);
  const listed = phones(10, 700);
  const csv = scratch.write('phones.csv', csvOf(listed));
  const { bench, virtual } = await runUntilAllPass(scratch, { csv, recipe, count: listed.length, third: 34 });
  virtual.signal('SIGTERM');
  await virtual.ended;
  const [devices, records] = [bench.latest('device'), virtual.latest('phone')];
  expect(disagreements(devices, records)).toEqual([]);
  const encrypted = delivery.includes('encrypt');
  for (const { mac, model, took, handedOff, sealed, states } of records.values()) {
    expect([mac, handedOff, sealed]).toEqual([mac, true, true]);
    if (encrypted) expect(states).toEqual(['MFG-RESET', 'SP-CUST', 'SEC-PRV-1', 'SEC-PRV-2']);
    // A to D, each from the directory the phone had by then; what is encrypted is never taken in the clear.
    const names = took.map((path) => path.replace(/^\/[0-9a-f]{32}\//, '/$B/'));
    const where = encrypted ? '/$B' : '';
    const parts = [`${where}/part/${model}.xml`, `${where}/part/customer.xml`, `${where}/device/${mac}.xml`];
    const device = names.findIndex((_name, at) => parts.every((part, offset) => names[at + offset - 2] === part));
    expect(names.slice(device - 3, device + 1)).toEqual([`/${model}-3PCC.xml`, ...parts]);
    if (encrypted) expect(names.filter((name) => /^\/(?:part|device|handoff)\//.test(name))).toEqual([]);
  }
  bench.signal('SIGTERM');
  expect((await bench.ended).code).toBe(0);
});
