/** The live feed: the first change at once, ten batches a second at most, numbers without a gap. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceRow, Event, Load } from '../../../engine/contract/calls.js';
import type { Mac } from '../../../engine/contract/mac.js';
import { Feed } from '../../../engine/desk/feed.js';
import { HandClock } from '../services/hand-clock.js';

const counts = { devices: 0, pass: 0, unverified: 0, fail: 0, pending: 0 };
const mac = (n: number): Mac => n.toString(16).padStart(12, '0') as Mac;

function feedOf(load: () => Load | null = () => null): {
  clock: HandClock;
  feed: Feed;
  sent: { at: number; event: Event & { kind: 'batch' } }[];
} {
  const clock = new HandClock();
  const sent: { at: number; event: Event & { kind: 'batch' } }[] = [];
  const row = (of: Mac): DeviceRow => ({ mac: of }) as unknown as DeviceRow; // the feed looks into none
  const feed = new Feed(clock, { row, counts: () => counts, bench: () => null, load }, (event) => {
    if (event.kind === 'batch') sent.push({ at: clock.now().getTime(), event });
  });
  return { clock, feed, sent };
}

describe('the feed', () => {
  it('tells the first change at once, those that follow together 100 ms later, a phone once', () => {
    const { clock, feed, sent } = feedOf();
    const start = clock.now().getTime();
    feed.deviceChanged(mac(1));
    clock.pass(1);
    for (const n of [1, 2, 2, 1]) feed.deviceChanged(mac(n));
    clock.pass(200);
    expect(sent.map(({ at, event: { seq, devices } }) => [at - start, seq, devices.map((each) => each.mac)])).toEqual([
      [0, 1, [mac(1)]],
      [100, 2, [mac(1), mac(2)]],
    ]);
  });

  it('says of the bench only when it changed, and after a reset leaves rows to the snapshot', () => {
    const { clock, feed, sent } = feedOf();
    feed.deviceChanged(mac(1));
    clock.pass(100);
    feed.deviceChanged(mac(1));
    feed.boardChanged();
    feed.deviceChanged(mac(2));
    clock.pass(100);
    expect(sent.map(({ event }) => [event.devices.length, event.reset, event.bench])).toEqual([
      [1, undefined, undefined],
      [0, true, null],
    ]);
  });

  it('says of the load only when it changed', () => {
    let transfers = 0;
    const load = (): Load => ({ transfers, waiting: 0, queue: [], unfinished: 1, secondsLeft: null, suggestRandomDelay: null });
    const { clock, feed, sent } = feedOf(load);
    for (const next of [3, 3, 4]) {
      transfers = next;
      feed.deviceChanged(mac(1));
      clock.pass(100);
    }
    expect(sent.map(({ event }) => event.load?.transfers)).toEqual([3, undefined, 4]);
  });

  it('is silent once it is stopped', () => {
    const { clock, feed, sent } = feedOf();
    feed.deviceChanged(mac(1));
    feed.stop();
    feed.benchChanged();
    clock.pass(1000);
    expect(sent).toEqual([]);
  });

  it('whatever changes when: no number is left out, no two batches are closer than 100 ms, and no change waits longer', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(150), fc.nat(5)), { maxLength: 60 }), (changes) => {
        const { clock, feed, sent } = feedOf();
        const waiting = new Map<Mac, number>();
        const seen = (): void => {
          for (const { at, event } of sent.slice(told)) {
            for (const { mac: of } of event.devices) {
              expect(at - (waiting.get(of as Mac) ?? at)).toBeLessThanOrEqual(100);
              waiting.delete(of as Mac);
            }
          }
          told = sent.length;
        };
        let told = 0;
        for (const [ms, n] of changes) {
          clock.pass(ms);
          seen();
          if (!waiting.has(mac(n))) waiting.set(mac(n), clock.now().getTime());
          feed.deviceChanged(mac(n));
        }
        clock.pass(200);
        seen();
        expect([...waiting]).toEqual([]);
        expect(sent.map(({ event }) => event.seq)).toEqual(sent.map((_each, i) => i + 1));
        const gaps = sent.slice(1).map(({ at }, i) => at - (sent[i]?.at ?? 0));
        expect(gaps.filter((gap) => gap < 100)).toEqual([]);
      }),
    );
  });
});
