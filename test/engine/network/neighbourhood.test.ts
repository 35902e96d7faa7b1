import { expect, it } from 'vitest';
import { parseMac } from '../../../engine/contract/mac.js';
import { neighbourhood } from '../../../engine/network/arp.js';

it('a neighbour is looked for once in a moment, one that is not known each time', () => {
  const mac = parseMac('00:56:2b:04:36:15')!;
  let [now, looks] = [0, 0];
  const table = new Map([['10.0.0.1', mac]]);
  const neighbour = neighbourhood(
    'eth1',
    () => ((looks += 1), new Map(table)),
    () => now,
  );
  for (let i = 0; i < 10; i += 1) expect(neighbour('10.0.0.1')).toBe(mac);
  expect(looks).toBe(1);
  expect(neighbour('10.0.0.2')).toBeUndefined();
  table.set('10.0.0.2', mac);
  expect(neighbour('10.0.0.2')).toBe(mac);
  table.delete('10.0.0.1');
  now = 200;
  expect(neighbour('10.0.0.1')).toBeUndefined();
});
