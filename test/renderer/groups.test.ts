import { describe, expect, test } from 'vitest';
import { countGroups, groupOf, matches, needingHand } from '../../renderer/board/groups.js';
import { rowOf, type Trouble } from '../e2e/fake-phones.js';

const phone = (step: number, trouble: Trouble = 'none', index = 0) => rowOf({ index, step, trouble, beat: 0 });

describe('the heaps of the board', () => {
  test('every phone lies on one', () => {
    const phones = [
      phone(0),
      phone(3),
      phone(6),
      phone(2, 'silent'),
      phone(4, 'unproven'),
      phone(4, 'password'),
      phone(2, 'retrying'),
      phone(1, 'unlisted'),
      phone(2, 'wrong-image'),
    ];
    expect(phones.map(groupOf)).toEqual(['expected', 'working', 'ready', 'failed', 'hand', 'hand', 'working', 'unlisted', 'failed']);
  });

  test('rows that no phone has come for are expected', () => {
    const devices = [phone(6), phone(1, 'unlisted', 1)];
    expect(countGroups(devices, { devices: 4, pass: 1, unverified: 0, fail: 0, pending: 3 })).toMatchObject({
      ready: 1,
      unlisted: 1,
      expected: 3,
      unbound: 3,
      all: 4,
    });
  });

  test('those that need a hand come worst first, then in order of arrival', () => {
    const devices = [phone(4, 'unproven', 1), phone(2, 'silent', 8), phone(6, 'none', 2), phone(2, 'wrong-image', 3)];
    expect(needingHand(devices).map(({ slot }) => slot)).toEqual([4, 9, 2]);
  });
});

test('a search finds names, models, addresses, and a MAC however it is written', () => {
  const device = { ...phone(3), name: '受付 山田', mac: '00562b043615' };
  expect(['山田', '00:56:2B', '2b0436', '77.10', '7841 受付', ''].map((text) => matches(device, text))).toEqual(Array(6).fill(true));
  expect(['8851', '山田 x', 'ff:ff'].map((text) => matches(device, text))).toEqual([false, false, false]);
});
