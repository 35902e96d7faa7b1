/** A changed list for an open job: said, refused, and applied as the next revision. */
import { expect, it } from 'vitest';
import { runUntilAllPass } from './loopback-run.js';
import { options, Scratch } from './programs.js';
import { loopbackRecipe } from './work-orders.js';

const heading = 'mac,model,name,extension,sip_password,admin_password';
const row = (mac: string, name: string, extension: string, password = 'Sip-1-pass'): string =>
  `${mac},8851,${name},${extension},${password},Adm-1-Pass`;
const list = (...rows: readonly string[]): string => `${[heading, ...rows].join('\n')}\n`;

it('what it changes is told; nothing is applied unasked; phones handed off keep their verdict until somebody says otherwise', async () => {
  await using scratch = new Scratch();
  const [anna, ben, dora] = ['c4c603000001', 'c4c603000002', 'c4c603000004'];
  const files = {
    csv: scratch.write('phones.csv', list(row(anna, 'Anna', '2001'), row(ben, 'Ben', '2002'))),
    recipe: scratch.write('recipe.yaml', loopbackRecipe),
  };
  const { bench, virtual, args } = await runUntilAllPass(scratch, { ...files, count: 2, third: 246 });
  bench.signal('SIGTERM');
  virtual.signal('SIGTERM');
  expect((await bench.end()).code).toBe(0);

  scratch.write('phones.csv', list(row(dora, 'Dora', '2004'), row(anna, 'Anna', '2001', 'Sip-2-pass')));
  const refused = scratch.benchtone(args);
  expect((await refused.end()).code).toBe(2);
  expect(refused.of('refused')).toMatchObject([{ code: 'job.other-input' }]);
  expect(refused.of('change').map(({ change, mac, standing, again, row }) => [change, mac, standing, again, row])).toEqual([
    ['added', dora, 'notSeen', false, null],
    ['changed', anna, 'handedOff', false, 1],
    ['removed', ben, 'handedOff', false, 2],
  ]);
  const [, changed] = refused.of('change');
  expect(changed?.parameters).toEqual([{ tag: 'Password_1_', before: '********', after: '********' }]);
  expect(refused.stdout + refused.stderr).not.toMatch(/Sip-[12]-pass/);

  const revised = scratch.benchtone([...args, '--revise', '--timeout', '0.1']);
  expect((await revised.end()).code).toBe(1);
  expect(revised.of('summary')).toMatchObject([{ devices: 3, pass: 2, pending: 1 }]); // Ben was boxed before the list lost him
  const same = scratch.benchtone([...args, '--timeout', '0.1']);
  await same.end();
  expect([same.of('change'), same.of('summary')[0]?.pass]).toEqual([[], 2]);

  scratch.write('phones.csv', list(row(dora, 'Dora', '2004'), row(anna, 'Anna', '2001', 'Sip-3-pass')));
  const again = scratch.benchtone([...args, '--revise', '--again', anna, '--timeout', '0.1']);
  await again.end();
  expect(again.of('change')).toMatchObject([{ change: 'changed', mac: anna, again: true }]);
  expect(again.of('summary')).toMatchObject([{ devices: 3, pass: 1, pending: 2 }]);

  // Reset to factory settings and plugged in again: the virtual ones begin as new.
  const passed = await runUntilAllPass(scratch, { ...files, count: 2, third: 246 });
  passed.bench.signal('SIGTERM');
  passed.virtual.signal('SIGTERM');
  expect((await passed.bench.end()).code).toBe(0);
  const report = scratch.benchtone(['report', ...options({ data: scratch.path('data'), format: 'json' })]);
  expect((await report.end()).code).toBe(0);
});
