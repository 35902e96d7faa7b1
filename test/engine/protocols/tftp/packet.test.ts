import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, type Packet } from '../../../../engine/protocols/tftp/packet.js';

const word = fc.nat(65_535);
const word1 = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019./-_')), minLength: 1, maxLength: 40 });
const options = fc
  .uniqueArray(
    fc.tuple(
      word1.map((s) => s.toLowerCase()),
      word1,
    ),
    { selector: ([name]) => name, maxLength: 5 },
  )
  .map((o) => new Map(o));
const packet: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({ kind: fc.constantFrom('read' as const, 'write' as const), file: word1, mode: fc.constantFrom('octet', 'netascii'), options }),
  fc.record({ kind: fc.constant('data' as const), block: word, bytes: fc.uint8Array({ maxLength: 1500 }) }),
  fc.record({ kind: fc.constant('ack' as const), block: word }),
  fc.record({ kind: fc.constant('error' as const), code: word, message: word1 }),
  fc.record({ kind: fc.constant('optionAck' as const), options: options.filter((o) => o.size > 0) }),
);

describe('TFTP packets', () => {
  it('survive encode, decode, encode', () => {
    fc.assert(
      fc.property(packet, (value) => {
        const bytes = encode(value);
        const back = decode(bytes);
        expect(back).toMatchObject({ ok: true });
        if (back.ok) expect(Buffer.from(encode(back.packet))).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 10_000, seed: 1350 },
    );
  });

  it('never throw, whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void decode(bytes)),
      { numRuns: 10_000, seed: 1350 },
    );
  });

  it('never throw or lie when cut short, at every byte', () => {
    const samples: Packet[] = [
      { kind: 'read', file: '8851-3PCC.xml', mode: 'octet', options: new Map([['blksize', '1428']]) },
      { kind: 'write', file: 'x', mode: 'netascii', options: new Map() },
      { kind: 'data', block: 7, bytes: Uint8Array.of(1, 2, 3) },
      { kind: 'ack', block: 65_535 },
      { kind: 'error', code: 1, message: 'file not found' },
      { kind: 'optionAck', options: new Map([['tsize', '0']]) },
    ];
    for (const sample of samples) {
      const whole = encode(sample);
      for (let length = 0; length < whole.length; length++) {
        const cut = decode(whole.subarray(0, length));
        if (cut.ok && sample.kind !== 'error')
          expect(cut.packet) // an ERROR may lack its last NUL
            .not.toEqual(sample);
      }
      expect(decode(whole)).toMatchObject({ ok: true, packet: { kind: sample.kind } });
    }
  });

  it('read a request padded with NULs, as boot loaders send it', () => {
    expect(decode(Buffer.from('\x00\x01a\x00octet\x00tsize\x000\x00\x00\x00\x00', 'latin1'))).toEqual({
      ok: true,
      packet: { kind: 'read', file: 'a', mode: 'octet', options: new Map([['tsize', '0']]) },
    });
  });

  it('read a request as an 8851 sends it, with a leading slash and an upper-case option', () => {
    expect(decode(Buffer.from('\x00\x01/8851-3PCC.xml\x00octet\x00BLKSIZE\x001428\x00', 'latin1'))).toEqual({
      ok: true,
      packet: { kind: 'read', file: '/8851-3PCC.xml', mode: 'octet', options: new Map([['blksize', '1428']]) },
    });
  });

  it.each([
    ['too-short', [0, 3]],
    ['unknown-opcode', [0, 9, 0, 0]],
    ['unterminated-text', [0, 1, 97, 0, 98]],
    ['option-without-value', [0, 6, 97, 0]],
  ])('say why they are malformed: %s', (reason, bytes) => {
    expect(decode(Uint8Array.from(bytes))).toEqual({ ok: false, reason });
  });
});
