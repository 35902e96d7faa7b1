import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlace } from '../../../engine/profiles/places.js';
import { type Change, clocksOf } from '../../../engine/profiles/summer-time.js';

describe('a place', () => {
  it.each([
    ['Tokyo', 'Asia/Tokyo'],
    ['大阪', 'Asia/Tokyo'],
    ['日本', 'Asia/Tokyo'],
    ['ドイツ', 'Europe/Berlin'],
    ['Germany', 'Europe/Berlin'],
    ['München', 'Europe/Berlin'],
    ['munchen', 'Europe/Berlin'],
    ['new_york', 'America/New_York'],
    ['San Francisco', 'America/Los_Angeles'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['europe/paris', 'Europe/Paris'],
    ['UTC', 'UTC'],
  ])('%s is in %s', (name, zone) => expect(findPlace(name)).toEqual({ zone }));

  it.each([
    ['Tokio', 'Tokyo'],
    ['Berlni', 'Berlin'],
    ['Osakka', 'Osaka'],
    ['EST', null],
    ['+09:00', null],
    ['Etc/GMT-9', null],
    ['', null],
  ])('%s is none; %s is near', (name, suggestion) => expect(findPlace(name)).toEqual({ suggestion }));

  it('is looked for in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(findPlace(text)).toBeTypeOf('object');
      }),
      { numRuns: 500 },
    );
  });
});

/** The moment a rule names in a year, in minutes of the wall clock since 1970. */
function wallMinute({ month, day, weekday, minute }: Change, year: number): number {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isoWeekday = (date: number): number => new Date(Date.UTC(year, month - 1, date)).getUTCDay() || 7;
  let date = day === -1 ? last : day;
  if (weekday !== 0) while (isoWeekday(date) !== weekday) date += day === -1 ? -1 : 1;
  return Date.UTC(year, month - 1, date) / 60_000 + minute;
}

const offsetAt = (zone: string, at: number): number => {
  const said = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
  const [, sign, hours = '0', minutes = '0'] =
    /GMT(?:([+-])(\d\d):(\d\d))?/.exec(said.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

describe('the clocks of a zone', () => {
  it('change, by their rule, at the very minute the data says, this year and eleven years on', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter((_zone, index) => index % 3 === 0);
    let ruled = 0;
    for (const zone of zones) {
      const clocks = clocksOf(zone, 2026);
      if (clocks.offset === undefined || clocks.summer === undefined) continue;
      const { offset, summer } = clocks;
      ruled += 1;
      for (const year of summer.approximate ? [2026] : [2026, 2031, 2037]) {
        const startsAt = (wallMinute(summer.start, year) - offset) * 60_000;
        const endsAt = (wallMinute(summer.end, year) - offset - summer.saving) * 60_000;
        const late = (change: Change): number => (change.minute === 1439 ? 60_000 : 0); // 23:59 stands for midnight
        expect([zone, offsetAt(zone, startsAt - 60_000), offsetAt(zone, startsAt + late(summer.start))]).toEqual([
          zone,
          offset,
          offset + summer.saving,
        ]);
        expect([zone, offsetAt(zone, endsAt - 60_000), offsetAt(zone, endsAt + late(summer.end))]).toEqual([
          zone,
          offset + summer.saving,
          offset,
        ]);
      }
    }
    expect(ruled).toBeGreaterThan(20);
  });

  it('that change once and stay have the offset they stay at', () => {
    expect(clocksOf('Europe/Volgograd', 2020)).toEqual({ offset: 180 });
    expect(clocksOf('Asia/Tokyo', 2026)).toEqual({ offset: 540 });
  });

  it('that change in no way a rule could say are told as such', () => expect(clocksOf('Africa/Cairo', 2014)).toEqual({}));
});
