/** New keys for a phone, as its journal tells of them: it has to prove itself again, and only with these. */
import { expect, it } from 'vitest';
import type { Fact } from '../../../engine/contract/observation.js';
import { isLeaving, isProven, stateOf, verdictOf } from '../../../engine/roster/device.js';
import { fact, fold, goodLife, proven } from './journals.js';

const rotated = (turn: number): Fact => ({ kind: 'keysRotated', turn });
const again: readonly Fact[] = [fact.deviceAsked, fact.deviceDelivered, fact.word, fact.readBack];
const handOffAsked: Fact = { kind: 'fileAsked', transport: 'http', path: '/handoff.xml', purpose: 'handOff' };
const handOffBroken: Fact = { kind: 'fileBroken', transport: 'http', path: '/handoff.xml', purpose: 'handOff', bytes: 9, because: 'reset' };
const keyed: readonly Fact[] = [...proven.slice(0, 4), fact.keyDelivered, ...proven.slice(4)];

it('a proven phone has to prove itself again, keeps its lease and the key it has, and passes once it did', () => {
  const waiting = fold([...keyed, rotated(1)]);
  expect(waiting.evidence).toEqual({ lease: expect.anything() });
  expect(waiting).toMatchObject({ keyTurn: 1, provenTurn: 0, installed: expect.any(String) });
  const then = fold(again, waiting);
  expect([isProven(then), then.provenTurn]).toEqual([true, 1]);
  expect(verdictOf(fold([fact.handOffDelivered, fact.handOffRead], then)).kind).toBe('pass');
});

it('a file that was on its way when the keys changed proves nothing, nor what the phone says and shows of it', () => {
  const device = fold([...keyed.slice(0, 6), rotated(1), fact.deviceDelivered, fact.word, fact.readBack]);
  expect([Object.keys(device.evidence), device.provenTurn]).toEqual([['lease'], undefined]);
  expect(fold(again, device)).toMatchObject({ provenTurn: 1 });
});

it('twice in a row counts once it has proven the last; what is known already changes nothing', () => {
  const twice = fold([...keyed, rotated(1), rotated(2)]);
  expect(twice).toMatchObject({ keyTurn: 2, provenTurn: 0 });
  const done = fold(again, twice);
  expect(done).toMatchObject({ keyTurn: 2, provenTurn: 2 });
  expect(fold([rotated(2), rotated(1)], done).evidence).toEqual(done.evidence);
});

it('which keys it has proven outlasts a restart, a row that changes and a key that is lost', () => {
  const changed: Fact = { ...fact.bound, revision: 2 };
  for (const later of [fact.discover, fact.keyless, changed, fact.overdue])
    expect(fold([...keyed, rotated(1), ...again, later]), later.kind).toMatchObject({ keyTurn: 1, provenTurn: 1 });
});

it('one that has its last file, or is getting it, keeps its keys; one whose transfer broke does not', () => {
  for (const life of [[...keyed, handOffAsked], [...keyed, fact.handOffDelivered], goodLife]) {
    const before = fold(life);
    expect([isLeaving(before), fold([rotated(1)], before).keyTurn]).toEqual([true, undefined]);
  }
  for (const back of [handOffBroken, fact.discover]) {
    const stays = fold([...keyed, handOffAsked, back]);
    expect([isLeaving(stays), fold([rotated(1)], stays).keyTurn], back.kind).toEqual([false, 1]);
  }
});

it('is a step of its own: the time it has begins anew', () => {
  const late = fold([...keyed.slice(0, 7), fact.overdue]);
  expect(verdictOf(late).kind).toBe('unverified');
  const device = fold([rotated(1)], late);
  expect([stateOf(device), verdictOf(device).kind, device.overdue]).toEqual(['bootstrap', 'pending', false]);
});
