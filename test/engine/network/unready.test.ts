import { describe, expect, it } from 'vitest';
import { readSystem } from '../../../engine/network/interface-facts.js';
import { unreadyInterfaces } from '../../../engine/network/unready.js';

/** Files below /sys/class/net, by interface. */
function system(interfaces: Readonly<Record<string, Readonly<Record<string, string>>>>): (path: string) => string | undefined {
  return (path) => {
    const [, name = '', file = ''] = /^\/sys\/class\/net\/([^/]+)\/(.+)$/.exec(path) ?? [];
    return interfaces[name]?.[file];
  };
}

const card = { type: '1\n', device: '', flags: '0x1003\n' };

describe('ports that no bench can stand on yet', () => {
  it('are told with what each lacks, and nothing that is made of software', () => {
    const interfaces = {
      eth0: { ...card, carrier: '1\n' },
      eth1: { ...card, carrier: '0\n' },
      eth2: { ...card, flags: '0x1002\n' },
      eth3: { ...card, carrier: '1\n' },
      veth1: { type: '1\n', ifindex: '5\n', iflink: '6\n', flags: '0x1003\n', carrier: '0\n' },
      docker0: { type: '1\n', bridge: '', flags: '0x1003\n', carrier: '0\n' },
      lo: { type: '772\n', flags: '0x9\n', carrier: '1\n' },
      tun0: { type: '65534\n', tun_flags: '0x1\n', flags: '0x1002\n' },
    };
    const places = [{ interface: 'eth0', address: '10.0.0.1', prefix: 24 }];
    const found = unreadyInterfaces(places, Object.keys(interfaces), system(interfaces));
    expect(found.map(({ state, code, params }) => `${state} ${code} ${params['interface']}`)).toEqual([
      'warn interface.no-cable eth1',
      'warn interface.switched-off eth2',
      'warn interface.without-address eth3',
      'warn interface.no-cable veth1',
    ]);
  });

  it('are none where every interface has a place', () => expect(unreadyInterfaces([], [])).toEqual([]));

  it('are told from software by a folder that only cards have', () => {
    expect([readSystem('/sys'), readSystem('/sys/no-such-thing')]).toEqual(['', undefined]);
  });
});
