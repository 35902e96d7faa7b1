/** The whole bench on a segment of its own: default ports, a veth, and virtual phones that broadcast from another network stack. */
import { expect, it } from 'vitest';
import { options, Scratch } from '../process/programs.js';
import { disagreements } from '../process/record.js';
import { csvOf, phones, segmentRecipe } from '../process/work-orders.js';
import { lab } from './namespaces.js';

const count = 12;

it('a bench and phones run apart agree about every phone', async () => {
  await using net = await lab();
  await using scratch = new Scratch();
  const bench = await net.namespace('bench');
  const desk = await net.namespace('desk');
  await net.segment({ in: bench, as: 'eth1', address: '10.77.0.1/24' }, { in: desk, as: 'eth1' });
  const csv = scratch.write('phones.csv', csvOf(phones(count)));
  const recipe = scratch.write('recipe.yaml', segmentRecipe);

  const place = { interface: 'eth1', address: '10.77.0.1/24', data: scratch.path('data') };
  const run = scratch.benchtone(['run', ...options({ csv, recipe, ...place, 'until-done': true, timeout: 90, json: true })], bench);
  expect((await run.ready()).ports).toEqual({ dhcp: 67, tftp: 69, http: 80, syslog: 514 });
  const virtual = scratch.benchtone(['phones', '--interface', 'eth1', '--csv', csv, '--seed', '9', '--speed', '20', '--json'], desk);
  expect(await run.end(), `${run.told()}\n${virtual.told()}`).toEqual({ code: 0, signal: null });
  virtual.signal('SIGTERM');
  expect(await virtual.end(5000)).toEqual({ code: 0, signal: null });

  expect([...run.invalid, ...virtual.invalid]).toEqual([]);
  expect(run.of('summary')).toEqual([expect.objectContaining({ devices: count, pass: count })]);
  const [devices, records] = [run.latest('device'), virtual.latest('phone')];
  expect([devices.size, records.size]).toEqual([count, count]);
  expect(disagreements(devices, records)).toEqual([]);
});
