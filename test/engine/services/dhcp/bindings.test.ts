import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBindings } from '../../../../engine/services/dhcp/bindings.js';
import type { Bindings } from '../../../../engine/services/dhcp/bindings-contract.js';
import type { Lease } from '../../../../engine/services/lease.js';
import { mac } from '../../protocols/dhcp/packets.js';
import { MemoryLeases } from './lease-store.js';

const macs = Array.from({ length: 8 }, (_, i) => mac(`00562b00000${i}`));
const [a, b, c, d] = macs as [Lease['mac'], Lease['mac'], Lease['mac'], Lease['mac']];
const pool = (first: string, last: string, ...except: string[]) => ({ range: { first, last }, except });

describe('bindings', () => {
  it('give a MAC its own address, then the one it asks for, then a new one', () => {
    const bindings = openBindings(
      pool('10.0.0.1', '10.0.0.9', '10.0.0.1'),
      new MemoryLeases([{ mac: a, address: '10.0.0.5', expires: 0 }]),
    );
    expect(bindings.reserve(a, '10.0.0.7', 100, 200)).toBe('10.0.0.5');
    expect(bindings.reserve(b, '10.0.0.7', 100, 200)).toBe('10.0.0.7');
    expect(bindings.reserve(c, '10.0.0.7', 100, 200)).toBe('10.0.0.2');
    expect(bindings.reserve(d, '192.168.1.1', 100, 200)).toBe('10.0.0.3');
  });

  it('never give the addresses of the bench, the network and the broadcast', () => {
    const bindings = openBindings(pool('10.0.0.0', '10.0.0.3', '10.0.0.0', '10.0.0.1', '10.0.0.3'), new MemoryLeases());
    expect(bindings.reserve(a, '10.0.0.1', 0, 10)).toBe('10.0.0.2');
    expect(bindings.reserve(b, '10.0.0.0', 0, 10)).toBeUndefined();
  });

  it('take the address that lapsed longest ago when no other is left, and never a valid one', () => {
    const store = new MemoryLeases([
      { mac: a, address: '10.0.0.2', expires: 50 },
      { mac: b, address: '10.0.0.3', expires: 40 },
      { mac: c, address: '10.0.0.4', expires: 900 },
    ]);
    const bindings = openBindings(pool('10.0.0.2', '10.0.0.4'), store);
    expect(bindings.reserve(d, undefined, 100, 200)).toBe('10.0.0.3');
    bindings.bind({ mac: d, address: '10.0.0.3', expires: 1000 });
    expect(bindings.leaseOf(b)).toBeUndefined();
    expect(store.all().map((lease) => lease.mac)).toEqual([a, c, d]);
    expect(bindings.reserve(b, '10.0.0.3', 100, 200)).toBe('10.0.0.2');
    expect(bindings.reserve(macs[5]!, undefined, 100, 200)).toBeUndefined();
  });

  it('keep an offered address for as long as it holds', () => {
    const bindings = openBindings(pool('10.0.0.2', '10.0.0.2'), new MemoryLeases());
    expect(bindings.reserve(a, undefined, 0, 60)).toBe('10.0.0.2');
    expect(bindings.reserve(b, undefined, 59, 119)).toBeUndefined();
    expect(bindings.reservationOf(a, 59)).toBe('10.0.0.2');
    expect(bindings.reservationOf(a, 60)).toBeUndefined();
    expect(bindings.reserve(b, undefined, 60, 120)).toBe('10.0.0.2');
    expect(bindings.available(a, '10.0.0.2', 61)).toBe(false);
    bindings.free(b);
    expect(bindings.available(a, '10.0.0.2', 61)).toBe(true);
  });

  it('remember a released address for its MAC, and leave a declined one alone', () => {
    const store = new MemoryLeases();
    const bindings = openBindings(pool('10.0.0.2', '10.0.0.9'), store);
    bindings.bind({ mac: a, address: '10.0.0.4', expires: 1000 });
    bindings.release(a, 10);
    expect(store.all()).toEqual([]);
    expect(bindings.reserve(a, undefined, 20, 30)).toBe('10.0.0.4');
    bindings.decline(a, '10.0.0.4', 500);
    expect(bindings.reserve(a, '10.0.0.4', 40, 50)).not.toBe('10.0.0.4');
    expect(bindings.available(b, '10.0.0.4', 499)).toBe(false);
    expect(bindings.available(b, '10.0.0.4', 500)).toBe(true);
  });

  it('do not list a pool of sixteen million', () => {
    const bindings = openBindings(pool('10.0.0.0', '10.255.255.255'), new MemoryLeases());
    expect(bindings.reserve(a, undefined, 0, 10)).toBe('10.0.0.0');
    expect(bindings.reserve(b, undefined, 0, 10)).toBe('10.0.0.1');
  });

  it('are as before when the lease cannot be kept, and nobody had the address meanwhile', async () => {
    const store = new MemoryLeases();
    const bindings = openBindings(pool('10.0.0.2', '10.0.0.9'), store);
    bindings.bind({ mac: a, address: '10.0.0.5', expires: 90 });
    store.broken = true;
    const error = await new Promise((resolve) => {
      bindings.bind({ mac: a, address: '10.0.0.2', expires: 100 }, resolve);
      expect(bindings.available(b, '10.0.0.2', 0)).toBe(false);
    });
    expect(error).toEqual(new Error('disk full'));
    expect(bindings.leaseOf(a)).toMatchObject({ address: '10.0.0.5' });
    expect(bindings.available(b, '10.0.0.2', 0)).toBe(true);
  });

  it('offer what was looked at first, set aside what answers, and never keep a phone waiting for a look', () => {
    const bindings = openBindings(pool('10.0.0.1', '10.0.0.6', '10.0.0.1'), new MemoryLeases());
    expect(bindings.toCheck(3, 0)).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4']);
    expect(bindings.counts(0)).toMatchObject({ size: 5, free: 5, checking: 3 });
    expect(bindings.checked('10.0.0.2', b, 0, 1000)).toBe(true);
    expect(bindings.checked('10.0.0.3', undefined, 0, 1000)).toBe(false);
    expect(bindings.reserve(c, '10.0.0.6', 0, 60)).toBe('10.0.0.3'); // not the one it asks for, at which nobody looked
    expect(bindings.reserve(d, undefined, 0, 60)).toBe('10.0.0.5'); // the stock is empty: one that is not being looked at
    expect(bindings.checked('10.0.0.4', undefined, 0, 1000)).toBe(false);
    expect(bindings.reserve(a, '10.0.0.4', 0, 60)).toBe('10.0.0.4');
    expect(bindings.list(0)).toContainEqual({ mac: b, address: '10.0.0.2', state: 'conflict', until: 1000 });
    expect(bindings.available(a, '10.0.0.2', 999)).toBe(false);
    expect(bindings.available(a, '10.0.0.2', 1000)).toBe(true);
  });

  it('do not take a phone that answers at its own new address for a conflict', () => {
    const bindings = openBindings(pool('10.0.0.2', '10.0.0.9'), new MemoryLeases());
    bindings.toCheck(1, 0);
    bindings.bind({ mac: a, address: '10.0.0.2', expires: 100 });
    expect(bindings.checked('10.0.0.2', a, 1, 1000)).toBe(false);
    expect(bindings.leaseOf(a)).toMatchObject({ address: '10.0.0.2' });
    expect(bindings.list(1)).toHaveLength(1);
  });

  it('look again at a part of the stock, and at lapsed addresses before another gets them', () => {
    const bindings = openBindings(pool('10.0.0.2', '10.0.0.3'), new MemoryLeases([{ mac: a, address: '10.0.0.2', expires: 5 }]));
    expect(bindings.toCheck(9, 10)).toEqual(['10.0.0.3', '10.0.0.2']);
    for (const address of ['10.0.0.3', '10.0.0.2']) bindings.checked(address, undefined, 10, 1000);
    expect([bindings.stock(), bindings.doubt(1), bindings.stock()]).toEqual([2, 1, 1]);
    expect(bindings.toCheck(9, 10)).toEqual(['10.0.0.3']);
    expect(bindings.reserve(b, undefined, 10, 20)).toBe('10.0.0.2');
  });

  it('let nobody decline the pool away: of more than an eighth the oldest comes back', () => {
    const bindings = openBindings(pool('10.0.0.0', '10.0.0.63'), new MemoryLeases());
    for (let i = 0; i < 64; i += 1) {
      const address = bindings.reserve(a, undefined, i, i + 60);
      if (address !== undefined) bindings.decline(a, address, 10_000);
    }
    expect(bindings.reserve(b, undefined, 100, 160)).toBeDefined();
    expect(bindings.counts(100).setAside).toBeLessThanOrEqual(9);
  });

  it('forget leases that lapsed a month ago', () => {
    const month = 31 * 86_400_000;
    const store = new MemoryLeases([
      { mac: a, address: '10.0.0.2', expires: 5 },
      { mac: b, address: '10.0.0.3', expires: month },
    ]);
    const bindings = openBindings(pool('10.0.0.2', '10.0.0.9'), store);
    bindings.retire(month + 1);
    expect(store.all().map((lease) => lease.mac)).toEqual([b]);
    expect(bindings.leaseOf(a)).toBeUndefined();
  });

  it('never let two MACs have one address, whatever happens', () => {
    const address = fc.nat(5).map((i) => `10.0.0.${i}`);
    const step = fc.record({
      what: fc.constantFrom('reserve', 'bind', 'release', 'decline', 'free', 'restart'),
      mac: fc.constantFrom(...macs),
      address,
      wait: fc.nat(40),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = new MemoryLeases();
        const range = pool('10.0.0.0', '10.0.0.5', '10.0.0.1');
        let bindings: Bindings = openBindings(range, store);
        let now = 0;
        const valid = new Map<string, Lease>();
        for (const { what, mac, address, wait } of steps) {
          now += wait;
          if (what === 'reserve') {
            const given = bindings.reserve(mac, address, now, now + 30);
            expect(given).not.toBe('10.0.0.1');
            const holder = valid.get(given ?? '');
            if (holder !== undefined && holder.expires > now) expect(holder.mac).toBe(mac);
          } else if (what === 'bind' && (bindings.reservationOf(mac, now) === address || bindings.available(mac, address, now))) {
            const holder = valid.get(address);
            if (holder !== undefined && holder.expires > now) expect(holder.mac).toBe(mac);
            for (const [each, lease] of valid) if (lease.mac === mac) valid.delete(each);
            valid.set(address, { mac, address, expires: now + 50 });
            bindings.bind({ mac, address, expires: now + 50 });
          } else if (what === 'release' || what === 'decline') {
            const lease = bindings.leaseOf(mac);
            if (lease === undefined) continue;
            valid.delete(lease.address);
            if (what === 'release') bindings.release(mac, now);
            else bindings.decline(mac, lease.address, now + 20);
          } else if (what === 'free') bindings.free(mac);
          else if (what === 'restart') bindings = openBindings(range, store);
        }
        expect(new Set(store.all().map((lease) => lease.address)).size).toBe(store.all().length);
      }),
      { numRuns: 2_000, seed: 2131 },
    );
  });
});
