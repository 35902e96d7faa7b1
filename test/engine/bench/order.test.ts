/** Which phone has which row. */
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import { mac, newcomer, secret, smallOrder } from './small-order.js';

const phone = (number: number): Mac => `c4c6030000${String(number).padStart(2, '0')}` as Mac;

it('a row with a MAC is that phone’s, whatever comes', () => {
  const order = smallOrder();
  expect([order.macs(), order.unbound, order.takesUnlisted]).toEqual([[mac], 3, true]);
  expect(order.bind(mac, { model: '7841' })?.row.row).toBe(1);
  expect(order.of(newcomer)).toBeUndefined();
});

it('rows without a MAC go to phones of their model in the order of the file, one each', () => {
  const order = smallOrder();
  const rows = [
    order.bind(phone(51), { model: '8851' }),
    order.bind(phone(52), { model: '8851' }),
    order.bind(phone(53), { model: '8851' }),
  ];
  expect(rows.map((each) => each?.row.row)).toEqual([3, 4, undefined]);
  expect(order.bind(phone(51), { model: '8851' })?.row.row).toBe(3); // again: its own
  expect(order.bind(phone(54), { model: '7841' })?.row.row).toBe(2);
  expect([order.unbound, order.of(phone(53)), order.of(phone(54))?.row.row]).toEqual([0, undefined, 2]);
});

it('a binding of the journal takes the row it names, and none that is taken', () => {
  const order = smallOrder();
  expect(order.bind(phone(51), { row: 4 })?.row.row).toBe(4);
  expect(order.bind(phone(52), { row: 4 })).toBeUndefined();
  expect(order.bind(phone(52), { model: '8851' })?.row.row).toBe(3);
});

it('two rows have two markers, and one row the same each time', () => {
  const order = smallOrder();
  const [one, other] = [order.of(mac)!, order.bind(newcomer, { model: '8851' })!];
  const { marker, bytes } = order.deviceFile(one);
  expect(marker).toMatch(/^[0-9a-f]{64}$/);
  expect(order.deviceFile(one).marker).toBe(marker);
  expect(order.deviceFile(other).marker).not.toBe(marker);
  expect(Buffer.from(bytes).toString()).toContain(secret);
  expect(Buffer.from(bytes).toString()).toContain(marker);
});

it('a phone fetches as its row says, else as its model', () => {
  const order = smallOrder();
  expect([order.transport(mac, '7841'), order.transport(newcomer, '7841'), order.transport(undefined, '8851')]).toEqual([
    'http',
    'tftp',
    'http',
  ]);
});

it('files are compressed for the models whose recipe says so', () => {
  const order = smallOrder();
  const made = order.deviceFile(order.of(mac)!);
  expect(order.packed(made, '8851')).toBe(made);
  expect(order.packed(made, undefined)).toBe(made);
  const { bytes, contentType } = order.packed(made, '7841');
  expect([gunzipSync(bytes).toString(), contentType]).toEqual([Buffer.from(made.bytes).toString(), 'application/gzip']);
});
