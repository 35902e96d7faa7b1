/** Which interface is proposed, and in what order they are shown. */
import { describe, expect, it } from 'vitest';
import type { InterfaceFacts } from '../../../engine/network/facts/facts.js';
import { listInterfaces } from '../../../engine/desk/interfaces.js';
import type { Place } from '../../../engine/network/places.js';

type Wish = Partial<InterfaceFacts> & { readonly address?: string };

/** Interfaces by name; each a wired card with a private address unless said otherwise. */
function listed(wishes: Readonly<Record<string, Wish>>) {
  const places: Place[] = Object.entries(wishes).map(([name, { address }], i) => ({
    interface: name,
    address: address ?? `192.168.${70 + i}.1`,
    prefix: 24,
  }));
  return listInterfaces(places, ({ interface: name, address }) => {
    const { address: _address, ...facts } = wishes[name] ?? {};
    const card = { defaultRoute: false, wifi: false, vpn: false, virtual: false } as const;
    return { interface: name, loopback: address.startsWith('127.'), ...card, ...facts };
  });
}

describe('interfaces', () => {
  it('proposes the wired one that leads nowhere, and puts loopback last', () => {
    const all = listed({
      lo: { address: '127.0.0.1' },
      eth0: { defaultRoute: true },
      wlan0: { wifi: true },
      eth1: {},
      tun0: { vpn: true },
    });
    expect(all.map(({ name, proposed }) => [name, proposed])).toEqual([
      ['eth1', true],
      ['eth0', false],
      ['wlan0', false],
      ['tun0', false],
      ['lo', false],
    ]);
    const stops = all.map(({ name, checks }) => [name, checks.find(({ state }) => state === 'stop')?.code]);
    expect(stops).toEqual([
      ['eth1', undefined],
      ['eth0', 'interface.default-route'],
      ['wlan0', 'interface.wifi'],
      ['tun0', 'interface.vpn'],
      ['lo', undefined],
    ]);
  });

  it('proposes a card rather than what software made, and never a bridge of containers', () => {
    expect(listed({ docker0: { virtual: 'Docker' }, veth1: { virtual: 'veth' }, eth1: {} })[0]).toMatchObject({
      name: 'eth1',
      proposed: true,
    });
    expect(listed({ docker0: { virtual: 'Docker' }, veth1: { virtual: 'veth' } })[0]).toMatchObject({ name: 'veth1', proposed: true });
    expect(listed({ docker0: { virtual: 'Docker' } }).map(({ proposed }) => proposed)).toEqual([false]);
  });

  it('proposes none that nobody has given an address, and none with a public one', () => {
    expect(listed({ eth1: { address: '169.254.3.4' }, eth2: { address: '203.0.113.5' } }).filter(({ proposed }) => proposed)).toEqual([]);
  });

  it('proposes one of which nobody can tell where it leads, and says so', () => {
    const [only] = listed({ en5: { defaultRoute: 'unknown', wifi: 'unknown' } });
    expect(only?.proposed).toBe(true);
    expect(only?.checks.filter(({ state }) => state === 'warn').map(({ code }) => code)).toEqual([
      'interface.default-route-unknown',
      'interface.wifi-unknown',
    ]);
  });
});
