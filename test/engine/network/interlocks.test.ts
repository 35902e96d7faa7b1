import { describe, expect, it } from 'vitest';
import { parseNeighbours } from '../../../engine/network/arp.js';
import { examine } from '../../../engine/network/doctor.js';
import { probeForeignDhcp } from '../../../engine/network/foreign-dhcp.js';
import type { InterfaceFacts } from '../../../engine/network/facts/facts.js';
import { defaultRouteCarriers } from '../../../engine/network/facts/linux.js';
import { readFacts } from '../../../engine/network/interface-facts.js';
import { checkForeign, checkInterface, checkOverlap, refusingInterlock } from '../../../engine/network/interlocks.js';
import { listPlaces } from '../../../engine/network/places.js';
import { systemClock } from '../../../engine/services/service.js';
import { mac } from '../protocols/dhcp/packets.js';

const loopback = listPlaces().find((place) => place.address === '127.0.0.1')!;
const bench: InterfaceFacts = { interface: 'eth1', loopback: false, defaultRoute: false, wifi: false, vpn: false, virtual: false };
const states = (facts: InterfaceFacts, intent: Parameters<typeof checkInterface>[1]) =>
  checkInterface(facts, intent).map(({ state, code }) => `${state} ${code}`);

describe('the interlocks of an interface', () => {
  it('let a bench be', () => {
    expect(states(bench, { dhcp: true })).toEqual([
      'ok interface.no-default-route',
      'ok interface.wired',
      'ok interface.no-vpn',
      'ok interface.real',
    ]);
  });

  it('stop own DHCP on the way to everywhere else, on Wi-Fi and on a VPN', () => {
    const office = { ...bench, defaultRoute: true, wifi: true, vpn: true };
    expect(states(office, { dhcp: true })).toEqual([
      'stop interface.default-route',
      'stop interface.wifi',
      'stop interface.vpn',
      'ok interface.real',
    ]);
    expect(states(office, { dhcp: true, despite: 'eth0' })[0]).toBe('stop interface.default-route');
    expect(states(office, { dhcp: true, despite: 'eth1' })[0]).toBe('warn interface.default-route');
    expect(states(office, { dhcp: false })[0]).toBe('ok interface.default-route');
  });

  it('warn of an interface made of software', () => {
    const bridge = { ...bench, interface: 'docker0', virtual: 'Docker' } as const;
    expect(checkInterface(bridge, { dhcp: true }).at(-1)).toEqual({
      id: 'virtual',
      state: 'warn',
      code: 'interface.virtual',
      params: { interface: 'docker0', maker: 'Docker' },
    });
  });

  it('warn of what the system cannot tell', () => {
    expect(states({ ...bench, defaultRoute: 'unknown', wifi: 'unknown' }, { dhcp: true })).toEqual([
      'warn interface.default-route-unknown',
      'warn interface.wifi-unknown',
      'ok interface.no-vpn',
      'ok interface.real',
    ]);
  });

  it('do not stop loopback, and there no foreign server can be', async () => {
    expect((await readFacts())(loopback)).toMatchObject({ loopback: true, defaultRoute: false });
    expect(await probeForeignDhcp(loopback, { clock: systemClock })).toEqual({ ok: true, value: [] });
    expect(await refusingInterlock(loopback, { clock: systemClock })).toBeUndefined();
  });

  it('warn of another interface in the same network', () => {
    const place = { interface: 'eth1', address: '10.0.0.1', prefix: 24 };
    const other = { interface: 'wlan0', address: '10.1.2.3', prefix: 8 };
    expect(checkOverlap(place, [place, other])).toMatchObject({
      state: 'warn',
      code: 'interface.overlap',
      params: { interface: 'eth1', address: '10.0.0.1/24', other: 'wlan0', otherAddress: '10.1.2.3/8' },
    });
    expect(checkOverlap(place, [place, { ...other, prefix: 16 }]).state).toBe('ok');
  });

  it('stop where another server answered', () => {
    expect(checkForeign([])).toMatchObject({ state: 'ok', code: 'dhcp.alone' });
    expect(checkForeign([{ address: '10.0.0.254', mac: mac('00562b043615') }])).toMatchObject({
      state: 'stop',
      code: 'dhcp.foreign',
      params: { address: '10.0.0.254', mac: '00562b043615' },
    });
  });
});

describe('the tables of the system', () => {
  it('tell who carries a default route, of either family', () => {
    const route = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000080\t0\t0\t0
wlan0\t00000000\t0101A8C0\t0002\t0\t0\t100\t00000000\t0\t0\t0
`;
    const zero = '0'.repeat(32);
    const ipv6 = `${zero} 00 ${zero} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00450003     eth2
${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200       lo
`;
    expect([...defaultRouteCarriers(route, ipv6)]).toEqual(['eth0', 'eth2']);
    expect([...defaultRouteCarriers('', '')]).toEqual([]);
  });

  it('tell which MAC is behind an address', () => {
    const table = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.20     0x1         0x2         00:56:2b:04:36:15     *        eth1
192.168.1.21     0x1         0x0         00:00:00:00:00:00     *        eth1
192.168.1.22     0x1         0x2         00:56:2b:04:36:16     *        eth0
`;
    expect([...parseNeighbours(table)]).toEqual([
      ['192.168.1.20', '00562b043615'],
      ['192.168.1.22', '00562b043616'],
    ]);
    expect([...parseNeighbours(table, 'eth1').keys()]).toEqual(['192.168.1.20']);
    expect(parseNeighbours('nonsense\nx').size).toBe(0);
  });
});

describe('doctor', () => {
  it('examines interface, network and ports, and opens nothing for good', async () => {
    const options = { ports: { dhcp: 0, tftp: 0, http: 0, syslog: 0 }, probe: true, clock: systemClock, address: '127.0.0.1' };
    const checks = await examine([loopback.interface, 'bt-none'], options);
    expect(checks.map(({ id, state }) => `${state} ${id}`)).toEqual([
      'ok interface',
      'ok default-route',
      'ok wifi',
      'ok vpn',
      'warn virtual',
      'ok overlap',
      'ok port.dhcp',
      'ok port.tftp',
      'ok port.http',
      'ok port.syslog',
      'ok foreign-dhcp',
      'stop interface',
    ]);
  });
});
