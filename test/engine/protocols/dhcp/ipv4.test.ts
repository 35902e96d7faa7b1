import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressBytes,
  addressAt,
  addressNumber,
  addressText,
  maskOf,
  parseAddress,
  sameSubnet,
  subnetOf,
} from '../../../../engine/protocols/dhcp/ipv4.js';

describe('an IPv4 address', () => {
  it('is the same as text, number and bytes', () => {
    fc.assert(
      fc.property(fc.nat(0xff_ff_ff_ff), (number) => {
        const text = addressText(number);
        expect(parseAddress(text)).toBe(number);
        expect(addressAt(addressBytes(text), 0)).toBe(text);
      }),
    );
  });

  it('is nothing else', () => {
    for (const other of ['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1.2.3.x', '1.2.3.-4', ' 1.2.3.4', '1e1.2.3.4'])
      expect(parseAddress(other)).toBeUndefined();
    expect(() => addressNumber('localhost')).toThrow(RangeError);
  });

  it('is in the subnet its mask says', () => {
    expect([0, 8, 24, 30, 32].map((prefix) => addressText(maskOf(prefix)))).toEqual([
      '0.0.0.0',
      '255.0.0.0',
      '255.255.255.0',
      '255.255.255.252',
      '255.255.255.255',
    ]);
    const { first, last } = subnetOf('192.168.50.77', 24);
    expect([addressText(first), addressText(last)]).toEqual(['192.168.50.0', '192.168.50.255']);
    expect(subnetOf('10.1.2.3', 0)).toEqual({ first: 0, last: 0xff_ff_ff_ff });
    expect(sameSubnet('127.77.3.4', '127.0.0.1', 8)).toBe(true);
    expect(sameSubnet('10.0.1.1', '10.0.0.1', 24)).toBe(false);
  });
});
