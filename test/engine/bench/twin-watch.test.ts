import { describe, expect, it } from 'vitest';
import { Neighbours, watchTwins } from '../../../engine/bench/twin-watch.js';
import type { Mac } from '../../../engine/contract/mac.js';
import type { Observation } from '../../../engine/contract/observation.js';
import { type Device, newDevice } from '../../../engine/roster/device.js';
import { HandClock } from '../services/hand-clock.js';

const mac = '00562b000001' as Mac;
const place = { interface: 'eth1', address: '10.0.0.1', prefix: 24 };

/** Lets time pass, and what was begun by then come to its end. */
async function pass(clock: HandClock, ms: number): Promise<void> {
  clock.pass(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

function deviceAt(address: string | null, lastSeen: string | null, more: Partial<Device> = {}): Device {
  return { ...newDevice(mac, '2026-01-01T00:00:00.000Z'), address, lastSeen, ...more };
}

describe('the watch for two phones with one MAC', () => {
  it('asks at the addresses of phones that were seen lately, and says what it found', async () => {
    const clock = new HandClock();
    const at = clock.now().toISOString();
    const known = { kind: 'second-phone-with-this-mac', params: {} } as const;
    const seen: Observation[] = [];
    const asked: (readonly string[])[] = [];
    const devices = [
      deviceAt('10.0.0.5', at),
      deviceAt('10.0.0.6', '2020-01-01T00:00:00.000Z'),
      deviceAt(null, at),
      deviceAt('10.0.0.7', at, { contradiction: known }),
    ];
    const stop = watchTwins({
      place,
      clock,
      devices: () => devices,
      observe: (each) => seen.push(each),
      find: async (_place, _clock, addresses) => (
        asked.push(addresses),
        new Map([
          ['10.0.0.5', mac],
          ['10.0.0.7', mac],
        ])
      ),
    });
    await pass(clock, 10_000);
    expect(asked).toEqual([['10.0.0.5']]);
    expect(seen.map(({ sender, fact }) => ({ sender, fact }))).toEqual([
      { sender: { mac, address: '10.0.0.5' }, fact: { kind: 'secondPhone', addresses: ['10.0.0.5'] } },
    ]);
    await pass(clock, 10_000);
    expect(asked).toHaveLength(2);
    stop();
    await pass(clock, 60_000);
    expect(asked).toHaveLength(2);
  });

  it('has nothing to do on loopback', async () => {
    const clock = new HandClock();
    const loopback = { interface: 'lo', address: '127.0.0.1', prefix: 8 };
    const find = () => Promise.reject(new Error('asked'));
    watchTwins({ place: loopback, clock, devices: () => [], observe: () => undefined, find })();
    await pass(clock, 60_000);
  });
});

describe('without own DHCP', () => {
  /** Hears the addresses one second after the other; gives the kinds of what follows. */
  function heard(addresses: readonly string[], everyMs = 1_000) {
    const seen: Observation[] = [];
    let device: Device | undefined;
    const neighbours = new Neighbours({
      neighbour: (address) => (address === '10.0.0.99' ? undefined : mac),
      device: () => device,
      observe(observation) {
        seen.push(observation);
        if (observation.fact.kind === 'arpSeen') device = deviceAt(observation.fact.address, observation.at);
      },
    });
    addresses.forEach((address, i) => neighbours.note(address, new Date(i * everyMs)));
    return seen.map(({ fact }) => (fact.kind === 'secondPhone' || fact.kind === 'arpSeen' ? [fact.kind, fact] : []));
  }

  it('a phone is where the ARP table says, and may move', () => {
    expect(heard(['10.0.0.5', '10.0.0.5', '10.0.0.99', '10.0.0.6'])).toEqual([
      ['arpSeen', { kind: 'arpSeen', address: '10.0.0.5' }],
      ['arpSeen', { kind: 'arpSeen', address: '10.0.0.6' }],
    ]);
    expect(heard(['10.0.0.5', '10.0.0.6', '10.0.0.5', '10.0.0.6'], 90_000).flat()).not.toContain('secondPhone');
  });

  it('one MAC that speaks from two addresses in turn is two phones', () => {
    const kinds = heard(['10.0.0.5', '10.0.0.6', '10.0.0.5', '10.0.0.6']);
    expect(kinds.find(([kind]) => kind === 'secondPhone')?.[1]).toEqual({ kind: 'secondPhone', addresses: ['10.0.0.5', '10.0.0.6'] });
  });
});
