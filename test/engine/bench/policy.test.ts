/** "Only phones": who is given an address. */
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import { admits, dhcpPolicy, type Unlisted } from '../../../engine/bench/policy.js';
import { bench, mac, newcomer, smallOrder, stranger } from './small-order.js';

const clients = {
  listed: { mac },
  'a phone of no row': { mac: newcomer, vendorClass: 'CP-7841-3PCC' },
  'a phone with an enterprise image': { mac: newcomer, vendorClass: 'CP-8851' },
  'a laptop': { mac: stranger, vendorClass: 'MSFT 5.0' },
};

function decided(unlisted: Unlisted): Record<string, string> {
  const policy = dhcpPolicy(smallOrder(), bench, unlisted, { poolSize: 100, now: () => 0 });
  const said = (client: Parameters<typeof policy>[0]): string => {
    const decision = policy(client);
    return decision.serve ? 'served' : decision.because;
  };
  return Object.fromEntries(Object.entries(clients).map(([name, client]) => [name, said(client)]));
}

describe('outside the rows', () => {
  it.each([
    ['ignore', ['served', 'unlisted', 'unlisted', 'not-a-phone']],
    ['phones', ['served', 'served', 'served', 'not-a-phone']],
    ['any', ['served', 'served', 'served', 'served']],
  ] as const)('%s', (unlisted, expected) => {
    expect(Object.values(decided(unlisted))).toEqual(expected);
    const order = smallOrder();
    expect(Object.values(clients).map((client) => admits(order, unlisted, client))).toEqual(expected.map((each) => each === 'served'));
  });
});

it('a phone is sent where its row, else its model fetches from', () => {
  const policy = dhcpPolicy(smallOrder(), bench, 'phones', { poolSize: 100, now: () => 0 });
  const urls = [clients.listed, clients['a phone of no row']].map((client) => {
    const decision = policy(client);
    return decision.serve ? decision.options.find(({ code }) => code === 66) : undefined;
  });
  expect(urls).toEqual([
    { code: 66, text: 'http://10.77.0.1' },
    { code: 66, text: 'tftp://10.77.0.1' },
  ]);
});

it('however many others ask, every row keeps an address for its phone', () => {
  const policy = dhcpPolicy(smallOrder(), bench, 'any', { poolSize: 10, now: () => 0 });
  const others = Array.from({ length: 50 }, (_, i) => `c4c60300${(0x1000 + i).toString(16)}` as Mac);
  expect(others.filter((each) => policy({ mac: each }).serve).length).toBe(9); // one row has its MAC; the others' phones come as guests
  expect(policy({ mac }).serve).toBe(true);
});
