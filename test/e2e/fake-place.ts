/** Interfaces and what the doctor says of them, made up. */
import type { Output } from '../../engine/contract/calls.js';

type Check = Output<'doctor.run'>[number];
type Interface = Output<'interfaces.list'>[number];

const keyFile = '/home/bench/.config/benchtone/key';

export function checks(trouble: boolean): Check[] {
  const port = (name: string, protocol: string, number: number): Check => ({
    id: `port.${name}`,
    state: 'ok',
    code: 'port.free',
    params: { protocol, port: number },
  });
  return [
    { id: 'data', state: 'ok', code: 'data.usable', params: { folder: '/home/bench/.local/share/benchtone' } },
    trouble
      ? { id: 'key', state: 'warn', code: 'key.readable-by-others', params: { file: keyFile } }
      : { id: 'key', state: 'ok', code: 'key.usable', params: { file: keyFile } },
    { id: 'interface', state: 'ok', code: 'interface.ready', params: { interface: 'enp3s0', address: '192.168.77.1/24' } },
    { id: 'default-route', state: 'ok', code: 'interface.no-default-route', params: {} },
    { id: 'wifi', state: 'ok', code: 'interface.wired', params: {} },
    { id: 'vpn', state: 'ok', code: 'interface.no-vpn', params: {} },
    { id: 'overlap', state: 'ok', code: 'interface.no-overlap', params: {} },
    port('dhcp', 'udp', 67),
    trouble
      ? { id: 'port.tftp', state: 'stop', code: 'port.taken', params: { protocol: 'udp', port: 69, holder: 'in.tftpd (812)' } }
      : port('tftp', 'udp', 69),
    port('http', 'tcp', 80),
    port('syslog', 'udp', 514),
    trouble
      ? { id: 'foreign-dhcp', state: 'stop', code: 'dhcp.foreign', params: { address: '192.168.77.254', mac: '0a1b2c3d4e5f' } }
      : { id: 'foreign-dhcp', state: 'ok', code: 'dhcp.alone', params: {} },
  ];
}

/** With trouble there is no cable to the bench, only what must not be used. */
export function interfaces(trouble: boolean): Interface[] {
  const wired: Interface = {
    name: 'enp3s0',
    address: '192.168.77.1',
    prefix: 24,
    proposed: true,
    checks: [{ id: 'wifi', state: 'ok', code: 'interface.wired', params: {} }],
  };
  const office: Interface = {
    name: 'eno1',
    address: '10.1.20.57',
    prefix: 16,
    proposed: false,
    checks: [{ id: 'default-route', state: 'stop', code: 'interface.default-route', params: { interface: 'eno1' } }],
  };
  const wifi: Interface = {
    name: 'wlp2s0',
    address: '172.16.4.9',
    prefix: 20,
    proposed: false,
    checks: [{ id: 'wifi', state: 'stop', code: 'interface.wifi', params: { interface: 'wlp2s0' } }],
  };
  return trouble ? [office, wifi] : [wired, office, wifi];
}

/** The bench's port, with its switch off. */
export const unready: Check[] = [{ id: 'interface', state: 'warn', code: 'interface.no-cable', params: { interface: 'enp3s0' } }];
