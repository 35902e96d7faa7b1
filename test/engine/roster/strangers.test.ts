/** What somebody who is not the phone can do to its verdict: nothing. */
import { describe, expect, it } from 'vitest';
import type { Fact, Observation } from '../../../engine/contract/observation.js';
import { problemOf, verdictOf } from '../../../engine/roster/device.js';
import { Roster } from '../../../engine/roster/roster.js';
import { address, fact, fold, mac, MemoryJournal, otherMac, proven, time } from './journals.js';

const elsewhere = '10.77.0.99';

function rosterAt(facts: readonly Fact[], believesClaims = false) {
  const journal = new MemoryJournal();
  const whereabouts = { leased: (asked: string) => (asked === address ? mac : undefined), neighbour: () => undefined };
  const roster = new Roster({ journal, whereabouts, believesClaims, admits: () => true });
  for (const [index, each] of facts.entries()) roster.record(mac, time(index), each);
  const observe = (sender: Observation['sender'], seen: Fact): void => roster.observe({ at: time(100), sender, fact: seen });
  return { roster, journal, observe };
}

const waitsForItsWord = [fact.bound, fact.discover, fact.ack, fact.bootstrapAsked, fact.deviceAsked, fact.deviceDelivered, fact.readBack];

describe('with own DHCP', () => {
  it('a syslog line from an address of nobody proves nothing, although it names the phone', () => {
    const { roster, observe } = rosterAt(waitsForItsWord);
    observe({ address: elsewhere, claims: [{ source: 'syslogText', mac }] }, fact.word);
    expect(roster.get(mac)?.evidence.word).toBeUndefined();
    observe({ address, claims: [{ source: 'syslogText', mac }] }, fact.word);
    expect(roster.get(mac)?.evidence.word).toBeDefined();
  });

  it('a line or a transfer that names another phone is not this one’s', () => {
    const { roster, observe, journal } = rosterAt([fact.bound, fact.discover, fact.ack, fact.bootstrapAsked, fact.deviceAsked]);
    for (const seen of [fact.word, fact.deviceDelivered]) observe({ address, claims: [{ source: 'fileName', mac: otherMac }] }, seen);
    expect(Object.keys(roster.get(mac)?.evidence ?? {})).toEqual(['lease']);
    expect(journal.kept.slice(-2).map((each) => each.fact.kind)).toEqual(['identityDisagrees', 'identityDisagrees']);
  });

  it('a request from elsewhere under its name fails nobody; one that was refused is shown', () => {
    const { roster, observe } = rosterAt(proven);
    const claims = [{ source: 'userAgent', mac }] as const;
    observe({ address: elsewhere, claims }, fact.otherModel);
    observe({ address: elsewhere, claims }, fact.wrongImage);
    expect(verdictOf(roster.get(mac)!).kind).toBe('pending');
    observe({ address: elsewhere, claims }, { kind: 'fileRefused', transport: 'http', path: '/device/x.xml', because: 'not-its-own' });
    expect(problemOf(roster.get(mac)!)).toEqual({ code: 'file.asked-by-stranger', params: { path: '/device/x.xml', address: elsewhere } });
  });

  it('however much arrives, what changes a phone is kept', () => {
    const { roster, observe, journal } = rosterAt(waitsForItsWord);
    for (let i = 0; i < 5000; i += 1) observe({ address }, fact.wordOfBootstrap);
    expect(journal.kept.length).toBeLessThan(1000);
    observe({ address }, fact.word);
    expect(roster.get(mac)?.evidence.word).toBeDefined();
  });
});

it('without own DHCP, where no ARP entry tells, a phone is believed who it is', () => {
  const { roster, observe } = rosterAt(waitsForItsWord, true);
  observe({ address: elsewhere, claims: [{ source: 'syslogText', mac }] }, fact.word);
  expect(roster.get(mac)?.evidence.word).toBeDefined();
});

describe('a contradiction that nothing clears', () => {
  it.each([
    ['another model', fact.otherModel, 'other-model'],
    ['a second phone', fact.secondPhone, 'second-phone-with-this-mac'],
    ['a wrong image', fact.wrongImage, 'wrong-image'],
  ] as const)('%s stays through a failed and a successful resync', (_, contrary, because) => {
    const device = fold([...waitsForItsWord, contrary, fact.wordFailed, fact.word, fact.readBack, fact.handOffDelivered, fact.handOffRead]);
    expect(verdictOf(device)).toEqual({ kind: 'fail', because });
  });
});

describe('after a boot', () => {
  it('a copy of an old line, or the end of an old transfer, proves nothing', () => {
    const device = fold([...proven, fact.discover, fact.ack, fact.word, fact.deviceDelivered]);
    expect(Object.keys(device.evidence)).toEqual(['lease']);
  });
});

it('a journal that cannot be written loses the fact, and says so, and ends nothing', () => {
  const lost: unknown[] = [];
  const journal = {
    next: () => 1,
    append: (_entry: unknown, done: (error?: unknown) => void) => done(new Error('disk full')),
    replay: () => [],
  };
  const roster = new Roster({
    journal,
    whereabouts: { leased: () => mac, neighbour: () => undefined },
    admits: () => true,
    onLost: (error) => lost.push(error),
  });
  roster.observe({ at: time(0), sender: { mac }, fact: fact.ack });
  expect([lost.length, roster.get(mac)]).toEqual([1, undefined]);
});

it('tells of an entry once it is kept, and takes back what a turn of the loop lost, whatever came after it', () => {
  const waiting: ((error?: unknown) => void)[] = [];
  let number = 0;
  const journal = {
    next: () => (number += 1),
    append: (_entry: unknown, done: (error?: unknown) => void) => void waiting.push(done),
    replay: () => [],
  };
  const roster = new Roster({ journal, whereabouts: { leased: () => mac, neighbour: () => undefined }, admits: () => true });
  const told: (string | null)[][] = [];
  roster.onChange((entry, device, before) => void told.push([entry.fact.kind, before.address, device.address]));
  const take = (each: Fact): void => roster.observe({ at: time(0), sender: { mac }, fact: each });
  const settle = (error?: unknown): void => {
    for (const done of waiting.splice(0)) done(error);
  };
  take(fact.ack);
  expect([told, roster.get(mac)?.address]).toEqual([[], address]); // the bench works with it, nobody is told
  settle();
  expect(told.splice(0)).toEqual([['dhcpAck', null, address]]);
  const [kept, lost] = [roster.get(mac), new Error('disk full')];
  take(fact.discover);
  take(fact.bootstrapAsked);
  const [discoverLost] = waiting.splice(0, 1);
  discoverLost?.(lost);
  expect(roster.get(mac)).toMatchObject({ evidence: kept?.evidence, bootstrapAsked: true });
  settle(lost);
  expect([roster.get(mac), told]).toEqual([kept, []]);
});
