/** What a running bench knows when one looks closer, made up: leases, options, messages, syslog lines, settings of a site. */
import type { DeviceRow, Output } from '../../engine/contract/calls.js';
import { hostileTexts, startOfJob } from './fake-phones.js';

type Message = Output<'phone.messages'>['messages'][number];
type Lease = Output<'dhcp.lookup'>['leases'][number];

const bench = '192.168.77.1';
const later = (milliseconds: number): string => new Date(startOfJob + milliseconds).toISOString();

/** Finds by any part of an address, a MAC however it is written, or a name; as the engine does. */
export function lookUp(devices: readonly DeviceRow[], query: string, trouble: boolean): Output<'dhcp.lookup'> {
  const sought = query.trim().toLowerCase();
  const bare = sought.replaceAll(/[:.\- ]/g, '');
  const leases = devices.flatMap((device, index): Lease[] => {
    const { address, mac, row, name, model } = device;
    if (address === null) return [];
    return [{ mac, address, row, name, model, state: stateAt(index, trouble), until: later(3_600_000 + index * 1700) }];
  });
  const found = leases.filter(
    ({ address, mac, name }) =>
      address.includes(sought) || (/^[0-9a-f]+$/.test(bare) && mac.includes(bare)) || (name ?? '').toLowerCase().includes(sought),
  );
  const [leased, setAside] = [leases.length, trouble ? 6 : 0];
  const size = trouble ? leased + setAside + 3 : 241;
  const pool = {
    first: '192.168.77.10',
    last: '192.168.77.250',
    size,
    leased,
    checking: trouble ? 1 : 2,
    setAside,
    free: size - leased - setAside,
  };
  return { leases: found.slice(0, 500), pool };
}

function stateAt(index: number, trouble: boolean): Lease['state'] {
  if (!trouble) return index % 13 === 12 ? 'offered' : 'active';
  return (['active', 'active', 'declined', 'lapsed', 'conflict', 'offered'] as const)[index % 6] ?? 'active';
}

export function explained({ row, address }: DeviceRow): Output<'dhcp.explain'> {
  if (row === null) return { serve: { code: 'serve.unlisted', params: {} }, address: null, options: [] };
  const given = (code: number, hex: string, text: string, why: string): Output<'dhcp.explain'>['options'][number] => ({
    code,
    hex,
    text,
    why: { code: `option.${why}`, params: {} },
  });
  const url = 'http://192.168.77.1';
  const urlHex = Buffer.from(url).toString('hex');
  return {
    serve: { code: 'serve.yes', params: {} },
    address,
    options: [
      given(53, '05', 'ACK', 'protocol'),
      given(54, 'c0a84d01', bench, 'protocol'),
      given(51, '00000e10', '3600', 'protocol-asked'),
      given(1, 'ffffff00', '255.255.255.0', 'protocol-asked'),
      given(66, urlHex, url, 'pack-asked'),
      given(160, urlHex, url, 'pack'),
      given(150, 'c0a84d01', bench, 'pack-asked'),
      given(42, 'c0a84d01', bench, 'recipe-asked'),
      given(132, '3230', '20', 'recipe'),
      given(43, '0a0b'.repeat(80), '0a 0b …', 'recipe'),
      given(61, '0100562b043615', '01 00 56 2b 04 36 15', 'echo'),
    ],
  };
}

/** A conversation of so many messages; what hostile phones say stands in it where the phone is one. */
export function conversation({ mac, address }: DeviceRow, length: number, isHostile: boolean): Output<'phone.messages'> {
  const phone = address ?? '0.0.0.0';
  const scenes: readonly Omit<Message, 'seq' | 'at'>[] = [
    said(
      'dhcp',
      'in',
      '0.0.0.0:68',
      '255.255.255.255:67',
      '',
      { type: 'DISCOVER', address: '' },
      {
        'option 53': 'DISCOVER (1)',
        'option 61': `01${mac}`,
        'option 60': 'Cisco IP Phone 8851-3PCC',
        'option 55': '1, 3, 6, 15, 42, 66, 150, 159, 160, 43, 125',
      },
    ),
    said(
      'dhcp',
      'out',
      `${bench}:67`,
      '255.255.255.255:68',
      '',
      { type: 'OFFER', address: phone },
      {
        'option 53': 'OFFER (2)',
        'Your address': phone,
        'option 54': bench,
        'option 66': 'http://192.168.77.1',
      },
    ),
    said(
      'dhcp',
      'in',
      '0.0.0.0:68',
      '255.255.255.255:67',
      '',
      { type: 'REQUEST', address: '' },
      { 'option 53': 'REQUEST (3)', 'option 50': phone },
    ),
    said(
      'dhcp',
      'out',
      `${bench}:67`,
      '255.255.255.255:68',
      '',
      { type: 'ACK', address: phone },
      {
        'option 53': 'ACK (5)',
        'Your address': phone,
        'option 51': '3600',
      },
    ),
    said(
      'http',
      'in',
      `${phone}:49152`,
      `${bench}:80`,
      '.request',
      { method: 'GET', path: `/device/${mac}.xml` },
      {
        Request: `GET /device/${mac}.xml HTTP/1.1`,
        'User-Agent': isHostile ? hostileTexts.long : 'Cisco-CP-8851-3PCC/12.0.4 (00562b043615)',
        Authorization: '********',
        Host: isHostile ? hostileTexts.bidi : bench,
      },
    ),
    said('http', 'out', `${bench}:80`, `${phone}:49152`, '.answer', { status: 200 }, { Status: '200 OK', 'Content-Length': '8231' }),
    said(
      'tftp',
      'in',
      `${phone}:50211`,
      `${bench}:69`,
      '.read',
      { file: '/sip88xx.loads' },
      {
        File: '/sip88xx.loads',
        Mode: 'octet',
        blksize: '1428',
      },
    ),
    said('tftp', 'out', `${bench}:38110`, `${phone}:50211`, '.options', {}, { blksize: '1428', tsize: '512' }),
    said(
      'syslog',
      'in',
      `${phone}:514`,
      `${bench}:514`,
      '',
      { text: isHostile ? hostileTexts.script : 'Successful resync' },
      {
        Priority: '134 (local0, info)',
        Text: isHostile ? hostileTexts.control : `8851-3PCC ${mac} -- Successful resync http://192.168.77.1/device/${mac}.xml`,
      },
    ),
  ];
  const messages = Array.from({ length }, (_, index) => {
    const scene = scenes[index % scenes.length];
    return scene === undefined ? [] : [{ ...scene, seq: index + 41, at: later(index * 700) }];
  }).flat();
  return { messages, forgotten: isHostile ? 40 : 0 };
}

function said(
  protocol: Message['protocol'],
  direction: Message['direction'],
  from: string,
  to: string,
  kind: string,
  params: Message['summary']['params'],
  fields: Readonly<Record<string, string>>,
): Omit<Message, 'seq' | 'at'> {
  return {
    protocol,
    direction,
    from,
    to,
    summary: { code: `message.${protocol}${kind}`, params },
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
  };
}

export function syslogLines(devices: readonly DeviceRow[], mac: string | null, limit: number, trouble: boolean): Output<'syslog.lines'> {
  const speaking = devices.filter((device) => device.address !== null && (mac === null || device.mac === mac));
  const texts = [
    (device: DeviceRow) =>
      `<134>Nov 22 18:00:07 ${device.name ?? 'phone'} -- Requesting resync http://192.168.77.1/device/${device.mac}.xml`,
    (device: DeviceRow) => `<134>Nov 22 18:00:09 8851-3PCC ${device.mac} -- Successful resync http://192.168.77.1/device/${device.mac}.xml`,
    () => '<15>system: fs: open /flash/cfg ok',
    () => (trouble ? `<<>>${hostileTexts.script}${hostileTexts.control}` : 'lldp: neighbour on port 3'),
  ];
  const lines = Array.from({ length: speaking.length === 0 ? 0 : Math.min(limit, 60) }, (_, index) => {
    const device = speaking[index % speaking.length];
    const text = device === undefined ? undefined : texts[index % texts.length]?.(device);
    if (device === undefined || text === undefined) return [];
    const transport = index % 9 === 8 ? ('tcp' as const) : ('udp' as const);
    const from = `${device.address}:514`;
    return [{ at: later(index * 900), from, mac: index % 7 === 6 ? null : device.mac, transport, parsed: text.startsWith('<1'), text }];
  }).flat();
  return { lines, buffer: trouble ? { asked: 4_194_304, granted: 425_984 } : { asked: 4_194_304, granted: 8_388_608 } };
}

export const siteSettings: Output<'site.settings'> = {
  entries: [
    { models: [], code: 66, name: 'tftp-server-name', value: 'http://10.1.20.57', why: { code: 'option.pack', params: {} } },
    { models: [], code: 160, name: 'option-160', value: 'http://10.1.20.57', why: { code: 'option.pack', params: {} } },
    { models: ['7841', '6841'], code: 150, name: 'tftp-server-address', value: '10.1.20.57', why: { code: 'option.pack', params: {} } },
    { models: [], code: 42, name: 'ntp-servers', value: '10.1.20.57', why: { code: 'option.recipe', params: {} } },
  ],
  snippets: [
    {
      server: 'dnsmasq',
      text: 'dhcp-option=66,"http://10.1.20.57"\ndhcp-option=160,"http://10.1.20.57"\ndhcp-option=150,10.1.20.57\ndhcp-option=42,10.1.20.57\n',
    },
    { server: 'isc-dhcpd', text: 'option tftp-server-name "http://10.1.20.57";\noption option-160 "http://10.1.20.57";\n' },
    { server: 'kea', text: '"option-data": [\n  { "code": 66, "data": "http://10.1.20.57" }\n]\n' },
    { server: 'windows', text: 'Set-DhcpServerv4OptionValue -OptionId 66 -Value "http://10.1.20.57"\n' },
    { server: 'cisco-ios', text: 'ip dhcp pool PHONES\n option 66 ascii "http://10.1.20.57"\n option 150 ip 10.1.20.57\n' },
  ],
};
