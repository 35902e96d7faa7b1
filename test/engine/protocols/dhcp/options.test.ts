import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { option, read, relayPort } from '../../../../engine/protocols/dhcp/options.js';
import { decode, encode } from '../../../../engine/protocols/dhcp/packet.js';
import { probe, probedBy } from '../../../../engine/protocols/dhcp/probe.js';
import { subOption } from '../../../../engine/protocols/dhcp/sub-options.js';
import { discoverOf8851, packetOf, phone } from './packets.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('DHCP options', () => {
  it.each([
    ['66, an address', option.tftpServerName.write('192.168.1.200'), '420d3139322e3136382e312e323030'],
    ['66, a URL', option.tftpServerName.write('http://192.168.1.200'), '4214687474703a2f2f3139322e3136382e312e323030'],
    ['150, two addresses', option.tftpServers.write(['192.168.1.200', '192.168.1.201']), '9608c0a801c8c0a801c9'],
    [
      '160, a URL with path',
      option.provisioningUrl.write('http://192.168.1.200/cisco'),
      'a01a687474703a2f2f3139322e3136382e312e3230302f636973636f',
    ],
    ['60, as an 8841 sends it', option.vendorClass.write('CP-8841-3PCC\0'), '3c0d43502d383834312d3350434300'],
    [
      '43, an ACS URL',
      option.vendorSpecific.write([{ code: 1, bytes: Buffer.from('http://192.168.1.200/acs') }]),
      `2b1a0118${hex(Buffer.from('http://192.168.1.200/acs'))}`,
    ],
    [
      '125, an OUI of the Broadband Forum',
      option.enterprises.write([{ enterprise: 3561, subOptions: [{ code: 4, bytes: Buffer.from('00A0BC') }] }]),
      '7d0d00000de90804063030413042 43'.replace(' ', ''),
    ],
    ['51, a lease of an hour', option.leaseSeconds.write(3600), '330400000e10'],
    ['57, a size', option.maximumMessageSize.write(1456), '390205b0'],
  ])('stand on the wire as in the fact sheet: %s', (_, [code, bytes], wire) => {
    expect(hex(Uint8Array.from([code, bytes.length, ...bytes]))).toBe(wire);
    const back = decode(encode(packetOf([code, bytes])));
    expect(back.ok && hex(back.packet.options.get(code)!)).toBe(hex(bytes));
  });

  it('are read by name, NULs at the end of a text dropped', () => {
    const back = decode(encode(discoverOf8851));
    if (!back.ok) throw new Error(back.reason);
    expect(read(back.packet, option.messageType)).toBe('discover');
    expect(read(back.packet, option.vendorClass)).toBe('CP-8851-3PCC');
    expect(read(back.packet, option.parameterRequestList)).toEqual([1, 3, 6, 15, 42, 66, 160, 159, 150, 60, 43, 125]);
    expect(read(back.packet, option.maximumMessageSize)).toBe(1456);
    expect(read(back.packet, option.requestedAddress)).toBeUndefined();
  });

  it('are absent when their bytes do not fit, and never throw', () => {
    const all = Object.values(option);
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.uint8Array({ maxLength: 80 }), (each, bytes) => {
        each.read(new Map([[each.code, bytes]]));
      }),
      { numRuns: 10_000, seed: 2132 },
    );
    expect(read(packetOf([53, [9]]), option.messageType)).toBeUndefined();
    expect(read(packetOf([54, [1, 2, 3]]), option.serverIdentifier)).toBeUndefined();
    expect(read(packetOf([150, [1, 2, 3, 4, 5]]), option.tftpServers)).toBeUndefined();
    expect(read(packetOf([125, [0, 0, 0, 9, 2, 1]]), option.enterprises)).toBeUndefined();
    expect(read(packetOf([82, [1, 5, 0]]), option.relayAgent)).toBeUndefined();
  });

  it('may pad and end vendor specific information (43), but not the relay agent (82)', () => {
    const bytes = [0, 1, 1, 65, 0, 255, 9];
    expect(read(packetOf([43, bytes]), option.vendorSpecific)).toEqual([{ code: 1, bytes: Uint8Array.of(65) }]);
    expect(subOption(read(packetOf([82, [0, 1, 65, 1, 1, 66]]), option.relayAgent), 1)).toEqual(Uint8Array.of(66));
  });

  it('say where a relay agent wants its answer (RFC 8357)', () => {
    expect(relayPort(packetOf(), 40_000)).toBe(67);
    expect(relayPort(packetOf([82, [1, 1, 7]]), 40_000)).toBe(67);
    expect(relayPort(packetOf([82, [19, 0]]), 40_000)).toBe(40_000);
    expect(relayPort(packetOf([82, [1, 1, 7, 19, 2, 0x9c, 0x41]]), 40_000)).toBe(40_001);
    expect(relayPort(packetOf([82, [19, 2, 0, 0]]), 40_000)).toBe(40_000);
  });
});

describe('the probe for other servers', () => {
  it('tells whose it is', () => {
    const back = decode(encode(probe('bench-1/812', phone, 7)));
    expect(back.ok && probedBy(back.packet)).toBe('bench-1/812');
    expect(probedBy(discoverOf8851)).toBeUndefined();
  });
});
