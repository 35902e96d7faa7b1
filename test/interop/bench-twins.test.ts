/** Two phones with one MAC on a bench: neither may pass for the other. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { options, type Running, Scratch } from '../process/programs.js';
import { csvOf, phones, segmentRecipe } from '../process/work-orders.js';
import { type Lab, lab } from './namespaces.js';

let net: Lab;
let scratch: Scratch;

beforeEach(async () => {
  net = await lab();
  scratch = new Scratch();
});

afterEach(async () => {
  await scratch[Symbol.asyncDispose]();
  await net[Symbol.asyncDispose]();
});

it('two with one MAC are told from one: the row fails, and says where both are; a phone beside them passes', async () => {
  const [twin, single] = phones(2);
  const colons = (mac: string): string => mac.replaceAll(/(..)(?=.)/g, '$1:');
  const [bench, one, other, third] = [
    await net.namespace('bench'),
    await net.namespace('one'),
    await net.namespace('other'),
    await net.namespace('third'),
  ];
  await net.segment(
    { in: bench, as: 'eth1', address: '10.77.0.1/24' },
    { in: one, as: 'eth1', mac: colons(twin!.mac) },
    { in: other, as: 'eth1', mac: colons(twin!.mac) },
    { in: third, as: 'eth1', mac: colons(single!.mac) },
  );
  const job = { csv: scratch.write('phones.csv', csvOf([twin!, single!])), recipe: scratch.write('recipe.yaml', segmentRecipe) };
  const given = { ...job, interface: 'eth1', data: scratch.path('data'), json: true } as const;
  const run = scratch.benchtone(['run', ...options(given)], bench);
  await run.ready();
  const plugIn = (listed: typeof twin, seed: number, within: typeof one): Running => {
    const csv = scratch.write(`plug-${seed}.csv`, `mac,model\n${listed!.mac},${listed!.model}\n`);
    return scratch.benchtone(['phones', ...options({ interface: 'eth1', csv, seed, speed: 20, json: true })], within);
  };
  const virtual = [plugIn(twin, 1, one), plugIn(twin, 2, other), plugIn(single, 3, third)];
  const failed = await run.until('the two are told apart', () => {
    const latest = run.latest('device').get(twin!.mac);
    return latest?.verdict === 'fail' && latest.problem?.code === 'phone.second-phone-with-this-mac' ? latest : undefined;
  });
  expect(failed.problem?.params).toEqual({ addresses: failed.address });
  await run.until('the third passes', () => run.latest('device').get(single!.mac)?.verdict === 'pass');
  for (const each of virtual) each.signal('SIGTERM');
  run.signal('SIGTERM');
  await run.end(5000);
  expect(run.latest('device').get(twin!.mac)).toMatchObject({ verdict: 'fail' });
});
