import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceLink, type LinkSeen, type LinkState, readLink, watchLink } from '../../../engine/network/link.js';
import { listPlaces, type Place } from '../../../engine/network/places.js';

const up: LinkState = { link: 'up', lacks: null, index: 3, stale: false };
const seen = (lacks: LinkSeen['lacks'], index: number | null = 3): LinkSeen => ({ index, lacks });

/** What is told of a row of looks. */
function told(...looks: LinkSeen[]): unknown[] {
  let state = up;
  return looks.flatMap((look) => {
    const { state: next, news } = advanceLink(state, look);
    state = next;
    return news === undefined ? [] : [news];
  });
}

describe('an interface', () => {
  it('whose cable is pulled keeps its sockets', () => {
    expect(told(seen(null), seen('cable'), seen('cable'), seen(null), seen(null))).toEqual([
      { link: 'gone', lacks: 'cable' },
      { link: 'up', reopen: false },
    ]);
  });

  it('that vanishes, or loses its address, needs new ones', () => {
    expect(told(seen('interface', null), seen('cable', 4), seen(null, 4), seen(null, 4))).toEqual([
      { link: 'gone', lacks: 'interface' },
      { link: 'gone', lacks: 'cable' },
      { link: 'up', reopen: true },
    ]);
    expect(told(seen('address'), seen(null))).toEqual([
      { link: 'gone', lacks: 'address' },
      { link: 'up', reopen: true },
    ]);
  });

  it('that was another one between two looks needs new ones too', () => {
    expect(told(seen(null, 9), seen(null, 9))).toEqual([{ link: 'up', reopen: true }]);
  });

  it('ends up as it was seen last, whatever came before', () => {
    const look = fc.record({
      index: fc.option(fc.integer({ min: 1, max: 4 })),
      lacks: fc.constantFrom('interface' as const, 'cable' as const, 'address' as const, null),
    });
    fc.assert(
      fc.property(fc.array(look, { minLength: 1 }), (looks) => {
        const final = looks.reduce<LinkState>((state, each) => advanceLink(state, each).state, up);
        expect(final.link).toBe(looks.at(-1)?.lacks === null ? 'up' : 'gone');
        expect(told(...looks, seen('cable'), seen('cable')).length).toBeLessThanOrEqual(looks.length + 1);
      }),
    );
  });

  it('is looked at each second until nobody wants to know', () => {
    const timers: (() => void)[] = [];
    const clock = { now: () => new Date(0), after: (_: number, action: () => void) => (timers.push(action), () => void timers.pop()) };
    const looks = [seen(null), seen('cable'), seen(null)];
    const news: unknown[] = [];
    const place: Place = { interface: 'eth1', address: '10.0.0.1', prefix: 24 };
    const stop = watchLink(place, { clock, look: () => looks.shift() ?? seen(null) }, (each) => news.push(each.link));
    for (let i = 0; i < 3; i += 1) timers.shift()?.();
    stop();
    expect([news, timers.length]).toEqual([['gone', 'up'], 0]);
  });

  it('of this machine can be looked at', () => {
    const loopback = listPlaces().find(({ address }) => address === '127.0.0.1')!;
    expect(readLink(loopback).lacks).toBeNull();
    expect(readLink({ ...loopback, address: '127.9.9.9' }).lacks).toBe('address');
    expect(readLink({ ...loopback, interface: 'bt-none' })).toEqual({ index: null, lacks: 'interface' });
  });
});
