/** What kind of network an interface is on, from recorded looks at machines of all three systems: a row per interface, as people would say it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../engine/network/commands.js';
import { darwinFacts } from '../../../engine/network/facts/darwin.js';
import type { FactsOf } from '../../../engine/network/facts/facts.js';
import { linuxFacts } from '../../../engine/network/facts/linux.js';
import { windowsFacts } from '../../../engine/network/facts/windows.js';
import { readFacts } from '../../../engine/network/interface-facts.js';

const text = (...path: string[]): string => readFileSync(join(import.meta.dirname, 'fixtures', ...path), 'utf8');

/** Every file of a recorded /proc and /sys: `@path`, then its text; a folder has none. */
function recorded(name: string): FactsOf {
  const files = new Map<string, string>();
  for (const part of text('linux', `${name}.txt`).split(/^@/m).slice(1)) {
    const [path = '', ...lines] = part.split('\n');
    files.set(path, lines.join('\n'));
  }
  return linuxFacts((path) => files.get(path));
}

const darwin = (name: string): FactsOf => {
  const of = (kind: string): string => text('darwin', `${name}.${kind}.txt`);
  return darwinFacts({ hardwarePorts: of('ports'), netstat: of('netstat'), route: of('route'), nwi: of('nwi'), ifconfig: of('ifconfig') });
};

const windows = (name: string): FactsOf => windowsFacts(text('win32', `${name}.json`));

/** `leads away, radio, tunnel, made by Docker`: what speaks against an interface; empty for a card that is fit for a bench. */
function told(of: FactsOf, name: string): string {
  const { defaultRoute, wifi, vpn, virtual } = of(name);
  const said = [
    defaultRoute === true ? 'away' : '',
    wifi === true ? 'radio' : '',
    vpn === true ? 'tunnel' : '',
    virtual === false ? '' : virtual,
  ];
  const unknown = [defaultRoute, wifi, vpn].includes('unknown') ? '?' : '';
  return [...said, unknown].filter(Boolean).join(' ');
}

const table = (of: FactsOf, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, told(of, name)]));

const expected: readonly (readonly [string, FactsOf, Readonly<Record<string, string>>])[] = [
  [
    'a Linux laptop with a dock',
    recorded('laptop-with-dock'),
    { enp0s31f6: '', wlp3s0: 'away radio', wwan0: 'radio', docker0: 'Docker', veth9f3a21c: 'veth', enx00e04c680123: '' },
  ],
  [
    'Linux with VPNs up',
    recorded('vpn-up'),
    { enp2s0: 'away', enp3s0: '', tun0: 'away tunnel software', wg0: 'tunnel software', ppp0: 'tunnel software' },
  ],
  [
    'a Linux host of virtual machines',
    recorded('vm-host'),
    {
      eno1: '',
      eno2: '',
      br0: 'away bridge',
      virbr0: 'libvirt',
      vnet0: 'tunnel TAP',
      'br-4f1d2a90bc37': 'Docker',
      'eno2.40': '',
      bond0: '',
      vmnet8: 'VMware',
      dummy0: 'software',
    },
  ],
  ['Linux within Windows', recorded('wsl'), { eth0: 'away WSL' }],
  [
    'a MacBook with a dock',
    darwin('laptop-with-dock'),
    { en0: 'away radio', en7: '', en4: '', en9: 'away software', bridge0: 'bridge', utun0: 'tunnel software', awdl0: 'software' },
  ],
  [
    'a Mac with VPNs up',
    darwin('vpn-up'),
    { en0: 'away', en1: 'radio', utun4: 'away tunnel software', ipsec0: 'tunnel software', ppp0: 'tunnel software' },
  ],
  ['a Mac with virtual machines', darwin('vm-host'), { en0: 'away', bridge100: 'bridge', vmenet0: 'software', vmnet8: 'VMware' }],
  [
    'a Windows laptop with a dock',
    windows('laptop-with-dock'),
    {
      'Wi-Fi': 'away radio',
      'Ethernet 3': '',
      Cellular: 'radio',
      'Bluetooth Network Connection': 'software',
      'Local Area Connection* 10': 'tunnel software',
    },
  ],
  [
    'Windows with VPNs up',
    windows('vpn-up'),
    {
      Ethernet: 'away',
      'Ethernet 2': '',
      'OpenVPN TAP-Windows6': 'away tunnel TAP',
      office: 'tunnel software',
      'Ethernet 5': 'tunnel software',
    },
  ],
  [
    'a Windows host of virtual machines',
    windows('vm-host'),
    {
      'vEthernet (Default Switch)': 'Hyper-V',
      'vEthernet (WSL (Hyper-V firewall))': 'WSL',
      'VMware Network Adapter VMnet8': 'VMware',
      'VirtualBox Host-Only Network': 'VirtualBox',
      Ethernet: 'away',
      Bench: '',
    },
  ],
  [
    'a Japanese Windows',
    windows('japanese'),
    {
      イーサネット: 'away',
      'イーサネット 2': '',
      'ワイヤレス ネットワーク接続': 'radio',
      'ローカル エリア接続* 1': 'radio software',
      会社: 'tunnel software',
    },
  ],
];

describe('what kind of network an interface is on', () => {
  it.each(expected)('%s', (_what, of, wanted) => {
    expect(table(of, Object.keys(wanted))).toEqual(wanted);
  });

  it('is unknown where the system says nothing of it', async () => {
    const silent: Ask = () => Promise.resolve({ status: null, output: '', error: '' });
    const place = { interface: 'en0', address: '10.0.0.1', prefix: 24 };
    for (const platform of ['darwin', 'win32', 'freebsd'])
      expect((await readFacts(platform, silent))(place)).toMatchObject({ defaultRoute: 'unknown', wifi: 'unknown', virtual: 'unknown' });
    expect(windowsFacts('null')('x').wifi).toBe('unknown');
    expect(windowsFacts('{"adapters":{"Name":"only","ifIndex":3,"HardwareInterface":true},"routes":{"ifIndex":3}}')('only')).toMatchObject({
      defaultRoute: true,
      virtual: false,
    });
  });

  it('is asked of the programs of the system', async () => {
    const asked: string[] = [];
    const ask: Ask = (program, args) => {
      asked.push([program, ...args].join(' ').slice(0, 40));
      return Promise.resolve({ status: 0, output: text('win32', 'japanese.json'), error: '' });
    };
    const facts = await readFacts('win32', ask);
    expect(facts({ interface: 'イーサネット', address: '192.168.0.7', prefix: 24 })).toMatchObject({ defaultRoute: true, loopback: false });
    await readFacts('darwin', ask);
    expect(asked).toEqual(
      [
        'powershell.exe -NoProfile -NonInteractive',
        'networksetup -listallhardwareports',
        'netstat -rn',
        'route -n get default',
        'scutil --nwi',
        'ifconfig',
      ].map((each) => expect.stringContaining(each.slice(0, 40))),
    );
  });

  it('survives whatever programs say', () => {
    const anything = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(anything, anything, fc.string(), (a, b, name) => {
        const texts = { hardwarePorts: a, netstat: b, route: a, nwi: b, ifconfig: a };
        for (const of of [darwinFacts(texts), windowsFacts(a), linuxFacts(() => b)]) expect(of(name)).toHaveProperty('virtual');
      }),
    );
  });
});
