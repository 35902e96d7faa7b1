/**
 * Recorded messages as a capture that tshark opens. What is below the messages was never kept, so it is made up: frames, addresses and, for TCP,
 * a handshake and sequence numbers that follow from the lengths. Bodies of HTTP are not recorded; the frame of their head says that it was longer.
 */
import type { Mac } from '../../contract/mac.js';
import { addressBytes } from '../../protocols/dhcp/ipv4.js';
import { type CapturedFrame, encodeCapture } from '../../protocols/pcapng/blocks.js';
import { encodeFrame, type End, mostPayload, tcpFlags } from '../../protocols/pcapng/frames.js';
import type { Recorded } from './recorder.js';

export type Captured = Recorded & { readonly phone?: Mac };

/** One connection: how far each end has come. */
type Connection = { readonly next: { in: number; out: number } };

/** The file of these messages, which are in the order of time. */
export function pcapngOf(messages: readonly Captured[]): Buffer {
  const connections = new Map<string, Connection>();
  const frames = messages.flatMap((message) => (message.transport === 'udp' ? [udpFrame(message)] : tcpFrames(message, connections)));
  return encodeCapture(frames, 'bench', 'Benchtone');
}

function udpFrame(message: Captured): CapturedFrame {
  return {
    at: message.at,
    bytes: encodeFrame({ ...endsOf(message), payload: message.payload.subarray(0, mostPayload) }),
    comment: commentOf(message),
  };
}

function tcpFrames(message: Captured, connections: Map<string, Connection>): CapturedFrame[] {
  const { at, direction, local, remote, payload } = message;
  const key = `${remote.address}:${remote.port} ${local.address}:${local.port}`;
  const ends = endsOf(message);
  const known = connections.get(key);
  const connection = known ?? { next: { in: 1000, out: 5000 } };
  connections.set(key, connection);
  const other = direction === 'in' ? 'out' : 'in';
  const { next } = connection;
  const begun = known === undefined ? handshake(message, connection) : [];
  const body = message.protocol === 'http' ? bodyLength(payload) : 0;
  const absent = Math.min(body, mostPayload - payload.length);
  const tcp = { seq: next[direction], ack: next[other], flags: tcpFlags.ack | tcpFlags.push };
  next[direction] = (next[direction] + payload.length + body) >>> 0;
  const bytes = encodeFrame({ ...ends, payload, absent, tcp });
  return [...begun, { at, bytes, length: bytes.length + absent, comment: commentOf(message) }];
}

function handshake(message: Captured, { next }: Connection): CapturedFrame[] {
  const to = endsOf({ ...message, direction: 'in' });
  const back = { from: to.to, to: to.from };
  const payload = new Uint8Array();
  const frames = [
    { ...to, payload, tcp: { seq: next.in - 1, ack: 0, flags: tcpFlags.syn } },
    { ...back, payload, tcp: { seq: next.out - 1, ack: next.in, flags: tcpFlags.syn | tcpFlags.ack } },
    { ...to, payload, tcp: { seq: next.in, ack: next.out, flags: tcpFlags.ack } },
  ];
  return frames.map((frame) => ({ at: message.at, bytes: encodeFrame(frame), comment: 'made up: the handshake was not recorded' }));
}

/** What a head says of the body that follows; 0 where it does not say, and for answers that have none (RFC 9110 section 6.4.1). */
function bodyLength(head: Uint8Array): number {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  if (/^HTTP\/\S+ (?:1\d\d|204|304)/.test(text)) return 0;
  const length = /\r\ncontent-length: *(\d{1,12})/i.exec(text)?.[1];
  return Number(length ?? 0);
}

function endsOf({ direction, local, remote, phone }: Captured): { from: End; to: End } {
  const bench: End = { ...usable(local), mac: madeUp(local.address) };
  const device: End = { ...usable(remote), mac: phone === undefined ? madeUp(remote.address) : Buffer.from(phone, 'hex') };
  return direction === 'in' ? { from: device, to: bench } : { from: bench, to: device };
}

/** Anything but dotted IPv4 becomes 0.0.0.0. */
function usable({ address, port }: Recorded['local']): { address: string; port: number } {
  return { address: /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) ? address : '0.0.0.0', port };
}

/** A locally administered MAC with the address in it. */
function madeUp(address: string): Uint8Array {
  return address === '255.255.255.255' ? Buffer.alloc(6, 0xff) : Buffer.from([2, 0, ...addressBytes(usable({ address, port: 0 }).address)]);
}

function commentOf({ protocol, direction, phone }: Captured): string {
  return `${protocol} ${direction === 'in' ? 'to' : 'from'} the bench${phone === undefined ? '' : `, phone ${phone}`}`;
}
