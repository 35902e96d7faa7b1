/** When the bench reads a phone back, when it asks for the hand-off, and what it records of it; the clock is moved by hand. */
import { describe, expect, it } from 'vitest';
import { Prover, type ProverOptions } from '../../../engine/bench/prover.js';
import type { Fact } from '../../../engine/contract/observation.js';
import { newPhoneKeys, rotated } from '../../../engine/profiles/phone-keys.js';
import { HandClock } from '../services/hand-clock.js';
import { fact, proven } from '../roster/journals.js';
import { address, bench, mac, secret, smallOrder, smallRoster } from './small-order.js';

type Asked = Parameters<ProverOptions['ask']>[0];
type Answer = Awaited<ReturnType<ProverOptions['ask']>>;

/** A prover whose phone answers as told; `look` ticks every 200 ms for so long. */
function proverAt(pace = 1, order = smallOrder()) {
  const clock = new HandClock();
  const asked: { readonly after: number; readonly request: Asked }[] = [];
  const { roster, record, journal } = smallRoster();
  const started = clock.now().getTime();
  let answer: Answer = { ok: false, because: 'unreachable' };
  let reached = Promise.resolve();
  const ask = async (request: Asked): Promise<Answer> => {
    asked.push({ after: clock.now().getTime() - started, request });
    await reached;
    return answer;
  };
  const prover = new Prover({ order, bench, roster, clock, pace, ask });
  roster.expect(mac, clock.now().toISOString());
  return {
    roster,
    asked,
    prover,
    journal,
    /** The phone takes its time from here on. */
    waitsFor: (answering: Promise<void>) => void (reached = answering),
    order,
    live: (...facts: readonly Fact[]) => record(clock.now(), ...facts),
    answers: (next: Answer) => void (answer = next),
    look: async (ms: number) => {
      for (let passed = 0; passed <= ms; passed += 200) {
        prover.tick();
        await new Promise<void>((resolve) => void setImmediate(resolve)); // lets what was asked be answered
        clock.pass(200);
      }
    },
  };
}

const took = proven.slice(0, 6);

/** What a phone shows that took its device file. */
function configuration(bytes: Uint8Array): Answer {
  return { ok: true, status: 200, body: Buffer.from(bytes).toString() };
}

describe('a read-back', () => {
  it('is not tried before the device file is delivered, nor of a phone without a row', async () => {
    const { live, look, asked } = proverAt();
    live(...took.slice(0, 5));
    await look(60_000);
    expect(asked).toEqual([]);
  });

  it('comes at once with the phone’s word, on the page’s path, with the row’s password', async () => {
    const { live, look, asked, order } = proverAt();
    live(...took, fact.word);
    await look(400);
    expect(asked).toHaveLength(1);
    const { request } = asked[0]!;
    expect(request).toMatchObject({ address, port: 80, path: order.pack.readBackPath, account: { user: 'admin' } });
    expect(request.account?.password?.reveal()).toBe(secret);
  });

  it('waits 6 s for a phone that says nothing, a word in between makes it due', async () => {
    const silent = proverAt();
    silent.live(...took);
    await silent.look(8000);
    expect(silent.asked[0]?.after).toBeGreaterThanOrEqual(6000);
    expect(silent.asked[0]?.after).toBeLessThan(6500);

    const speaking = proverAt();
    speaking.live(...took);
    await speaking.look(1000);
    speaking.live(fact.word);
    await speaking.look(1000);
    expect(speaking.asked[0]?.after).toBeLessThan(2000);
  });

  it('is tried again with growing pauses, half a minute at most, and says why it failed', async () => {
    const { live, look, asked, answers, journal } = proverAt();
    answers({ ok: false, because: 'unauthorized', status: 401 });
    live(...took, fact.word);
    await look(150_000);
    const pauses = asked.slice(1).map(({ after }, index) => Math.floor((after - (asked[index]?.after ?? 0)) / 1000));
    expect(pauses.slice(0, 7)).toEqual([2, 4, 8, 15, 30, 30, 30]);
    expect(journal.kept.at(-1)?.fact).toEqual({ kind: 'readBackFailed', stage: 'device', because: 'unauthorized', status: 401 });
  });

  it('of the phone’s own file proves it, and the hand-off is asked for', async () => {
    const { live, look, asked, answers, order, journal } = proverAt();
    answers(configuration(order.deviceFile(order.of(mac)!).bytes));
    live(...took, fact.word);
    await look(1000);
    const facts = journal.kept.slice(took.length + 1).map((entry) => entry.fact);
    expect(facts[0]).toEqual({ kind: 'readBack', stage: 'device', marker: 'equal', differing: [], left: [] });
    expect(facts[1]).toEqual({ kind: 'resyncAsked', stage: 'handOff', ok: true, status: 200 });
    expect(asked[1]?.request.path).toBe(`/admin/resync?http://10.77.0.1/handoff/${mac}.xml`);
  });

  it('says what the firmware does not know, where the phone told which it runs', async () => {
    const order = smallOrder(undefined, '  TLS_Client_Min_Version: TLS 1.2\n');
    const recognised = { kind: 'recognised', model: '8851', by: 'userAgent' } as const;
    const readBack = async (...told: readonly Fact[]): Promise<unknown> => {
      const { live, look, answers, journal, roster } = proverAt(1, order);
      answers(configuration(order.deviceFile(order.of(mac)!).bytes));
      live(...took, fact.word, ...told);
      await look(1000);
      const device = roster.get(mac);
      return [journal.kept.find(({ fact: { kind } }) => kind === 'readBack')?.fact, device?.firmware, device?.ignored];
    };
    const equal = { kind: 'readBack', stage: 'device', marker: 'equal', differing: [], left: [] };
    expect(await readBack()).toEqual([equal, undefined, undefined]);
    expect(await readBack({ ...recognised, firmware: '12-0-7MPP0201-66' })).toEqual([equal, '12-0-7MPP0201-66', undefined]);
    const ignored = ['TLS_Client_Min_Version'];
    expect(await readBack({ ...recognised, firmware: '12.0.1' })).toEqual([{ ...equal, ignored, firmware: '12.0.1' }, '12.0.1', ignored]);
  });

  it('of something else is none', async () => {
    const { live, look, answers, journal } = proverAt();
    answers({ ok: true, status: 200, body: '<html>Log in</html>' });
    live(...took, fact.word);
    await look(400);
    expect(journal.kept.at(-1)?.fact).toEqual({ kind: 'readBackFailed', stage: 'device', because: 'not-a-configuration' });
  });
});

describe('a hand-off', () => {
  it('is asked for until it is delivered, then read back', async () => {
    const { live, look, asked, order } = proverAt();
    live(...proven);
    await look(5000);
    expect(asked.length).toBeGreaterThan(1);
    expect(new Set(asked.map(({ request }) => request.path.split('?')[0]))).toEqual(new Set(['/admin/resync']));
    live(fact.handOffDelivered);
    const before = asked.length;
    await look(2000);
    expect(asked.slice(before).map(({ request }) => request.path)).toEqual([order.pack.readBackPath]);
  });

  it('is the end: a phone that has it is left in peace', async () => {
    const { live, look, asked } = proverAt();
    live(...proven, fact.handOffDelivered, fact.handOffRead);
    await look(60_000);
    expect(asked).toEqual([]);
  });

  it('that ends the reading is not read', async () => {
    const { live, look, asked } = proverAt();
    live({ ...fact.bound, terms: { readableAfter: false, leavesBench: true } }, ...proven.slice(1), fact.handOffDelivered);
    await look(60_000);
    expect(asked).toEqual([]);
  });
});

it('what a phone answers after the end is not recorded: the journal is closed, or of the next run', async () => {
  const { live, look, asked, journal, prover, waitsFor } = proverAt();
  const answering = Promise.withResolvers<void>();
  waitsFor(answering.promise);
  live(...took, fact.word);
  await look(400);
  expect(asked.length).toBe(1);
  prover.stop();
  const before = journal.next();
  answering.resolve();
  await look(60_000);
  expect([asked.length, journal.next()]).toEqual([1, before]);
});

it('what a phone shows of the keys it had proves nothing of those it got while it was asked', async () => {
  let keys = newPhoneKeys();
  const encrypted = smallOrder('{ encrypt: true }', '', () => keys);
  const { live, look, asked, journal, waitsFor, answers } = proverAt(1, encrypted);
  const answering = Promise.withResolvers<void>();
  waitsFor(answering.promise);
  live(...took, fact.word);
  answers(configuration(encrypted.deviceFile(encrypted.of(mac)!).bytes));
  await look(400);
  expect(asked).toHaveLength(1);
  keys = rotated(keys);
  encrypted.forget(mac);
  live({ kind: 'keysRotated', turn: 1 }, fact.deviceAsked, fact.deviceDelivered);
  answering.resolve();
  await look(400);
  expect(journal.kept.filter(({ fact: { kind } }) => kind === 'readBack')).toEqual([]);
  live(fact.word);
  await look(10_000);
  expect(journal.kept.findLast(({ fact: { kind } }) => kind === 'readBack')?.fact).toMatchObject({ marker: 'differs' });
  answers(configuration(encrypted.deviceFile(encrypted.of(mac)!).bytes));
  await look(30_000);
  expect(journal.kept.find(({ fact: each }) => each.kind === 'readBack' && each.marker === 'equal')).toBeDefined();
});

it('a phone with the wrong image is not asked', async () => {
  const { live, look, asked } = proverAt();
  live(...took, fact.word, fact.wrongImage);
  await look(60_000);
  expect(asked).toEqual([]);
});

it('all waits are shorter by the pace', async () => {
  const { live, look, asked } = proverAt(20);
  live(...took);
  await look(1000);
  expect(asked[0]?.after).toBeLessThan(600);
});
