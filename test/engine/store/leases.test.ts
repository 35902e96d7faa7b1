/** Leases on disk: one address, one MAC, whatever is put in and however often the bench starts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import { Leases } from '../../../engine/store/leases.js';
import { DataFolder } from './data-folder.js';

const macs = ['c4c603000001', 'c4c603000002', 'c4c603000003'] as Mac[];
const addresses = ['10.77.0.10', '10.77.0.11', '10.77.0.12'];
const now = new Date('2026-11-22T09:00:00Z');
const later = now.getTime() + 60_000;

it('each address belongs to the MAC it was given to last, each MAC to one address, and so after a restart', () => {
  using data = new DataFolder();
  const database = data.open();
  const step = fc.tuple(fc.constantFrom(...macs), fc.constantFrom(...addresses), fc.boolean());
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      database.exec('DELETE FROM leases');
      const leases = new Leases(database);
      const model = new Map<string, Mac>();
      for (const [mac, address, keeps] of steps) {
        for (const [held, holder] of model) if (holder === mac) model.delete(held);
        if (keeps) {
          model.set(address, mac);
          leases.put({ mac, address, expires: later });
        } else leases.remove(mac);
      }
      for (const store of [leases, new Leases(database)]) {
        expect(new Map(store.all().map(({ mac, address }) => [address, mac]))).toEqual(model);
        expect(store.all()).toHaveLength(model.size);
        for (const address of addresses) expect(store.holder(address, now)).toBe(model.get(address));
      }
    }),
    { numRuns: 300, seed: 20_261_122 },
  );
});

it('a lapsed lease has no holder any more, but stays the first choice', () => {
  using data = new DataFolder();
  const leases = new Leases(data.open());
  leases.put({ mac: macs[0]!, address: addresses[0]!, expires: now.getTime() });
  expect(leases.holder(addresses[0]!, now)).toBeUndefined();
  expect(leases.all()).toEqual([{ mac: macs[0], address: addresses[0], expires: now.getTime() }]);
});
