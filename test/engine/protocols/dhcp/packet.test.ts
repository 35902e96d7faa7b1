import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressText } from '../../../../engine/protocols/dhcp/ipv4.js';
import { decode, encode, type Packet } from '../../../../engine/protocols/dhcp/packet.js';
import { messageTypes, option } from '../../../../engine/protocols/dhcp/options.js';
import { discoverOf8851, packetOf } from './packets.js';

const seeded = { numRuns: 10_000, seed: 2131 };
const address = fc.nat(0xff_ff_ff_ff).map(addressText);
const name = (room: number) => fc.string({ unit: fc.constantFrom(...'abcXYZ019./-_'.split('')), maxLength: room - 1 });
const code = fc.integer({ min: 1, max: 254 }).filter((each) => each !== 52);
const packet: fc.Arbitrary<Packet> = fc.record({
  op: fc.constantFrom('request' as const, 'reply' as const),
  htype: fc.nat(255),
  hops: fc.nat(255),
  xid: fc.nat(0xff_ff_ff_ff),
  secs: fc.nat(65_535),
  broadcast: fc.boolean(),
  ciaddr: address,
  yiaddr: address,
  siaddr: address,
  giaddr: address,
  chaddr: fc.uint8Array({ maxLength: 16 }),
  sname: name(64),
  file: name(128),
  options: fc
    .uniqueArray(fc.tuple(code, fc.uint8Array({ maxLength: 600 })), { selector: ([each]) => each, maxLength: 12 })
    .map((entries) => new Map(entries)),
});

/** Bytes that get past the head, so that the fuzz reaches the options. */
const nearlyDhcp = fc
  .tuple(fc.constantFrom(1, 2), fc.uint8Array({ minLength: 232, maxLength: 232 }), fc.uint8Array({ maxLength: 400 }))
  .map(([op, head, rest]) => Uint8Array.from([op, 1, 6, 0, ...head, 99, 130, 83, 99, ...rest]));

describe('DHCP messages', () => {
  it('survive encode, decode, encode', () => {
    fc.assert(
      fc.property(packet, (value) => {
        const bytes = encode(value);
        const back = decode(bytes);
        expect(back).toMatchObject({ ok: true, packet: { ...value, options: expect.anything(), chaddr: expect.anything() } });
        if (!back.ok) return;
        expect(Buffer.from(encode(back.packet)).equals(bytes)).toBe(true);
        expect(new Set(back.packet.options.keys())).toEqual(new Set(value.options.keys()));
        for (const [each, held] of value.options) expect(Buffer.from(back.packet.options.get(each)!).equals(held)).toBe(true);
      }),
      seeded,
    );
  });

  it('never throw, whatever arrives, and what was read can be written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 700 }), nearlyDhcp), (bytes) => {
        const decoded = decode(bytes);
        if (decoded.ok) encode(decoded.packet);
      }),
      seeded,
    );
  });

  it('are read or refused when cut off at any byte', () => {
    for (const type of messageTypes) {
      const bytes = encode({ ...discoverOf8851, options: new Map([...discoverOf8851.options, option.messageType.write(type)]) });
      for (let length = 0; length < bytes.length; length += 1) {
        const decoded = decode(bytes.subarray(0, length));
        if (length < 240) expect(decoded).toEqual({ ok: false, reason: 'too-short' });
      }
    }
  });

  it.each([
    ['too-short', Buffer.alloc(239)],
    ['unknown-op', Buffer.alloc(300, 3)],
    ['hardware-address-too-long', Buffer.concat([Buffer.from([1, 1, 17]), Buffer.alloc(297)])],
    ['no-magic-cookie', Buffer.concat([Buffer.from([1, 1, 6]), Buffer.alloc(297)])],
    ['truncated-option', withOptions([12, 200, 65, 66])],
    ['truncated-option', withOptions([12])],
  ])('say why they are malformed: %s', (reason, bytes) => {
    expect(decode(bytes)).toEqual({ ok: false, reason });
  });

  it('are at least 300 bytes long, the type first and the relay agent last', () => {
    const bytes = encode(packetOf([82, [1, 1, 7]], [12, [65]], [53, [1]], [150, [10, 0, 0, 1]]));
    expect(bytes).toHaveLength(300);
    expect([...bytes.subarray(240, 260)]).toEqual([53, 1, 1, 12, 1, 65, 150, 4, 10, 0, 0, 1, 82, 3, 1, 1, 7, 255, 0, 0]);
  });

  it('join an option that comes in pieces, and split one that is too long (RFC 3396)', () => {
    const long = Buffer.from('http://10.0.0.1/'.repeat(20));
    const bytes = encode(packetOf([66, long]));
    expect([...bytes.subarray(240, 242)]).toEqual([66, 255]);
    expect([...bytes.subarray(497, 499)]).toEqual([66, long.length - 255]);
    expect(decoded(bytes).options.get(66)).toEqual(long);
    expect(decoded(withOptions([12, 2, 65, 66, 53, 1, 1, 12, 1, 67, 255])).options.get(12)).toEqual(Buffer.from('ABC'));
  });

  it('hold options in file and server name too (option 52)', () => {
    const bytes = withOptions([52, 1, 3, 66, 1, 65, 255]);
    bytes.set([66, 1, 67, 255], 44); // sname, read last
    bytes.set([66, 1, 66, 12, 1, 90, 255], 108); // file
    const { options, sname, file } = decoded(bytes);
    expect([...options]).toEqual([
      [66, Buffer.from('ABC')],
      [12, Uint8Array.from([90])],
    ]);
    expect([sname, file]).toEqual(['', '']);
  });

  it('may have padding before an option and no end', () => {
    expect([...decoded(withOptions([0, 0, 53, 1, 1])).options]).toEqual([[53, Uint8Array.of(1)]]);
  });

  it('refuse values no message can hold: that is our bug', () => {
    expect(() => encode(packetOf([255, []]))).toThrow(RangeError);
    expect(() => encode({ ...packetOf(), chaddr: new Uint8Array(17) })).toThrow(RangeError);
    expect(() => encode({ ...packetOf(), sname: 'x'.repeat(64) })).toThrow(RangeError);
    expect(() => encode({ ...packetOf(), yiaddr: '1.2.3' })).toThrow(RangeError);
  });
});

function withOptions(options: readonly number[]): Uint8Array {
  const head = Buffer.from(encode(packetOf())).subarray(0, 240);
  return Buffer.concat([head, Buffer.from(options)]);
}

function decoded(bytes: Uint8Array): Packet {
  const result = decode(bytes);
  if (!result.ok) throw new Error(result.reason);
  return result.packet;
}
