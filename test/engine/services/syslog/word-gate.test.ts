import { expect, it } from 'vitest';
import { WordGate } from '../../../../engine/services/syslog/word-gate.js';

const failed = { step: 'resync', outcome: 'failed', purpose: 'device' } as const;
const successful = { ...failed, outcome: 'successful' } as const;
const phone = '10.0.0.9';

it('lets ten of a kind pass at once, then one every two seconds', () => {
  const gate = new WordGate();
  const flood = (from: number, count: number) =>
    Array.from({ length: count }, () => gate.admits(phone, failed, from)).filter(Boolean).length;
  expect(flood(0, 500)).toBe(10);
  expect(flood(2_000, 500)).toBe(1);
  expect(flood(12_000, 500)).toBe(5);
  expect(flood(0, 500)).toBe(0); // a clock that was set back refills nothing
});

it('a change between failure and success always passes, and a flood of one kind drowns no other', () => {
  const gate = new WordGate();
  for (let i = 0; i < 100; i += 1) gate.admits(phone, failed, 0);
  expect(gate.admits(phone, { step: 'upgrade', outcome: 'requesting' }, 0)).toBe(true);
  for (let i = 0; i < 50; i += 1) {
    expect(gate.admits(phone, successful, 0)).toBe(true);
    expect(gate.admits(phone, failed, 0)).toBe(true);
  }
  expect(gate.admits(phone, failed, 0)).toBe(false);
});

it('devices do not share, however many there are', () => {
  const gate = new WordGate();
  for (let i = 0; i < 20; i += 1) gate.admits(phone, failed, 0);
  const admitted = Array.from({ length: 10_000 }, (_, i) => gate.admits(`10.1.${i >> 8}.${i & 255}`, failed, 0));
  expect(admitted.every(Boolean)).toBe(true);
});
