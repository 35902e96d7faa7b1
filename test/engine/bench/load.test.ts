/** What a window is told of a busy bench: honest numbers, or none. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LoadGauge, loadOf, type Pressure } from '../../../engine/bench/load.js';
import type { Fact } from '../../../engine/contract/observation.js';
import { Roster } from '../../../engine/roster/roster.js';
import { address, fact, goodLife, mac, MemoryJournal } from '../roster/journals.js';

const calm: Pressure = { transfers: 0, waiting: 0, queue: [], unfinished: 0, passes: [], timeouts: 0, now: 100_000 };
/** One pass a second for so many seconds until now. */
const everySecond = (seconds: number): number[] => Array.from({ length: seconds + 1 }, (_, i) => calm.now - (seconds - i) * 1000);

it('tells the time left by the pace of the last minute', () => {
  expect(loadOf({ ...calm, unfinished: 40, passes: everySecond(30) })).toMatchObject({ secondsLeft: 40, unfinished: 40 });
  expect(loadOf(calm).secondsLeft).toBe(0);
});

it('says nothing of the time while nobody can tell', () => {
  expect(loadOf({ ...calm, unfinished: 40 }).secondsLeft).toBeNull();
  expect(loadOf({ ...calm, unfinished: 40, passes: [calm.now - 9000, calm.now] }).secondsLeft).toBeNull();
  expect(loadOf({ ...calm, unfinished: 40, passes: [calm.now - 100, calm.now - 50, calm.now] }).secondsLeft).toBeNull();
});

it('a bench on which nothing passes any more becomes slower with the time', () => {
  const passes = everySecond(10);
  const seen = [0, 10, 40].map((later) => loadOf({ ...calm, unfinished: 10, passes, now: calm.now + later * 1000 }).secondsLeft ?? 0);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(new Set(seen).size).toBe(3);
});

it('suggests a random delay where phones are in each other’s way, and only there', () => {
  const busy = { ...calm, unfinished: 100, passes: everySecond(30) };
  expect(loadOf(busy).suggestRandomDelay).toBeNull(); // 100 s for 100 phones, and none waits
  expect(loadOf({ ...busy, waiting: 5 }).suggestRandomDelay).toBe(100);
  expect(loadOf({ ...busy, timeouts: 5 }).suggestRandomDelay).toBe(100);
  expect(loadOf({ ...busy, timeouts: 1 }).suggestRandomDelay).toBeNull();
  expect(loadOf({ ...busy, unfinished: 125 }).suggestRandomDelay).toBe(140);
  expect(loadOf({ ...busy, unfinished: 5, waiting: 5 }).suggestRandomDelay).toBeNull();
  expect(loadOf({ ...busy, unfinished: 5000 }).suggestRandomDelay).toBe(600);
});

it('what it says is always of the form of the contract', () => {
  const count = fc.nat(10_000);
  fc.assert(
    fc.property(count, count, count, fc.array(fc.nat(200_000)), (unfinished, waiting, timeouts, times) => {
      const passes = times.filter((at) => at <= calm.now).sort((a, b) => a - b);
      const { secondsLeft, suggestRandomDelay } = loadOf({ ...calm, unfinished, waiting, timeouts, passes });
      expect(secondsLeft === null || (Number.isInteger(secondsLeft) && secondsLeft >= 0)).toBe(true);
      expect(suggestRandomDelay === null || (suggestRandomDelay % 20 === 0 && suggestRandomDelay >= 20)).toBe(true);
    }),
  );
});

it('follows the roster: a phone of a row counts from when it is seen until it has passed', () => {
  const journal = new MemoryJournal();
  const roster = new Roster({ journal, whereabouts: { leased: () => mac, neighbour: () => undefined }, admits: () => true });
  let now = 0;
  const clock = { now: () => new Date(now), after: () => () => undefined };
  const gauge = new LoadGauge({
    roster,
    clock,
    transfers: () => ({ transfers: 2, waiting: 1, queue: [address, '10.9.9.9'] }),
    holder: (each) => (each === address ? mac : undefined),
  });
  const take = (each: Fact): void => roster.observe({ at: new Date(now).toISOString(), sender: { mac, address }, fact: each });
  roster.expect(mac, new Date(0).toISOString());
  take(fact.bound);
  expect(gauge.now()).toMatchObject({
    transfers: 2,
    waiting: 1,
    unfinished: 0,
    queue: [
      { address, mac },
      { address: '10.9.9.9', mac: null },
    ],
  });
  const counted = goodLife
    .filter(({ kind }) => kind !== 'bound')
    .map((each) => {
      take(each);
      now += 1000;
      return gauge.now().unfinished;
    });
  expect(counted).toEqual([...Array<number>(counted.length - 1).fill(1), 0]);
});
