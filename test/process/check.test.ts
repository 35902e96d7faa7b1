/** A work order of 2,000 rows, 40 of them spoilt in every way rows get spoilt. */
import { expect, it } from 'vitest';
import { freePorts, spellPorts } from './ports.js';
import { options, Scratch } from './programs.js';
import { loopbackRecipe, phones } from './work-orders.js';

const count = 2000;
/** Every fiftieth row is bad, from the third on. */
const isBad = (index: number): boolean => index % 50 === 2;

/** What is wrong with a row: its cells, and the column and code it is told by. */
type Spoilt = { readonly cells: readonly string[]; readonly column: string | null; readonly code: string };
const good = ['8851', 'Desk', '2001', 'Sip-pass-77x', 'Adm-Pass-77x'];
const spoilt: readonly ((mac: string) => Spoilt)[] = [
  () => ({ cells: ['5.62E+10', ...good], column: 'mac', code: 'mac.scientific' }),
  () => ({ cells: ['4006381333931', ...good], column: 'mac', code: 'mac.barcode' }),
  () => ({ cells: ['FCH2130E1ZX', ...good], column: 'mac', code: 'mac.serial' }),
  () => ({ cells: ['0:56:2b:4:36:15', ...good], column: 'mac', code: 'mac.lost-zeros' }),
  () => ({ cells: ['c4c60300000000', ...good], column: 'mac', code: 'mac.length' }),
  () => ({ cells: ['c4c6o3zz0000', ...good], column: 'mac', code: 'mac.letters' }),
  () => ({ cells: ['000000000000', ...good], column: 'mac', code: 'mac.zero' }),
  () => ({ cells: ['01005e000001', ...good], column: 'mac', code: 'mac.multicast' }),
  () => ({ cells: ['c4c603000001', ...good], column: 'mac', code: 'mac.duplicate' }),
  (mac) => ({ cells: [mac, '', ...good.slice(1)], column: 'model', code: 'model.missing' }),
  (mac) => ({ cells: [mac, '8899', ...good.slice(1)], column: 'model', code: 'model.unknown' }),
  (mac) => ({ cells: [mac, ...good.slice(0, 4)], column: 'admin_password', code: 'csv.too-few-fields' }),
  (mac) => ({ cells: [mac, ...good, 'more'], column: 'admin_password', code: 'csv.too-many-fields' }),
  (mac) => ({ cells: [mac, '8851', 'Desk \u0001', ...good.slice(2)], column: 'name', code: 'parameter.control-character' }),
  (mac) => ({ cells: [mac, ...good.slice(0, 4), 'Adm'], column: 'admin_password', code: 'parameter.password-length' }),
  (mac) => ({ cells: [mac, ...good.slice(0, 4), `"Adm" 7x`], column: null, code: 'csv.quote' }),
];

type Bad = { readonly line: number; readonly column: string | null; readonly code: string };

function workOrder(): { readonly csv: string; readonly bad: readonly Bad[] } {
  const bad: Bad[] = [];
  const lines = phones(count).map(({ mac }, index) => {
    if (!isBad(index)) return [mac, ...good].join(',');
    const { cells, column, code } = spoilt[bad.length % spoilt.length]!(mac);
    bad.push({ line: index + 2, column, code });
    return cells.join(',');
  });
  return { csv: `${['mac,model,name,extension,sip_password,admin_password', ...lines].join('\n')}\n`, bad };
}

it('check names all of them by line, column and reason; run stops for them, or serves the others with --skip-bad', async () => {
  await using scratch = new Scratch();
  const { csv, bad: spoiled } = workOrder();
  expect(spoiled).toHaveLength(40);
  // Which of two rows of one MAC is right nobody here knows: the good one is bad, too.
  const twin = phones(count).findIndex(({ mac }) => mac === 'c4c603000001') + 2;
  const bad = [{ line: twin, column: 'mac', code: 'mac.duplicate' }, ...spoiled].sort((a, b) => a.line - b.line);
  const job = { csv: scratch.write('phones.csv', csv), recipe: scratch.write('recipe.yaml', loopbackRecipe), json: true } as const;

  const started = performance.now();
  const check = scratch.benchtone(['check', ...options(job)]);
  expect(await check.end(), check.told()).toEqual({ code: 1, signal: null });
  const milliseconds = performance.now() - started;
  process.stdout.write(`check of ${count} rows, start of the program included: ${milliseconds.toFixed(0)} ms\n`);
  expect(milliseconds).toBeLessThan(3000);
  expect(check.invalid).toEqual([]);
  const errors = check.of('problem').filter(({ severity }) => severity === 'error');
  // A cell that two parameters take is told once for each.
  const told = new Map(errors.map(({ line, column, code }) => [`${line} ${column} ${code}`, { line, column, code }]));
  expect([...told.values()]).toEqual(bad);

  const place = { interface: 'lo', address: '127.0.0.1/8', ports: spellPorts(await freePorts()), data: scratch.path('data') };
  const stopped = scratch.benchtone(['run', ...options({ ...job, ...place })]);
  expect((await stopped.end()).code).toBe(2);
  expect(stopped.lines.at(-1)).toMatchObject({ type: 'refused', code: 'job.problems', params: { errors: errors.length } });

  const run = scratch.benchtone(['run', ...options({ ...job, ...place, 'skip-bad': true })]);
  await run.ready();
  run.signal('SIGTERM');
  expect(await run.end(5000)).toEqual({ code: 1, signal: null });
  expect(run.lines.at(-1)).toMatchObject({ type: 'summary', devices: count - 41, pending: count - 41 });
});
