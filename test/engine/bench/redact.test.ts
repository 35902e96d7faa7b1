import { expect, it } from 'vitest';
import { redact, secretsOf } from '../../../engine/bench/redact.js';
import { mac, secret, smallOrder } from './small-order.js';

it('a row’s own secrets go, wherever they stand', () => {
  const prepared = smallOrder().of(mac);
  const secrets = prepared === undefined ? [] : secretsOf(prepared.compiled);
  expect(secrets).toContain(secret);
  expect(redact(`Resync failed: cannot read ${secret}x`, secrets)).toBe('Resync failed: cannot read ********x');
});

it.each([
  ['bad element Password_1_=Hunter-2!', 'bad element Password_1_=********'],
  ['<Admin_Passwd ua="na">Hunter-2</Admin_Passwd>', '<Admin_Passwd ua="na">********</Admin_Passwd>'],
  ['pwd: Hunter-2 rest', 'pwd: ******** rest'],
  ['nothing secret here: 12:30', 'nothing secret here: 12:30'],
])('what calls itself a password is masked: %s', (text, expected) => {
  expect(redact(text)).toBe(expected);
});
