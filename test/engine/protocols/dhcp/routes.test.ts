/** Classless routes, against the examples of RFC 3442. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressText, maskOf } from '../../../../engine/protocols/dhcp/ipv4.js';
import { routes } from '../../../../engine/protocols/dhcp/routes.js';

const option = routes(121);
const read = (bytes: readonly number[]) => option.read(new Map([[121, Uint8Array.from(bytes)]]));

it('are written in as few bytes as their prefix has', () => {
  const [, bytes] = option.write([
    { destination: '0.0.0.0', prefix: 0, router: '10.0.0.1' },
    { destination: '10.0.0.0', prefix: 8, router: '10.0.0.2' },
    { destination: '10.17.0.0', prefix: 16, router: '0.0.0.0' },
    { destination: '10.27.129.0', prefix: 24, router: '10.0.0.3' },
    { destination: '10.229.0.128', prefix: 25, router: '10.0.0.4' },
    { destination: '10.198.122.47', prefix: 32, router: '10.0.0.5' },
  ]);
  expect(Buffer.from(bytes).toString('hex')).toBe(
    ['000a000001', '080a0a000002', '100a1100000000', '180a1b810a000003', '190ae500800a000004', '200ac67a2f0a000005'].join(''),
  );
});

it('lose host bits, and are as good as absent when they are cut off or have an impossible prefix', () => {
  expect(read([20, 10, 1, 255, 10, 0, 0, 1])).toEqual([{ destination: '10.1.240.0', prefix: 20, router: '10.0.0.1' }]);
  for (const bytes of [[], [33, 1, 2, 3, 4, 5, 10, 0, 0, 1], [24, 10, 1, 2, 10, 0, 0], [0, 10, 0, 0]]) expect(read(bytes)).toBeUndefined();
  expect(() => option.write([{ destination: '10.0.0.0', prefix: 33, router: '10.0.0.1' }])).toThrow(RangeError);
});

it('survive writing and reading', () => {
  const address = fc.nat(0xff_ff_ff_ff);
  const route = fc.tuple(address, fc.integer({ min: 0, max: 32 }), address).map(([network, prefix, router]) => ({
    destination: addressText((network & maskOf(prefix)) >>> 0),
    prefix,
    router: addressText(router),
  }));
  fc.assert(
    fc.property(fc.array(route, { minLength: 1, maxLength: 20 }), (all) => {
      expect(option.read(new Map([option.write(all)]))).toEqual(all);
    }),
    { numRuns: 2_000, seed: 3442 },
  );
});

it('never throw, whatever arrives', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void option.read(new Map([[121, bytes]]))),
    { numRuns: 5_000, seed: 1 },
  );
});
