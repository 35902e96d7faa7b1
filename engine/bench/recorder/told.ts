/** Recorded messages for people: one line of summary and the decoded parts. */
import { type MessageType, messageTypes } from '../../protocols/dhcp/options.js';
import { decode as decodeDhcp, type Packet as DhcpPacket } from '../../protocols/dhcp/packet.js';
import { optionText } from '../../protocols/dhcp/option-text.js';
import { decode as decodeSyslog } from '../../protocols/syslog/message.js';
import { decode as decodeTftp } from '../../protocols/tftp/packet.js';
import { visible } from '../../services/visible.js';
import type { Recorded } from './recorder.js';

type Field = { name: string; value: string };
type Summary = { code: string; params: Record<string, string | number> };

export type Told = {
  seq: number;
  at: string;
  protocol: Recorded['protocol'];
  direction: Recorded['direction'];
  from: string;
  to: string;
  summary: Summary;
  fields: Field[];
};

const mostValue = 1024;
const mostFields = 200;

/** Decodes one message; what can't be read is shown as text. Never throws. */
export function toldOf({ seq, at, protocol, direction, local, remote, payload }: Recorded): Told {
  const [from, to] = (direction === 'in' ? [remote, local] : [local, remote]).map(({ address, port }) => `${address}:${port}`);
  const { summary, fields } = readers[protocol](payload);
  const shown = fields.slice(0, mostFields).map(({ name, value }) => ({ name: visible(name, 64), value: visible(value, mostValue) }));
  return { seq, at: new Date(at).toISOString(), protocol, direction, from: from ?? '', to: to ?? '', summary, fields: shown };
}

type Read = { readonly summary: Summary; readonly fields: readonly Field[] };

const readers: Readonly<Record<Recorded['protocol'], (payload: Uint8Array) => Read>> = {
  dhcp: readDhcp,
  tftp: readTftp,
  http: readHttp,
  syslog: readSyslog,
};

function readDhcp(payload: Uint8Array): Read {
  const decoded = decodeDhcp(payload);
  if (!decoded.ok) return unreadable('dhcp', payload);
  const { packet } = decoded;
  const type: MessageType | undefined = messageTypes[(packet.options.get(53)?.[0] ?? 0) - 1];
  const address = [packet.yiaddr, packet.ciaddr].find((each) => each !== '0.0.0.0') ?? '';
  return {
    summary: { code: 'message.dhcp', params: { type: (type ?? packet.op).toUpperCase(), address } },
    fields: [
      ...dhcpHead(packet),
      ...[...packet.options].map(([code, bytes]) => ({ name: `option ${code}`, value: optionText(code, bytes) })),
    ],
  };
}

function dhcpHead({ xid, secs, broadcast, ciaddr, yiaddr, siaddr, giaddr, chaddr, file, sname }: DhcpPacket): Field[] {
  const all = {
    xid: xid.toString(16).padStart(8, '0'),
    secs: String(secs),
    broadcast: broadcast ? '1' : '0',
    ciaddr,
    yiaddr,
    siaddr,
    giaddr,
    chaddr: Buffer.from(chaddr).toString('hex'),
    sname,
    file,
  };
  return Object.entries(all).flatMap(([name, value]) => (value === '' || value === '0.0.0.0' ? [] : [{ name, value }]));
}

function readTftp(payload: Uint8Array): Read {
  const decoded = decodeTftp(payload);
  if (!decoded.ok) return unreadable('tftp', payload);
  const { packet } = decoded;
  const options = 'options' in packet ? [...packet.options].map(([name, value]) => ({ name, value })) : [];
  switch (packet.kind) {
    case 'read':
    case 'write':
      return {
        summary: { code: `message.tftp.${packet.kind}`, params: { file: visible(packet.file, 256) } },
        fields: [{ name: 'file', value: packet.file }, { name: 'mode', value: packet.mode }, ...options],
      };
    case 'data':
    case 'ack':
      return {
        summary: { code: `message.tftp.${packet.kind}`, params: { block: packet.block } },
        fields: [{ name: 'block', value: String(packet.block) }],
      };
    case 'error':
      return {
        summary: { code: 'message.tftp.error', params: { number: packet.code, text: visible(packet.message, 256) } },
        fields: [
          { name: 'code', value: String(packet.code) },
          { name: 'message', value: packet.message },
        ],
      };
    case 'optionAck':
      return { summary: { code: 'message.tftp.options', params: {} }, fields: options };
  }
}

function readHttp(payload: Uint8Array): Read {
  const [first = '', ...lines] = textOf(payload).split('\r\n');
  const response = /^HTTP\/\d(?:\.\d)? (?<status>\d{3})/.exec(first)?.groups?.['status'];
  const request = /^(?<method>[A-Z]{1,20}) (?<path>\S+)/.exec(first)?.groups;
  const fields = [
    { name: response === undefined ? 'request' : 'status', value: first },
    ...lines.flatMap((line) => {
      const [, name, value] = /^([^:]{1,64}): ?(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [{ name, value }];
    }),
  ];
  if (response !== undefined) return { summary: { code: 'message.http.answer', params: { status: Number(response) } }, fields };
  if (request === undefined) return unreadable('http', payload);
  const { method = '', path = '' } = request;
  return { summary: { code: 'message.http.request', params: { method, path: visible(path, 256) } }, fields };
}

function readSyslog(payload: Uint8Array): Read {
  const { priority, time, host, app, text } = decodeSyslog(payload);
  const all = { priority: priority === undefined ? '' : String(priority), time: time ?? '', host: host ?? '', app: app ?? '', text };
  return {
    summary: { code: 'message.syslog', params: { text: visible(text, 256) } },
    fields: Object.entries(all).flatMap(([name, value]) => (value === '' ? [] : [{ name, value }])),
  };
}

function unreadable(protocol: string, payload: Uint8Array): Read {
  return {
    summary: { code: 'message.unreadable', params: { protocol, bytes: payload.length } },
    fields: [{ name: 'text', value: textOf(payload) }],
  };
}

function textOf(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
}
