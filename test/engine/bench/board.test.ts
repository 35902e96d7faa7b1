/** What a board shows of a device, and whether it has changed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { looksSame, viewOf } from '../../../engine/bench/board.js';
import { advance } from '../../../engine/roster/advance.js';
import { newDevice } from '../../../engine/roster/device.js';
import { anyLife, fact, mac } from '../roster/journals.js';

const at = '2026-01-01T00:00:00.000Z';

it('a device that looks the same has the same view', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      let device = newDevice(mac, at);
      for (const [index, each] of life.entries()) {
        const before = device;
        device = advance(before, { seq: index + 1, at, mac, fact: each });
        if (looksSame(device, before)) expect(viewOf(device)).toEqual(viewOf(before));
      }
    }),
  );
});

it('a lease that is renewed changes nothing that is shown, the first one does', () => {
  const expected = newDevice(mac, at);
  const leased = advance(expected, { seq: 1, at, mac, fact: fact.ack });
  expect(looksSame(leased, expected)).toBe(false);
  expect(looksSame(advance(leased, { seq: 2, at, mac, fact: fact.ack }), leased)).toBe(true);
});
