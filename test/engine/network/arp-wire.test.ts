/** ARP frames, written and read (RFC 826, RFC 5227). What answers on a wire is tested in namespaces. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import { arpQuestion, readArp } from '../../../engine/network/arp-wire.js';

it('a probe asks for an address on behalf of nobody', () => {
  expect(Buffer.from(arpQuestion('00562b043615' as Mac, '0.0.0.0', '10.77.0.9')).toString('hex')).toBe(
    ['ffffffffffff', '00562b043615', '0806', '0001080006040001', '00562b043615', '00000000', '000000000000', '0a4d0009'].join(''),
  );
});

it('who answers, or asks for another, says what is his; a probe says nothing of whose an address is', () => {
  const answer = Buffer.from(
    ['00562b0436150011223344550806', '0001080006040002', '001122334455', '0a4d0009', '00562b043615', '00000000'].join(''),
    'hex',
  );
  expect(readArp(answer)).toEqual({ address: '10.77.0.9', mac: '001122334455', answer: true });
  expect(readArp(arpQuestion('00562b043615' as Mac, '10.77.0.1', '10.77.0.9'))).toEqual({
    address: '10.77.0.1',
    mac: '00562b043615',
    answer: false,
  });
  expect(readArp(arpQuestion('00562b043615' as Mac, '0.0.0.0', '10.77.0.9'))).toBeUndefined();
  expect(readArp(answer.subarray(0, 41))).toBeUndefined();
});

it('never throws, whatever is on the wire', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (frame) => void readArp(frame)),
    { numRuns: 2_000, seed: 826 },
  );
});
