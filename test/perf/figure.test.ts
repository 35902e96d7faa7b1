import { expect, test } from 'vitest';
import { type Figure, judge } from './figure.js';

const figure: Figure = {
  name: 'rate',
  unit: 'per second',
  better: 'higher',
  must: { peer: 0.5 },
  aim: { peer: 1 },
  runs: 5,
  contestants: () => Promise.resolve([]),
};
const none = new Map<string, string>();

test('medians are compared, and a must is a least ratio where higher is better', () => {
  const values = new Map([
    ['ours', [1, 50, 60, 55, 900]],
    ['peer', [100, 100, 100, 100, 100]],
  ]);
  expect(judge(figure, { values, failures: none })).toMatchObject({ ours: 55, peers: { peer: 100 }, ratio: { peer: 0.55 }, holds: true });
  expect(judge({ ...figure, must: { peer: 0.6 } }, { values, failures: none }).holds).toBe(false);
});

test('where lower is better the must is a greatest ratio', () => {
  const values = new Map([
    ['ours', [30]],
    ['peer', [100]],
  ]);
  expect(judge({ ...figure, better: 'lower', must: { peer: 0.3 } }, { values, failures: none }).holds).toBe(true);
  expect(judge({ ...figure, better: 'lower', must: { peer: 0.29 } }, { values, failures: none }).holds).toBe(false);
});

test("a key that is the figure's unit bounds our own value", () => {
  const values = new Map([['ours', [61]]]);
  const absolute = { ...figure, unit: 'seconds', better: 'lower' as const, must: { seconds: 60 } };
  expect(judge(absolute, { values, failures: none })).toMatchObject({ ours: 61, peers: {}, ratio: {}, holds: false });
});

test('a missing peer is never a silent pass, and a failure of ours is one', () => {
  const failures = new Map([['peer', 'not installed']]);
  expect(judge(figure, { values: new Map([['ours', [1]]]), failures })).toMatchObject({ holds: null, ratio: { peer: null } });
  expect(judge(figure, { values: new Map([['ours', [1]]]), failures: none }).holds).toBeNull();
  expect(judge(figure, { values: new Map([['peer', [1]]]), failures: new Map([['ours', 'broke']]) }).holds).toBe(false);
});
