/**
 * What goes back to a client: the fields and options of RFC 2131 table 3, as bytes.
 *
 * Nearly every answer of a job holds the same options but for the client's own echoed ones. So their bytes are made once for each
 * set of options and put between head and echo; only where that is longer than the client takes the message is fitted by priority.
 */
import type { OfferedOption } from '../../phones/pack.js';
import { addressBytes, anyAddress } from '../../protocols/dhcp/ipv4.js';
import { encodeWithin, roomFor } from '../../protocols/dhcp/fit.js';
import { option, read } from '../../protocols/dhcp/options.js';
import { assemble, decode, headLength, inOrder, type Packet, pieces, writeHead } from '../../protocols/dhcp/packet.js';
import { type AnswerKind, type Destination, destination, type Origin } from './destination.js';

export type Entry = readonly [code: number, bytes: Uint8Array];

export class Reply {
  readonly to: Destination;
  readonly bytes: Uint8Array;
  /** What there was no room for. */
  readonly left: readonly Entry[];

  constructor(to: Destination, bytes: Uint8Array, left: readonly Entry[] = []) {
    this.to = to;
    this.bytes = bytes;
    this.left = left;
  }

  /** The message as a client reads it. */
  get packet(): Packet {
    const decoded = decode(this.bytes);
    if (!decoded.ok) throw new Error(decoded.reason); // our bug: we have just written it
    return decoded.packet;
  }
}

/** The options every client of a kind is given, made once and kept as long as somebody is given them. */
export type Given = {
  /** By code; a later one with the same code has won. */
  readonly options: ReadonlyMap<number, Uint8Array>;
  /** As on the wire, in order: an empty head and those before the client's echoed identifier (61), and those after it. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
};

/** Makes the options of an answer; always every option offered, whether or not the client lists it. `entries` win. */
export function given(type: Exclude<AnswerKind, 'nak'>, offered: readonly OfferedOption[], entries: readonly Entry[]): Given {
  const options = new Map<number, Uint8Array>();
  for (const each of offered) {
    const bytes = contentOf(each);
    if (bytes.length > 0) options.set(each.code, bytes); // one without content is left out
  }
  for (const [code, bytes] of entries) options.set(code, bytes);
  options.set(...typed[type === 'informed' ? 'ack' : type]);
  const ordered = inOrder(options);
  const wire = (some: readonly Entry[]): Uint8Array => Buffer.concat(some.flatMap(([code, bytes]) => pieces(code, bytes)));
  const isBefore = ([code]: Entry): boolean => code < identifier || code === option.messageType.code;
  return {
    options,
    before: Buffer.concat([new Uint8Array(headLength), wire(ordered.filter(isBefore))]),
    after: wire(ordered.filter((each) => !isBefore(each))),
  };
}

/** An OFFER or an ACK. */
export function grant(request: Packet, from: Origin, type: Exclude<AnswerKind, 'nak'>, address: string, what: Given): Reply {
  // Section 4.3.1 table 3: ciaddr of an ACK is the client's own.
  const ciaddr = type === 'offer' ? anyAddress : request.ciaddr;
  return send(request, { ...answer(request, what.options), ciaddr, yiaddr: address }, destination(request, from, type), what);
}

/** A NAK; it says in words why, for whoever looks at the wire. */
export function refuse(request: Packet, from: Origin, serverAddress: string, why: string): Reply {
  const options = new Map<number, Uint8Array>([typed.nak, option.serverIdentifier.write(serverAddress), option.message.write(why)]);
  // RFC 2131 section 4.3.2: with the flag, so that the relay agent broadcasts it to a client whose address is wrong.
  const broadcast = request.broadcast || request.giaddr !== anyAddress;
  return send(request, { ...answer(request, options), broadcast }, destination(request, from, 'nak'));
}

const typed = {
  offer: option.messageType.write('offer'),
  ack: option.messageType.write('ack'),
  nak: option.messageType.write('nak'),
} as const;

/** RFC 2131 section 4.3.5: lease times, as the client is to reckon with them. */
export function leaseTimes(seconds: number): readonly Entry[] {
  return [
    option.leaseSeconds.write(seconds),
    option.renewalSeconds.write(Math.floor(seconds / 2)), // section 4.4.5: T1
    option.rebindingSeconds.write(Math.floor((seconds * 7) / 8)), // T2
  ];
}

/** Sent back byte for byte: the client's identifier (RFC 6842) and the relay agent's information (RFC 3046 section 2.2). */
const identifier = option.clientIdentifier.code;
const agent = option.relayAgent.code;

/** Without these a client has no lease; then comes what it asked for, in its own order, then the rest by code. */
const vital: readonly number[] = [
  option.leaseSeconds.code,
  option.subnetMask.code,
  identifier,
  option.renewalSeconds.code,
  option.rebindingSeconds.code,
];

function send(request: Packet, packet: Packet, to: Destination, made?: Given): Reply {
  const room = roomFor(read(request, option.maximumMessageSize));
  const [id, info] = [request.options.get(identifier), request.options.get(agent)];
  if (made !== undefined) {
    const parts = id === undefined ? [made.after] : [...pieces(identifier, id), made.after];
    if (info !== undefined) parts.push(...pieces(agent, info));
    const bytes = assemble(made.before, parts);
    if (bytes.length <= room) return new Reply(to, writeHead(bytes, packet));
  }
  const options = new Map(packet.options);
  if (id !== undefined) options.set(identifier, id);
  if (info !== undefined) options.set(agent, info);
  const { bytes, left } = encodeWithin({ ...packet, options }, room, rankFor(request));
  return new Reply(
    to,
    bytes,
    left.map((code) => [code, options.get(code) ?? new Uint8Array()]),
  );
}

function rankFor(request: Packet): (code: number) => number {
  const asked = read(request, option.parameterRequestList) ?? [];
  return (code) => {
    const first = vital.indexOf(code);
    if (first >= 0) return first;
    const place = asked.indexOf(code);
    return place >= 0 ? 100 + place : 1000 + code;
  };
}

function answer(request: Packet, options: ReadonlyMap<number, Uint8Array>): Packet {
  return {
    op: 'reply',
    htype: request.htype,
    hops: 0,
    xid: request.xid,
    secs: 0,
    broadcast: request.broadcast,
    ciaddr: anyAddress,
    yiaddr: anyAddress,
    siaddr: anyAddress,
    giaddr: request.giaddr,
    chaddr: request.chaddr,
    sname: '',
    file: '',
    options,
  };
}

/** The bytes of an option as a pack gives it; empty for one without content. Texts are latin-1 (RFC 2132 knows ASCII). */
export function contentOf(offered: OfferedOption): Uint8Array {
  if ('bytes' in offered) return offered.bytes;
  return 'text' in offered ? Buffer.from(offered.text, 'latin1') : Buffer.concat(offered.addresses.map(addressBytes));
}
