import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCapture } from '../../../../engine/protocols/pcapng/blocks.js';
import { encodeFrame, tcpFlags } from '../../../../engine/protocols/pcapng/frames.js';

const bench = { address: '10.77.0.1', port: 69, mac: Buffer.from('020000000001', 'hex') };
const phone = { address: '10.77.0.9', port: 49_152, mac: Buffer.from('c4c603000001', 'hex') };

/** The blocks of a file: type and body, every length checked. */
function blocksOf(file: Buffer): { readonly type: number; readonly body: Buffer }[] {
  const blocks: { type: number; body: Buffer }[] = [];
  for (let at = 0; at < file.length;) {
    const length = file.readUInt32LE(at + 4);
    expect(length % 4).toBe(0);
    expect(file.readUInt32LE(at + length - 4)).toBe(length);
    blocks.push({ type: file.readUInt32LE(at), body: file.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return blocks;
}

/** Sums the 16-bit words of something that carries its checksum: 0xffff when it is right (RFC 1071). */
function sumOf(...parts: readonly Uint8Array[]): number {
  const bytes = Buffer.concat(parts);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xff_ff) sum = (sum & 0xff_ff) + (sum >>> 16);
  return sum;
}

describe('a capture', () => {
  it('has a section, an interface, and each frame with its time, its length and its comment', () => {
    const at = Date.parse('2026-11-22T09:00:00.123Z');
    const file = encodeCapture(
      [
        { at, bytes: Buffer.from('abcde'), length: 700, comment: 'tftp' },
        { at, bytes: Buffer.from('x') },
      ],
      'eth1',
      'B',
    );
    const blocks = blocksOf(file);
    expect(blocks.map(({ type }) => type)).toEqual([0x0a_0d_0d_0a, 1, 6, 6]);
    const body = blocks[2]!.body;
    const micro = (BigInt(body.readUInt32LE(4)) << 32n) | BigInt(body.readUInt32LE(8));
    expect(micro).toBe(BigInt(at) * 1000n);
    expect([body.readUInt32LE(12), body.readUInt32LE(16)]).toEqual([5, 700]);
    expect(body.subarray(20, 25).toString()).toBe('abcde');
    expect(body.includes('tftp')).toBe(true);
    expect(file.includes('eth1')).toBe(true);
  });

  it('is whole blocks, whatever is in it', () => {
    const frame = fc.record({
      at: fc.nat(2 ** 41),
      bytes: fc.uint8Array({ maxLength: 200 }),
      comment: fc.string({ unit: 'binary', maxLength: 40 }),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), (frames) => {
        expect(blocksOf(encodeCapture(frames, 'bench', 'Benchtone'))).toHaveLength(2 + frames.length);
      }),
    );
  });
});

describe('a frame', () => {
  it('has right lengths and checksums, over UDP and TCP, also where part of it was not kept', () => {
    const tcp = fc.record({ seq: fc.nat(0xff_ff_ff_ff), ack: fc.nat(0xff_ff_ff_ff), flags: fc.constant(tcpFlags.ack) });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(500), fc.option(tcp, { nil: undefined }), (payload, half, carried) => {
        const absent = 2 * half; // what is absent counts as zeros, which change no sum
        const frame = encodeFrame({ from: phone, to: bench, payload, absent, ...(carried && { tcp: carried }) });
        const [ip, transport] = [frame.subarray(14, 34), frame.subarray(34)];
        expect(frame.subarray(0, 14).toString('hex')).toBe('020000000001c4c6030000010800');
        expect(sumOf(ip)).toBe(0xff_ff);
        const length = transport.length + absent;
        expect(ip.readUInt16BE(2)).toBe(20 + length);
        expect(transport.length).toBe((carried ? 20 : 8) + payload.length);
        expect(sumOf(ip.subarray(12, 20), Buffer.of(0, carried ? 6 : 17, length >> 8, length & 255), transport)).toBe(0xff_ff);
      }),
    );
  });
});
