import { describe, expect, it } from 'vitest';
import { defaultPool, findPlace, listPlaces, parsePool, type Place } from '../../../engine/network/places.js';

const bench: Place = { interface: 'eth1', address: '192.168.50.1', prefix: 24 };
const second: Place = { interface: 'eth1', address: '10.0.0.1', prefix: 8 };
const office: Place = { interface: 'eth0', address: '192.168.1.7', prefix: 24 };

const codeOf = (result: { ok: true } | { ok: false; refusal: { code: string } }) => (result.ok ? 'ok' : result.refusal.code);

describe('a place', () => {
  it('is on this machine', () => {
    expect(listPlaces()).toContainEqual(expect.objectContaining({ address: '127.0.0.1', prefix: 8 }));
  });

  it('is the only address of an interface, or the one that is named', () => {
    expect(findPlace('eth1', undefined, [office, bench])).toEqual({ ok: true, value: bench });
    expect(findPlace('eth1', '10.0.0.1/8', [office, bench, second])).toEqual({ ok: true, value: second });
    expect(findPlace('eth1', '10.0.0.1', [office, bench, second])).toEqual({ ok: true, value: second });
  });

  it('is refused with what there is instead', () => {
    expect(findPlace('eth7', undefined, [office, bench])).toEqual({
      ok: false,
      refusal: { kind: 'usage', code: 'interface.unknown', params: { interface: 'eth7', interfaces: 'eth0, eth1' } },
    });
    expect(findPlace('eth1', undefined, [bench, second])).toEqual({
      ok: false,
      refusal: {
        kind: 'usage',
        code: 'interface.several-addresses',
        params: { interface: 'eth1', addresses: '192.168.50.1/24, 10.0.0.1/8' },
      },
    });
    expect(codeOf(findPlace('eth1', '10.0.0.1/24', [second]))).toBe('interface.no-address');
    expect(codeOf(findPlace('eth1', '10.0.0.9', [second]))).toBe('interface.no-address');
    expect(codeOf(findPlace('eth1', 'ten', [second]))).toBe('interface.address-malformed');
    expect(codeOf(findPlace('eth1', '10.0.0.1/33', [second]))).toBe('interface.address-malformed');
    expect(codeOf(findPlace('../../etc', undefined, []))).toBe('interface.unknown');
    if (process.platform === 'linux') expect(codeOf(findPlace('lo', undefined, [bench]))).toBe('interface.no-address');
  });
});

describe('a pool', () => {
  it('is the rest of the subnet unless somebody says', () => {
    expect(defaultPool(bench)).toEqual({ ok: true, value: { first: '192.168.50.1', last: '192.168.50.254' } });
    expect(defaultPool(second)).toEqual({ ok: true, value: { first: '10.0.0.1', last: '10.255.255.254' } });
    expect(defaultPool({ interface: 'lo', address: '127.0.0.1', prefix: 8 })).toEqual({
      ok: true,
      value: { first: '127.77.0.1', last: '127.77.255.254' },
    });
    expect(codeOf(defaultPool({ ...bench, prefix: 31 }))).toBe('pool.no-room');
  });

  it('is read from FIRST-LAST', () => {
    expect(parsePool('192.168.50.10-192.168.50.99', bench)).toEqual({ ok: true, value: { first: '192.168.50.10', last: '192.168.50.99' } });
    expect(parsePool(' 192.168.50.1 - 192.168.50.2 ', bench)).toEqual({ ok: true, value: { first: '192.168.50.1', last: '192.168.50.2' } });
  });

  it.each([
    ['pool.malformed', '192.168.50.10'],
    ['pool.malformed', '192.168.50.10-x'],
    ['pool.malformed', '192.168.50.10-192.168.50.11-192.168.50.12'],
    ['pool.order', '192.168.50.99-192.168.50.10'],
    ['pool.outside-subnet', '192.168.50.10-192.168.51.10'],
    ['pool.outside-subnet', '192.168.49.10-192.168.50.10'],
    ['pool.no-room', '192.168.50.0-192.168.50.1'],
  ])('is refused: %s for %s', (code, text) => {
    expect(codeOf(parsePool(text, bench))).toBe(code);
  });
});
