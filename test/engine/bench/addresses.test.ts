import { expect, test } from 'vitest';
import { lookUp } from '../../../engine/bench/addresses.js';
import type { Mac } from '../../../engine/contract/mac.js';
import type { Entry } from '../../../engine/services/dhcp/bindings-contract.js';
import type { DhcpService } from '../../../engine/services/dhcp/server.js';
import { mac, smallOrder } from './small-order.js';

const until = Date.parse('2026-11-29T09:00:00.000Z');
const entry = (of: string, address: string): Entry => ({ mac: of as Mac, address, state: 'active', until });
/** Leases of this bench, and one of a demo on loopback before it. */
const entries = [entry(mac, '10.77.0.10'), entry('020000000099', '127.77.153.4'), entry('c4c603000007', '10.77.0.9')];
const dhcp = {
  entries: () => entries,
  counts: () => ({ size: 241, leased: 2, free: 239, checking: 2, setAside: 0 }),
} as unknown as DhcpService;
const pool = { first: '10.77.0.10', last: '10.77.0.250' };

test('who has which address of this bench; one of an earlier bench is found by who asks for it', () => {
  const found = (query: string): string[] => lookUp(dhcp, pool, smallOrder(), query).leases.map(({ address }) => address);
  expect(found('')).toEqual(['10.77.0.10']);
  expect(found('127.77')).toEqual(['127.77.153.4']);
  expect(found('02:00:00:00:00:99')).toEqual(['127.77.153.4']);
  expect(found('10.77')).toEqual(['10.77.0.9', '10.77.0.10']);
  expect(lookUp(undefined, pool, smallOrder(), '')).toEqual({ leases: [], pool: null });
});
