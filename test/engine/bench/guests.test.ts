/** Clients outside the rows: never so many that a row's phone lacks an address. */
import { describe, expect, it } from 'vitest';
import { Guests } from '../../../engine/bench/guests.js';
import type { Mac } from '../../../engine/contract/mac.js';

const macOf = (i: number) => (0x02_00_00_00_00_00 + i).toString(16).padStart(12, '0') as Mac;
const hour = 3_600_000;
const stranger = (i: number, takes: boolean, now = 0) => ({ mac: macOf(i), isPhone: false, takes, until: now + hour });
const phone = (i: number, now = 0) => ({ mac: macOf(i), isPhone: true, takes: true, until: now + hour });

describe('guests', () => {
  it('get what is nobody’s, and strangers not what rows without a MAC wait for', () => {
    const guests = new Guests([]);
    const room = { size: 100, forPhones: 40 };
    const served = Array.from({ length: 500 }, (_, i) => guests.admit(stranger(i, true), room, 0)).filter(Boolean);
    expect(served).toHaveLength(60);
    const phones = Array.from({ length: 50 }, (_, i) => guests.admit(phone(1000 + i), room, 0)).filter(Boolean);
    expect(phones).toHaveLength(40);
    expect(guests.admit(stranger(0, true), room, 0)).toBe(true); // one that is served stays so
  });

  it('that only looked around make room again after two minutes, those that took an address when it lapses', () => {
    const guests = new Guests([]);
    const room = { size: 2, forPhones: 0 };
    expect(guests.admit(stranger(1, false), room, 0)).toBe(true);
    expect(guests.admit(stranger(2, true), room, 0)).toBe(true);
    expect(guests.admit(stranger(3, true), room, 119_000)).toBe(false);
    expect(guests.admit(stranger(3, true, 121_000), room, 121_000)).toBe(true);
    expect(guests.admit(stranger(4, true), room, 122_000)).toBe(false);
    expect(guests.admit(stranger(4, true, hour + 1), room, hour + 1)).toBe(true);
  });

  it('that are made up by the thousand come no faster than people plug in; phones have no such limit', () => {
    const guests = new Guests([]);
    const room = { size: 60_000, forPhones: 0 };
    const burst = Array.from({ length: 8_000 }, (_, i) => guests.admit(stranger(i, true), room, 0)).filter(Boolean);
    expect(burst).toHaveLength(5_000);
    const later = Array.from({ length: 1_000 }, (_, i) => guests.admit(stranger(20_000 + i, true), room, 2_000)).filter(Boolean);
    expect(later).toHaveLength(100);
    expect(guests.admit(phone(90_000), room, 2_000)).toBe(true);
  });

  it('are counted from before, and not by being asked about', () => {
    const guests = new Guests([{ mac: macOf(1), address: '10.0.0.2', expires: hour }]);
    const room = { size: 2, forPhones: 0 };
    expect([guests.admits(macOf(2), false, room, 0), guests.admits(macOf(3), false, room, 0)]).toEqual([true, true]);
    expect(guests.admit(stranger(2, true), room, 0)).toBe(true);
    expect([guests.admits(macOf(2), false, room, 0), guests.admits(macOf(3), false, room, 0)]).toEqual([true, false]);
  });
});
