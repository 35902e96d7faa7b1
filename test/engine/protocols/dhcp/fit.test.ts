import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeWithin, roomFor } from '../../../../engine/protocols/dhcp/fit.js';
import { decode, encode, type Packet } from '../../../../engine/protocols/dhcp/packet.js';
import { packetOf } from './packets.js';

const byCode = (code: number) => code;

function read(bytes: Uint8Array): Packet {
  const decoded = decode(bytes);
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.packet;
}

describe('a message within the size a client takes', () => {
  it('is 576 bytes with its headers unless the client says more, and never more than one Ethernet frame', () => {
    expect([undefined, 0, 300, 576, 1000, 1500, 9000, 65_535].map(roomFor)).toEqual([548, 548, 548, 548, 972, 1472, 1472, 1472]);
  });

  it('is as ever where all fits', () => {
    const packet = packetOf([53, [2]], [66, Buffer.alloc(200, 65)], [82, [1, 1, 7]]);
    expect(encodeWithin(packet, 548, byCode)).toEqual({ bytes: encode(packet), left: [] });
  });

  it('puts what has no room among the options into file and then sname, and says so in option 52', () => {
    const packet = packetOf(
      [53, [2]],
      [54, [10, 0, 0, 1]],
      [66, Buffer.alloc(220, 65)],
      [160, Buffer.alloc(100, 66)],
      [159, Buffer.alloc(50, 67)],
    );
    const { bytes, left } = encodeWithin(packet, 548, byCode);
    expect(left).toEqual([]);
    expect(bytes.length).toBeLessThanOrEqual(548);
    expect([...bytes.subarray(240, 246)]).toEqual([53, 1, 2, 52, 1, 1]);
    expect([...bytes.subarray(108, 112)]).toEqual([160, 100, 66, 66]);
    expect(read(bytes).options).toEqual(read(encode(packet)).options);
    const more = packetOf(
      [53, [2]],
      [66, Buffer.alloc(250, 65)],
      [160, Buffer.alloc(100, 66)],
      [159, Buffer.alloc(45, 67)],
      [43, Buffer.alloc(40, 68)],
    );
    const both = encodeWithin(more, 548, byCode);
    expect([both.left, [...both.bytes.subarray(243, 246)]]).toEqual([[], [52, 1, 3]]);
    expect(read(both.bytes).options.size).toBe(5);
  });

  it('leaves out the least important last of all, never the type, the server or the relay agent’s own', () => {
    const options = [
      [53, [2]],
      [54, [10, 0, 0, 1]],
      [82, Buffer.alloc(60, 1)],
      ...[66, 67, 160, 159].map((code) => [code, Buffer.alloc(200, code)] as const),
    ] as const;
    const { bytes, left } = encodeWithin(packetOf(...options), 548, (code) => (code === 160 ? 0 : code));
    expect(left).toEqual([66, 67, 159]);
    const { options: told } = read(bytes);
    expect([...told.keys()]).toEqual([53, 54, 160, 82]);
    const end = Buffer.from(bytes).lastIndexOf(Buffer.concat([Buffer.from([82, 60]), Buffer.alloc(60, 1), Buffer.from([255])]));
    expect(end).toBeGreaterThan(240);
  });

  it('lets an option of more than 255 bytes go on from field to field, in the order of its reader (RFC 3396)', () => {
    const long = Buffer.from(Array.from({ length: 400 }, (_, i) => i % 251));
    const packet = packetOf([53, [5]], [125, long]);
    const { bytes, left } = encodeWithin(packet, 548, byCode);
    expect(left).toEqual([]);
    expect(Buffer.from(read(bytes).options.get(125)!).equals(long)).toBe(true);
    expect([...bytes.subarray(243, 246)]).toEqual([52, 1, 1]);
    expect(encodeWithin(packetOf([53, [5]], [125, Buffer.alloc(600, 9)]), 548, byCode).left).toEqual([125]);
  });

  it('leaves a server name and a file name where they are', () => {
    const packet = {
      ...packetOf([53, [2]], ...[66, 67, 160].map((code) => [code, Buffer.alloc(120, code)] as const)),
      file: 'boot',
      sname: 'me',
    };
    const { bytes, left } = encodeWithin(packet, 548, byCode);
    expect(left).toEqual([160]);
    expect(read(bytes)).toMatchObject({ file: 'boot', sname: 'me' });
  });

  it('is never too long, and what it holds is what was to be said', () => {
    const code = fc.integer({ min: 1, max: 254 }).filter((each) => each !== 52);
    const option = fc.tuple(code, fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 500 })));
    const options = fc.uniqueArray(option, { selector: ([each]) => each, maxLength: 14 });
    fc.assert(
      fc.property(options, fc.integer({ min: 548, max: 1472 }), (entries, room) => {
        const vital = entries.filter(([each, value]) => (each === 53 || each === 54 || each === 82) && value.length > 60);
        fc.pre(vital.length === 0);
        const packet = packetOf(...entries);
        const { bytes, left } = encodeWithin(packet, room, (each) => 255 - each);
        expect(bytes.length).toBeLessThanOrEqual(room);
        const told = read(bytes).options;
        for (const [each, value] of entries)
          if (left.includes(each)) expect(told.has(each)).toBe(false);
          else expect(Buffer.from(told.get(each)!).equals(value)).toBe(true);
        expect(told.size + left.length).toBe(entries.length);
      }),
      { numRuns: 5_000, seed: 3396 },
    );
  });
});
