/** A phone that has had its time for a stage is overdue, once; the clock is moved by hand. */
import { expect, it } from 'vitest';
import { Deadlines } from '../../../engine/bench/deadlines.js';
import type { Fact } from '../../../engine/contract/observation.js';
import { HandClock } from '../services/hand-clock.js';
import { fact, goodLife, proven } from '../roster/journals.js';
import { mac, smallOrder, smallRoster } from './small-order.js';

function deadlinesAt(pace = 1) {
  const clock = new HandClock();
  const { roster, record, journal } = smallRoster();
  const { pack } = smallOrder();
  roster.expect(mac, clock.now().toISOString());
  const start = (): Deadlines => new Deadlines({ roster, pack, clock, pace });
  let deadlines = start();
  return {
    patience: pack.patience,
    live: (...facts: readonly Fact[]) => record(clock.now(), ...facts),
    /** Lets time pass, looking every second. */
    pass: (ms: number): void => {
      for (let passed = 0; passed < ms; passed += 1000) {
        clock.pass(1000);
        deadlines.tick();
      }
    },
    /** The bench is away for so long, then starts again. */
    away: (ms: number): void => {
      clock.pass(ms);
      deadlines = start();
    },
    overdue: () => journal.kept.flatMap((entry) => (entry.fact.kind === 'overdue' ? [entry.fact.stage] : [])),
  };
}

it.each([
  ['lease', [fact.bound, fact.discover]],
  ['bootstrap', proven.slice(0, 3)],
  ['device', proven.slice(0, 4)],
  ['verify', proven.slice(0, 6)],
  ['handOff', proven],
] as const)('overdue for its %s once its time is over, and said once', (stage, life) => {
  const { live, pass, overdue, patience } = deadlinesAt();
  live(...life);
  pass(patience[stage]);
  expect(overdue()).toEqual([]);
  pass(1000);
  expect(overdue()).toEqual([stage]);
  pass(10 * patience[stage]);
  expect(overdue()).toEqual([stage]);
});

it.each([
  ['one that is only expected', [fact.bound]],
  ['one without a row', [fact.discover, fact.ack]],
  ['one that is handed off', goodLife],
])('never for %s', (_, life) => {
  const { live, pass, overdue } = deadlinesAt();
  live(...life);
  pass(3_600_000);
  expect(overdue()).toEqual([]);
});

it('time begins anew with each step, and each failure the phone announces', () => {
  const { live, pass, overdue, patience } = deadlinesAt();
  live(...proven.slice(0, 6));
  pass(patience.verify - 2000);
  live(fact.wordFailed);
  pass(patience.verify - 2000);
  live(fact.word, fact.readBack);
  pass(patience.handOff - 2000);
  expect(overdue()).toEqual([]);
  pass(4000);
  expect(overdue()).toEqual(['handOff']);
});

it('time without a bench counts against no phone', () => {
  const { live, pass, away, overdue, patience } = deadlinesAt();
  live(...proven.slice(0, 6));
  away(86_400_000);
  pass(patience.verify);
  expect(overdue()).toEqual([]);
  pass(1000);
  expect(overdue()).toEqual(['verify']);
});

it('patience is shorter by the pace', () => {
  const { live, pass, overdue, patience } = deadlinesAt(20);
  live(...proven.slice(0, 6));
  pass(patience.verify / 20 + 1000);
  expect(overdue()).toEqual(['verify']);
});
