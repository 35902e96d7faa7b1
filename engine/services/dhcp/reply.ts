/** What goes back to a client: the fields and options of RFC 2131 table 3. */
import type { OfferedOption } from '../../phones/pack.js';
import { addressBytes, anyAddress } from '../../protocols/dhcp/ipv4.js';
import { encodeWithin, type Fitted, roomFor } from '../../protocols/dhcp/fit.js';
import { option, read } from '../../protocols/dhcp/options.js';
import type { Packet } from '../../protocols/dhcp/packet.js';
import { type AnswerKind, type Destination, destination, type Origin } from './destination.js';

export type Reply = { readonly packet: Packet; readonly to: Destination; /** As on the wire. */ readonly fitted: Fitted };

export type Entry = readonly [code: number, bytes: Uint8Array];

/** An OFFER or an ACK: always every option given, whether or not the client lists it, and a later one with the same code wins. */
export function grant(
  request: Packet,
  from: Origin,
  type: Exclude<AnswerKind, 'nak'>,
  address: string,
  given: readonly OfferedOption[],
  entries: readonly Entry[],
): Reply {
  const options = new Map<number, Uint8Array>();
  for (const each of given) {
    const bytes = contentOf(each);
    if (bytes.length > 0) options.set(each.code, bytes); // one without content is left out
  }
  for (const [code, bytes] of entries) options.set(code, bytes);
  options.set(...typed[type === 'informed' ? 'ack' : type]);
  echo(request, options);
  // Section 4.3.1 table 3: ciaddr of an ACK is the client's own.
  const ciaddr = type === 'offer' ? anyAddress : request.ciaddr;
  return send(request, { ...answer(request, options), ciaddr, yiaddr: address }, destination(request, from, type));
}

/** A NAK; it says in words why, for whoever looks at the wire. */
export function refuse(request: Packet, from: Origin, serverAddress: string, why: string): Reply {
  const options = new Map<number, Uint8Array>([typed.nak, option.serverIdentifier.write(serverAddress), option.message.write(why)]);
  echo(request, options);
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

/** Without these a client has no lease; then comes what it asked for, in its own order, then the rest by code. */
const vital: readonly number[] = [
  option.leaseSeconds.code,
  option.subnetMask.code,
  option.clientIdentifier.code,
  option.renewalSeconds.code,
  option.rebindingSeconds.code,
];

function send(request: Packet, packet: Packet, to: Destination): Reply {
  const asked = read(request, option.parameterRequestList) ?? [];
  const rank = (code: number): number => {
    const first = vital.indexOf(code);
    if (first >= 0) return first;
    const place = asked.indexOf(code);
    return place >= 0 ? 100 + place : 1000 + code;
  };
  return { packet, to, fitted: encodeWithin(packet, roomFor(read(request, option.maximumMessageSize)), rank) };
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

/** The client's identifier (RFC 6842) and the relay agent's information (RFC 3046 section 2.2), byte for byte. */
function echo({ options }: Packet, into: Map<number, Uint8Array>): void {
  for (const code of [option.clientIdentifier.code, option.relayAgent.code]) {
    const bytes = options.get(code);
    if (bytes !== undefined) into.set(code, bytes);
  }
}

/** The bytes of an option as a pack gives it; empty for one without content. Texts are latin-1 (RFC 2132 knows ASCII). */
export function contentOf(given: OfferedOption): Uint8Array {
  if ('bytes' in given) return given.bytes;
  return 'text' in given ? Buffer.from(given.text, 'latin1') : Buffer.concat(given.addresses.map(addressBytes));
}
