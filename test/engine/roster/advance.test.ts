/** What each observation does to a phone, rule by rule. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../engine/contract/observation.js';
import { isSettled, newDevice, problemOf, stateOf, verdictOf } from '../../../engine/roster/device.js';
import { address, fact, fold, goodLife, mac, proven, time } from './journals.js';

/** State, verdict and the names of what is proven after these facts. */
function after(...facts: readonly Fact[]) {
  const device = fold(facts);
  return { state: stateOf(device), verdict: verdictOf(device).kind, proven: Object.keys(device.evidence).join(' ') };
}

const six = proven.slice(0, 6);

describe('a good phone', () => {
  it('passes through every state to a pass', () => {
    const steps = goodLife.map((_, index) => after(...goodLife.slice(0, index + 1)));
    expect(steps.map(({ state, verdict }) => `${state} ${verdict}`)).toEqual([
      'expected pending',
      'expected pending',
      'leased pending',
      'bootstrap pending',
      'device pending',
      'verify pending',
      'verify pending',
      'handOff pending',
      'handOff pending',
      'handedOff pass',
    ]);
    expect(fold(goodLife).evidence).toEqual({
      lease: { at: time(2) },
      delivery: { at: time(5) },
      word: { at: time(6) },
      readBack: { at: time(7) },
      handOff: { at: time(9) },
    });
    expect(fold(goodLife)).toMatchObject({ row: 1, model: '8851', address, lastSeen: time(9) });
  });

  it('ends with a word of what its firmware does not know, until it is read back with another', () => {
    const old = [
      ...goodLife.slice(0, 7),
      { ...fact.readBack, ignored: ['TLS_Client_Min_Version'], firmware: '12.0.1' },
      ...goodLife.slice(8),
    ];
    const told = { code: 'phone.ignores', params: { tags: 'TLS_Client_Min_Version', firmware: '12.0.1' } };
    const running = { kind: 'recognised', model: '8851', by: 'userAgent', firmware: '12.0.1' } as const;
    expect([after(running, ...old).verdict, problemOf(fold([running, ...old]))]).toEqual(['pass', told]);
    expect(problemOf(fold([running, ...old.slice(0, 8), fact.discover, ...goodLife.slice(1)]))).toBeNull();
  });

  it('keeps what it was given when it only renews its lease, and what it has passed whatever the clock says', () => {
    expect(after(...proven, fact.renewed)).toEqual(after(...proven));
    expect(after(...goodLife, fact.overdue)).toEqual(after(...goodLife));
  });
});

describe('a phone that boots again', () => {
  it.each([
    ['DISCOVER', fact.discover, ''],
    ['REQUEST from init-reboot', fact.rebooted, 'lease'],
  ])('begins anew with its %s, while its hand-off was not delivered', (_, again, left) => {
    expect(after(...proven, again).proven).toBe(left);
    expect(after(...proven, again, fact.handOffDelivered, fact.handOffRead).verdict).toBe('pending');
    expect(after(...proven, again, ...proven.slice(2)).state).toBe('handOff');
  });

  it('keeps its evidence once its hand-off was delivered, for then it reboots by right', () => {
    expect(after(...proven, fact.handOffDelivered, fact.discover, fact.rebooted)).toEqual(after(...proven, fact.handOffDelivered));
    expect(after(...goodLife, fact.discover).verdict).toBe('pass');
  });

  it('and asks for a bootstrap although the hand-off was delivered did not take it, and is to be proven anew', () => {
    expect(after(...proven, fact.handOffDelivered, fact.bootstrapAsked)).toEqual({
      state: 'bootstrap',
      verdict: 'pending',
      proven: 'lease',
    });
  });

  it('and asks for a bootstrap after it was handed off has been reset: someone must look', () => {
    expect(after(...goodLife, fact.bootstrapAsked).verdict).toBe('fail');
    expect(problemOf(fold([...goodLife, fact.bootstrapAsked]))?.code).toBe('phone.reset-after-hand-off');
  });

  it('asks for a bootstrap by right where its recipe leaves it with the bench', () => {
    const stays: Fact = { ...fact.bound, terms: { readableAfter: true, leavesBench: false } };
    expect(after(stays, ...goodLife.slice(1), fact.bootstrapAsked).verdict).toBe('pass');
  });
});

describe('the phone’s own word', () => {
  it.each([
    ['named', fact.word, 'lease delivery word'],
    ['not named, after the delivery', fact.wordUnnamed, 'lease delivery word'],
    ['of the bootstrap', fact.wordOfBootstrap, 'lease delivery'],
    ['of an upgrade', { ...fact.word, step: 'upgrade' } as const, 'lease delivery'],
    ['that it only asks', { ...fact.word, outcome: 'requesting' } as const, 'lease delivery'],
  ])('%s', (_, word, left) => {
    expect(after(...six, word).proven).toBe(left);
  });

  it('counts unnamed only after a delivery, and not after a failure', () => {
    expect(after(...six.slice(0, 5), fact.wordUnnamed).proven).toBe('lease');
    expect(after(...six, fact.wordFailed, fact.wordUnnamed)).toMatchObject({ verdict: 'fail', proven: 'lease delivery' });
    expect(after(...six, fact.wordFailed, fact.word)).toMatchObject({ verdict: 'pending', proven: 'lease delivery word' });
  });

  it('of a failure takes back the word and speaks against it, until a success that names the file', () => {
    expect(after(...proven, fact.wordFailed)).toMatchObject({ state: 'verify', verdict: 'fail', proven: 'lease delivery readBack' });
    expect(isSettled(fold([...proven, fact.wordFailed]))).toBe(false); // it tries again
  });

  it('earns it time for its retry, five times', () => {
    const failures = Array.from({ length: 7 }, () => fact.wordFailed);
    expect(fold([...six, ...failures])).toMatchObject({ failures: 7, since: time(six.length + 4) });
  });

  it('of a whole pass, named by its last file, counts after a failure only for what was delivered since', () => {
    const ofPass: Fact = { kind: 'word', step: 'resync', outcome: 'successful', purpose: 'handOff' };
    const failed = [...six, fact.wordFailed];
    expect(after(...failed, ofPass)).toMatchObject({ verdict: 'fail', proven: 'lease delivery' });
    expect(after(...failed, fact.deviceAsked, fact.deviceDelivered, ofPass)).toMatchObject({
      verdict: 'pending',
      proven: 'lease delivery word',
    });
    expect(after(...failed, fact.deviceDelivered, fact.wordFailed, ofPass)).toMatchObject({ verdict: 'fail', proven: 'lease delivery' });
  });
});

describe('a read-back', () => {
  it('before a delivery, or after the hand-off was delivered, proves nothing', () => {
    expect(after(...six.slice(0, 5), fact.readBack).proven).toBe('lease');
    expect(after(...six, fact.word, fact.handOffDelivered, fact.readBack).proven).toBe('lease delivery word readBack');
    expect(after(...proven, fact.handOffDelivered, fact.markerDiffers).verdict).toBe('pending');
  });

  it.each([
    ['the marker', fact.markerDiffers, 'phone.marker-differs'],
    ['a parameter', fact.parameterDiffers, 'phone.parameter-differs'],
  ])('in which %s differs is trouble until the phone says it has applied the file, then a failure', (_, differs, code) => {
    expect(after(...six, differs).verdict).toBe('pending');
    expect(problemOf(fold([...six, differs]))?.code).toBe('readBack.not-yet');
    const failed = [...proven, differs];
    expect(after(...failed)).toMatchObject({ verdict: 'fail', proven: 'lease delivery word' });
    expect(problemOf(fold(failed))?.code).toBe(code);
    expect(after(...failed, fact.readBack)).toEqual(after(...proven));
  });

  it('that was refused says why, and proves nothing', () => {
    const device = fold([...six, fact.word, fact.readBackFailed, fact.overdue]);
    expect([verdictOf(device).kind, problemOf(device)]).toEqual([
      'unverified',
      { code: 'readBack.unauthorized', params: { stage: 'device', status: 401 } },
    ]);
  });
});

describe('a hand-off', () => {
  it('counts only for a proven phone', () => {
    expect(after(...six, fact.handOffDelivered, fact.handOffRead).proven).toBe('lease delivery');
    expect(after(...proven, fact.handOffRead).proven).toBe('lease delivery word readBack');
  });

  it('with bench values left is not one', () => {
    expect(after(...proven, fact.handOffDelivered, fact.handOffIncomplete).verdict).toBe('pending');
    expect(problemOf(fold([...proven, fact.handOffDelivered, fact.handOffIncomplete]))?.params).toMatchObject({ left: 'Syslog_Server' });
    expect(after(...proven, fact.handOffDelivered, fact.handOffIncomplete, fact.handOffRead).verdict).toBe('pass');
  });

  it('is proven by its delivery where it ends the reading', () => {
    const mute: Fact = { ...fact.bound, terms: { readableAfter: false, leavesBench: true } };
    expect(after(mute, ...proven.slice(1), fact.handOffDelivered).verdict).toBe('pass');
  });
});

describe('what speaks against a phone', () => {
  it.each([
    ['wrong image', fact.wrongImage, 'phone.wrong-image'],
    ['another model by its own word', fact.otherModel, 'phone.other-model'],
    ['a second phone with its MAC', fact.secondPhone, 'phone.second-phone-with-this-mac'],
  ])('%s: it fails and nothing more is waited for', (_, contrary, code) => {
    const device = fold([...proven, contrary]);
    expect([verdictOf(device).kind, problemOf(device)?.code, isSettled(device)]).toEqual(['fail', code, true]);
  });

  it('is not the model in the name of a file it tries', () => {
    expect(after(...proven, fact.otherModelByName)).toEqual(after(...proven));
  });

  it('of a wrong image stays, whatever comes after', () => {
    expect(problemOf(fold([...six, fact.wrongImage, fact.wordFailed, fact.word, fact.secondPhone]))?.code).toBe('phone.wrong-image');
  });
});

describe('time that is up', () => {
  it('fails a phone that never took its file, and leaves one unproven that did', () => {
    expect(after(...six.slice(0, 3), fact.overdue).verdict).toBe('fail');
    expect(after(...six, fact.overdue).verdict).toBe('unverified');
  });

  it('is forgiven once the phone comes a step further, and begins anew then', () => {
    expect(after(...six, fact.overdue, fact.word, fact.readBack)).toMatchObject({ state: 'handOff', verdict: 'pending' });
    expect(fold(six)).toMatchObject({ since: time(5), overdue: false });
  });
});

it('a row given to a phone makes all it took without it void', () => {
  expect(after(...six, { ...fact.bound, row: 9 }).proven).toBe('lease');
});

it('a broken transfer is told until the file has come after all', () => {
  const broken = [...six.slice(0, 5), fact.deviceBroken];
  expect(problemOf(fold(broken))).toEqual({ code: 'file.reset', params: { path: '/device.xml' } });
  expect(problemOf(fold([...broken, fact.deviceDelivered]))).toBeNull();
});

it('facts of the bench itself do not count as having seen the phone', () => {
  const own: readonly Fact[] = [fact.bound, fact.overdue, fact.readBackFailed, { kind: 'resyncAsked', stage: 'handOff', ok: false }];
  expect(fold(own).lastSeen).toBeNull();
  expect(fold([]).lastSeen).toBe(newDevice(mac, time(0)).lastSeen);
});

describe('a phone that is given a key first', () => {
  const keyed = [...proven.slice(0, 4), fact.keyAsked, fact.keyDelivered] as const;

  it('has proven nothing by that, whatever it says of it', () => {
    expect(after(...keyed, fact.wordOfKey, fact.readBack)).toEqual({ state: 'bootstrap', verdict: 'pending', proven: 'lease' });
    expect(after(...keyed, fact.deviceAsked, fact.deviceDelivered, fact.wordOfKey).proven).toBe('lease delivery');
    expect(after(...keyed, ...proven.slice(4)).state).toBe('handOff');
  });

  it('is given it anew after a revision, which may encrypt otherwise', () => {
    expect(fold([...keyed, { ...fact.bound, revision: 2 }]).installed).toBeUndefined();
  });

  it('keeps it over a restart, and is given it anew when it does not know where its files lie', () => {
    expect(fold(keyed).installed).toBe(time(5));
    expect(fold([...keyed, fact.rebooted]).installed).toBe(time(5));
    const lost = fold([...keyed, fact.keyless]);
    expect([lost.installed, problemOf(lost)?.code]).toEqual([undefined, 'file.other-directory']);
    const again = fold([...keyed, fact.keyless, fact.keyDelivered]);
    expect([again.installed, problemOf(again)]).toEqual([time(7), null]);
  });
});
