/**
 * What the clocks of a time zone do, from the time-zone data that comes with the program (ICU): the offset from UTC, and the rule by which
 * summer time begins and ends. The data gives moments, not rules; the rule is the one that fits this year and the eleven after it, which
 * are enough for a weekday to fall on every date it can.
 */

/** A change of the clocks by the wall clock before it. */
export type Change = {
  readonly month: number;
  /** The first day it can fall on; -1: the last such weekday of the month. */
  readonly day: number;
  /** 1 Monday to 7 Sunday, on `day` or after it; 0: `day` itself. */
  readonly weekday: number;
  /** Minutes since midnight. */
  readonly minute: number;
};

export type Clocks =
  /** Minutes east of UTC in winter; `saving` minutes more in summer. `approximate`: no rule fits, and the dates are those of `year` alone. */
  | {
      readonly offset: number;
      readonly summer?: { readonly saving: number; readonly start: Change; readonly end: Change; readonly approximate: boolean };
    }
  /** The clocks change, but not forth and back within the year. */
  | { readonly offset?: undefined };

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** Ramadan, the shortest pause of a summer time, is longer. */
const stepMs = 10 * dayMs;
const years = 12;

const known = new Map<string, Clocks>();
const keptLimit = 2000;

/** The clocks of an IANA zone (which has to be one) in a year and from then on. */
export function clocksOf(zone: string, year: number): Clocks {
  const key = `${zone} ${year}`;
  const clocks = known.get(key) ?? readClocks(zone, year);
  if (known.size < keptLimit) known.set(key, clocks);
  return clocks;
}

function readClocks(zone: string, year: number): Clocks {
  const offsetAt = offsetReader(zone);
  const byYear = Array.from({ length: years }, (_, index) => changesIn(year + index, offsetAt));
  const [now = [], next = []] = byYear;
  if (now.length === 0) return { offset: offsetAt(Date.UTC(year, 6, 1)) };
  if (next.length === 0 && now.length === 1) return { offset: now[0]?.after ?? 0 }; // the last change there was
  const start = now.find(({ by }) => by > 0);
  const end = now.find(({ by }) => by < 0);
  if (now.length !== 2 || start === undefined || end === undefined || start.by !== -end.by) return {};
  const rule = ruleOf(byYear);
  const summer = rule ?? { start: exact(start), end: exact(end) };
  return { offset: end.after, summer: { saving: start.by, ...summer, approximate: rule === undefined } };
}

type Moment = { readonly at: number; readonly before: number; readonly after: number; readonly by: number };

/** Minutes east of UTC at a moment. */
function offsetReader(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (at) => {
    const said = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(said) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

function changesIn(year: number, offsetAt: (at: number) => number): Moment[] {
  const end = Date.UTC(year + 1, 0, 1);
  const found: Moment[] = [];
  let before = offsetAt(Date.UTC(year, 0, 1));
  for (let from = Date.UTC(year, 0, 1); from < end; from += stepMs) {
    const to = Math.min(from + stepMs, end);
    const after = offsetAt(to);
    if (after !== before) found.push({ at: firstMinute(from, to, before, offsetAt), before, after, by: after - before });
    before = after;
  }
  return found;
}

function firstMinute(from: number, to: number, before: number, offsetAt: (at: number) => number): number {
  let [low, high] = [from / minuteMs, to / minuteMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * minuteMs) === before) low = middle;
    else high = middle;
  }
  return high * minuteMs;
}

type Wall = { readonly month: number; readonly day: number; readonly weekday: number; readonly minute: number; readonly last: number };

/** The wall clock at the moment of a change, as it stood before; `earlier` minutes sooner. */
function wallOf({ at, before }: Moment, earlier = 0): Wall {
  const wall = new Date(at + (before - earlier) * minuteMs);
  return {
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    weekday: wall.getUTCDay() === 0 ? 7 : wall.getUTCDay(),
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
    last: new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate(),
  };
}

function exact(moment: Moment): Change {
  const { month, day, minute } = wallOf(moment);
  return { month, day, weekday: 0, minute };
}

function ruleOf(byYear: readonly (readonly Moment[])[]): { start: Change; end: Change } | undefined {
  if (byYear.some((changes) => changes.length !== 2)) return undefined;
  const starts = byYear.flatMap((changes) => changes.find(({ by }) => by > 0) ?? []);
  const ends = byYear.flatMap((changes) => changes.find(({ by }) => by < 0) ?? []);
  if (starts.length !== years || ends.length !== years) return undefined;
  const [start, end] = [fitted(starts), fitted(ends)];
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** Midnight after the last Thursday can be the first of the next month: then the minute before it is the better rule. */
function fitted(moments: readonly Moment[]): Change | undefined {
  return fit(moments.map((moment) => wallOf(moment))) ?? fit(moments.map((moment) => wallOf(moment, 1)));
}

function fit(walls: readonly Wall[]): Change | undefined {
  const [first] = walls;
  if (first === undefined) return undefined;
  const { month, weekday, minute } = first;
  if (walls.some((each) => each.month !== month || each.weekday !== weekday || each.minute !== minute)) return undefined;
  if (walls.every(({ day, last }) => day > last - 7)) return { month, day: -1, weekday, minute };
  const earliest = Math.min(...walls.map(({ day }) => day));
  return walls.every(({ day }) => day < earliest + 7) ? { month, day: earliest, weekday, minute } : undefined;
}
