/**
 * Frames around payloads, for a capture: Ethernet II, IPv4 (RFC 791), UDP (RFC 768) or TCP (RFC 9293), with right checksums.
 *
 *   | to 6 | from 6 | 0800 | IPv4 20 | UDP 8 or TCP 20 | payload |
 */
import { addressBytes } from '../dhcp/ipv4.js';

export type End = { readonly address: string; readonly port: number; /** 6 bytes. */ readonly mac: Uint8Array };
type TcpPart = { readonly seq: number; readonly ack: number; readonly flags: number };
export type Frame = {
  readonly from: End;
  readonly to: End;
  readonly payload: Uint8Array;
  /** Bytes of the payload that are not there: the frame says it was longer, and counts them as zeros. */
  readonly absent?: number;
  /** UDP without it. */
  readonly tcp?: TcpPart;
};

export const tcpFlags = { fin: 1, syn: 2, push: 8, ack: 16 } as const;
/** The longest payload one frame has room for. */
export const mostPayload = 65_535 - 20 - 20;
const protocol = { tcp: 6, udp: 17 } as const;

/** The bytes of a frame. */
export function encodeFrame({ from, to, payload, absent = 0, tcp }: Frame): Buffer {
  const transport = tcp === undefined ? udpHead(from, to, payload.length + absent) : tcpHead(from, to, tcp);
  const number = tcp === undefined ? protocol.udp : protocol.tcp;
  const length = transport.length + payload.length + absent;
  const ends = Buffer.concat([addressBytes(from.address), addressBytes(to.address)]);
  const pseudo = Buffer.concat([ends, Buffer.of(0, number, length >> 8, length & 0xff)]);
  const sum = checksum(Buffer.concat([pseudo, transport, payload]));
  // UDP: 0 would say that there is none (RFC 768)
  transport.writeUInt16BE(tcp === undefined && sum === 0 ? 0xff_ff : sum, tcp === undefined ? 6 : 16);
  const ip = Buffer.alloc(20);
  ip[0] = 0x45;
  ip.writeUInt16BE(20 + length, 2);
  ip.writeUInt16BE(0x40_00, 6); // don't fragment
  ip[8] = 64;
  ip[9] = number;
  ends.copy(ip, 12);
  ip.writeUInt16BE(checksum(ip), 10);
  return Buffer.concat([to.mac, from.mac, Buffer.of(0x08, 0x00), ip, transport, payload]);
}

function udpHead(from: End, to: End, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(from.port, 0);
  head.writeUInt16BE(to.port, 2);
  head.writeUInt16BE(8 + length, 4);
  return head;
}

function tcpHead(from: End, to: End, { seq, ack, flags }: TcpPart): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(from.port, 0);
  head.writeUInt16BE(to.port, 2);
  head.writeUInt32BE(seq >>> 0, 4);
  head.writeUInt32BE(ack >>> 0, 8);
  head[12] = 5 << 4;
  head[13] = flags;
  head.writeUInt16BE(0xff_ff, 14);
  return head;
}

/** RFC 1071: the one's complement of the one's complement sum of 16-bit words. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xff_ff) sum = (sum & 0xff_ff) + (sum >>> 16);
  return ~sum & 0xff_ff;
}
