/** Properties that hold whatever phones do, and what the roster adds to folding: identity, admission, limits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceNames } from '../../../engine/contract/evidence.js';
import type { Fact, Observation } from '../../../engine/contract/observation.js';
import { stateOf, verdictOf } from '../../../engine/roster/device.js';
import { Roster, type RosterOptions } from '../../../engine/roster/roster.js';
import { address, anyFact, anyLife, anyObservation, fact, fold, goodLife, mac, MemoryJournal, otherMac, time } from './journals.js';

const runs = { numRuns: 5000, seed: 20_261_122 };

function rosterOf(journal: MemoryJournal, admits: RosterOptions['admits'] = () => true): Roster {
  const whereabouts = { leased: (asked: string) => (asked === address ? mac : undefined), neighbour: () => undefined };
  return new Roster({ journal, whereabouts, admits });
}

/** The evidence a fact can prove, by itself or after others. */
const proves: Readonly<Partial<Record<Fact['kind'], (each: Fact) => string>>> = {
  dhcpAck: () => 'lease',
  arpSeen: () => 'lease',
  fileDelivered: (each) => (each.kind === 'fileDelivered' && each.purpose === 'handOff' ? 'handOff' : 'delivery'),
  word: () => 'word',
  readBack: (each) => (each.kind === 'readBack' && each.stage === 'handOff' ? 'handOff' : 'readBack'),
};

describe('a pass', () => {
  it('never comes of less evidence', () => {
    fc.assert(
      fc.property(anyLife, fc.constantFrom(...evidenceNames), (facts, name) => {
        const device = fold(facts);
        const { [name]: _taken, ...evidence } = device.evidence;
        expect(verdictOf({ ...device, evidence }).kind).not.toBe('pass');
      }),
      runs,
    );
  });

  it('never comes of a life in which one kind of proof did not happen', () => {
    fc.assert(
      fc.property(anyLife, fc.constantFrom(...evidenceNames), (facts, name) => {
        const without = facts.filter((each) => proves[each.kind]?.(each) !== name);
        expect(verdictOf(fold(without)).kind).not.toBe('pass');
      }),
      runs,
    );
  });

  it('does come of these lives now and then, or the above would say nothing', () => {
    const lives = fc.sample(anyLife, { numRuns: 5000, seed: runs.seed });
    expect(lives.filter((facts) => verdictOf(fold(facts)).kind === 'pass').length).toBeGreaterThan(10);
  });

  it('has all five proofs, and the hand-off not before the others', () => {
    fc.assert(
      fc.property(anyLife, (facts) => {
        const device = fold(facts);
        if (verdictOf(device).kind !== 'pass') return;
        const at = evidenceNames.map((name) => device.evidence[name]?.at ?? '');
        expect(at).not.toContain('');
        expect(stateOf(device)).toBe('handedOff');
        expect(at.every((each) => each <= (at.at(-1) ?? ''))).toBe(true);
      }),
      runs,
    );
  });
});

describe('folding', () => {
  it('never throws and is the same each time', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 60 }), (facts) => {
        expect(fold(facts)).toEqual(fold(structuredClone(facts)));
      }),
      runs,
    );
  });

  it('does not change the device it is given', () => {
    fc.assert(
      fc.property(anyLife, anyFact, (facts, next) => {
        const device = Object.freeze(fold(facts));
        const before = structuredClone(device);
        fold([next], device);
        expect(device).toEqual(before);
      }),
      { ...runs, numRuns: 1000 },
    );
  });

  it('drops every proof at a reboot before the hand-off was delivered', () => {
    fc.assert(
      fc.property(anyLife, (facts) => {
        const device = fold(facts);
        if (device.handOffDelivered !== undefined || device.evidence.handOff !== undefined) return;
        expect(fold([fact.discover], device).evidence).toEqual({});
      }),
      runs,
    );
  });
});

describe('a roster', () => {
  it('shows the same board when its journal is replayed', () => {
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 60 }), (seen) => {
        const journal = new MemoryJournal();
        const live = rosterOf(journal);
        for (const [index, each] of seen.entries()) live.observe({ at: time(index), ...each });
        const replayed = rosterOf(journal);
        replayed.replay();
        expect(replayed.devices()).toEqual(live.devices());
      }),
      { ...runs, numRuns: 1000 },
    );
  });

  it('resolves who it was before it journals, and says when claims disagree with it', () => {
    const journal = new MemoryJournal();
    const roster = rosterOf(journal);
    const observe = (sender: Observation['sender']): void => roster.observe({ at: time(0), sender, fact: fact.bootstrapAsked });
    observe({ address: '10.77.0.99' });
    observe({ address, claims: [{ source: 'userAgent', mac: otherMac }] });
    observe({ mac: otherMac, address });
    expect(journal.kept.map((each) => `${each.mac} ${each.fact.kind}`)).toEqual([
      `${mac} identityDisagrees`,
      `${mac} fileAsked`,
      `${otherMac} fileAsked`,
    ]);
  });

  it('leaves alone whom the job does not admit, and journals nothing of it', () => {
    const journal = new MemoryJournal();
    const roster = rosterOf(journal, (asked) => asked === mac);
    for (const each of [mac, otherMac]) roster.observe({ at: time(0), sender: { mac: each }, fact: fact.discover });
    expect([roster.devices().map((device) => device.mac), journal.kept.length]).toEqual([[mac], 1]);
  });

  it('tells listeners of each entry with the device before and after it', () => {
    const roster = rosterOf(new MemoryJournal());
    const heard: string[] = [];
    roster.onChange((entry, device, before) => heard.push(`${entry.fact.kind}: ${stateOf(before)} -> ${stateOf(device)}`));
    for (const [index, each] of goodLife.entries()) roster.observe({ at: time(index), sender: { mac }, fact: each });
    expect(heard.slice(1, 4)).toEqual([
      'dhcpDiscover: expected -> expected',
      'dhcpAck: expected -> leased',
      'fileAsked: leased -> bootstrap',
    ]);
    expect(heard.at(-1)).toBe('readBack: handOff -> handedOff');
  });

  it('journals a bounded part of what a phone gone mad says in a minute, and hears it again in the next', () => {
    const journal = new MemoryJournal();
    const roster = rosterOf(journal);
    const say = (at: string): void => roster.observe({ at, sender: { mac }, fact: fact.wordFailed });
    for (let count = 0; count < 5000; count += 1) say(time(0));
    const first = journal.kept.length;
    expect(first).toBeLessThan(2000);
    say(time(60));
    expect(journal.kept.length).toBe(first + 1);
  });
});
