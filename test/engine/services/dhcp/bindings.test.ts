import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bindings, openBindings } from '../../../../engine/services/dhcp/bindings.js';
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

  it('change nothing when the lease cannot be kept', () => {
    const store = new MemoryLeases();
    const bindings = openBindings(pool('10.0.0.2', '10.0.0.9'), store);
    store.broken = true;
    expect(() => bindings.bind({ mac: a, address: '10.0.0.2', expires: 10 })).toThrow('disk full');
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
