/**
 * `time` of a recipe: a place, time servers, how clock and date are shown.
 *
 *   Time_Zone GMT+01:00    Daylight_Saving_Time_Rule start=3/-1/7/2;end=10/-1/7/3;save=1
 *
 * month/day/weekday/hour of the wall clock before the change: weekday 1 (Monday) to 7 on `day` or after it, `-1` the last one, 0 the day
 * itself. How a phone takes a rule across New Year (southern summers) and zones of half hours is in no document at hand.
 */
import type { Meant } from '../../../profiles/meant-schema.js';
import { findPlace } from '../../../profiles/places.js';
import { shown } from '../../../profiles/problems.js';
import { type Change, type Clocks, clocksOf } from '../../../profiles/summer-time.js';
import { error, type Finding, warning } from '../findings.js';
import { fixed, type Piece, plain } from './piece.js';

/** Offsets with minutes that the documents list, in minutes. */
const listedHalves: ReadonlySet<number> = new Set([-210, 210, 330, 345, 390, 570]);

export function timePieces({ time = {} }: Meant, year: number): Piece[] {
  const servers = time.ntp === undefined ? [] : typeof time.ntp === 'string' ? [time.ntp] : time.ntp;
  const ntp = { path: 'time.ntp', builder: 'ntp' } as const;
  return [
    ...(time.place === undefined ? [] : placePieces(time.place, year)),
    ...plain(ntp, 'Primary_NTP_Server', servers[0]),
    ...plain(ntp, 'Secondary_NTP_Server', servers[1]),
    ...(time.clock === undefined ? [] : [fixed({ path: 'time.clock', builder: 'clock' }, 'Time_Format', time.clock)]),
    ...(time.date === undefined ? [] : [fixed({ path: 'time.date', builder: 'clock' }, 'Date_Format', time.date)]),
  ];
}

function placePieces(place: string, year: number): Piece[] {
  const piece = (tag: string, value: (clocks: Known) => string, quiet: boolean): Piece => ({
    path: 'time.place',
    builder: 'place',
    tag,
    parts: { place },
    needs: ['place'],
    quiet,
    make: ({ place: filled = '' }) => {
      const { clocks, findings } = atPlace(filled, year);
      return { value: clocks === undefined ? '' : value(clocks), findings };
    },
  });
  return [
    piece('Time_Zone', ({ offset }) => zoneText(offset), false),
    piece('Daylight_Saving_Time_Enable', ({ summer }) => (summer === undefined ? 'No' : 'Yes'), true),
    piece('Daylight_Saving_Time_Rule', ({ summer }) => (summer === undefined ? '' : ruleText(summer)), true),
  ];
}

type Known = Extract<Clocks, { readonly offset: number }>;
type Summer = NonNullable<Known['summer']>;

function atPlace(place: string, year: number): { readonly clocks?: Known; readonly findings: readonly Finding[] } {
  const found = findPlace(place);
  if (found.zone === undefined) return { findings: [error('parameter.place-unknown', { value: shown(place) }, found.suggestion)] };
  const clocks = clocksOf(found.zone, year);
  if (clocks.offset === undefined) return { findings: [error('parameter.place-irregular', { value: shown(place), year })] };
  const { offset, summer } = clocks;
  const isListed = (offset % 60 === 0 && offset <= 780) || listedHalves.has(offset);
  return {
    clocks,
    findings: [
      ...(isListed ? [] : [warning('parameter.place-offset', { value: zoneText(offset) })]),
      ...(summer?.approximate === true ? [warning('parameter.place-approximate', { value: shown(place), year })] : []),
    ],
  };
}

/** `GMT`, `GMT+09:00`, `GMT-03:30`. */
function zoneText(offset: number): string {
  if (offset === 0) return 'GMT';
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `GMT${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`;
}

function ruleText({ start, end, saving }: Summer): string {
  return `start=${changeText(start)};end=${changeText(end)};save=${clockText(saving)}`;
}

function changeText({ month, day, weekday, minute }: Change): string {
  return `${month}/${day}/${weekday}/${clockText(minute)}`;
}

function clockText(minutes: number): string {
  return minutes % 60 === 0 ? String(minutes / 60) : `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
