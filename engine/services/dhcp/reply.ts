/** What goes back to a client: the fields and options of RFC 2131 table 3, and where to send them (section 4.1). */
import { addressBytes, anyAddress, limitedBroadcast } from '../../protocols/dhcp/ipv4.js';
import { option, relayPort } from '../../protocols/dhcp/options.js';
import type { Packet } from '../../protocols/dhcp/packet.js';
import type { OfferedOption } from '../../phones/pack.js';

/** Where a message came from, and whether it was sent to this host alone. */
export type Origin = { readonly address: string; readonly port: number; readonly cast: 'unicast' | 'broadcast' };

export type Destination = { readonly address: string; readonly port: number };

export type Reply = { readonly packet: Packet; readonly to: Destination };

type Entry = readonly [code: number, bytes: Uint8Array];

const clientPort = 68;

/** An OFFER or an ACK: always every option given, whether or not the client lists it, and a later one with the same code wins. */
export function grant(
  request: Packet,
  from: Origin,
  type: 'offer' | 'ack',
  address: string,
  given: readonly OfferedOption[],
  entries: readonly Entry[],
): Reply {
  const packet: Packet = {
    ...answer(request),
    ciaddr: type === 'ack' ? request.ciaddr : anyAddress,
    yiaddr: address,
    options: new Map([...given.flatMap(offered), ...entries, option.messageType.write(type), ...echoed(request)]),
  };
  return { packet, to: destination(request, from, false) };
}

/** A NAK; it says in words why, for whoever looks at the wire. */
export function refuse(request: Packet, from: Origin, serverAddress: string, why: string): Reply {
  const packet: Packet = {
    ...answer(request),
    // RFC 2131 section 4.3.2: so that the relay agent broadcasts it to a client whose address is wrong.
    broadcast: request.broadcast || request.giaddr !== anyAddress,
    options: new Map([
      option.messageType.write('nak'),
      option.serverIdentifier.write(serverAddress),
      option.message.write(why),
      ...echoed(request),
    ]),
  };
  return { packet, to: destination(request, from, true) };
}

/** RFC 2131 section 4.3.5: lease times, as the client is to reckon with them. */
export function leaseTimes(seconds: number): readonly Entry[] {
  return [
    option.leaseSeconds.write(seconds),
    option.renewalSeconds.write(Math.floor(seconds / 2)), // section 4.4.5: T1
    option.rebindingSeconds.write(Math.floor((seconds * 7) / 8)), // T2
  ];
}

/**
 * RFC 2131 section 4.1. A client without an address can't be reached by unicast without writing the ARP table, so it gets a
 * broadcast whatever its flag says, which the same section allows.
 */
function destination(request: Packet, from: Origin, nak: boolean): Destination {
  if (request.giaddr !== anyAddress) return { address: request.giaddr, port: relayPort(request, from.port) };
  if (!nak && request.ciaddr !== anyAddress) return { address: request.ciaddr, port: clientPort };
  return { address: limitedBroadcast, port: clientPort };
}

function answer(request: Packet): Packet {
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
    options: new Map(),
  };
}

/** The client's identifier (RFC 6842) and the relay agent's information (RFC 3046 section 2.2), byte for byte. */
function echoed({ options }: Packet): Entry[] {
  return [option.clientIdentifier.code, option.relayAgent.code].flatMap((code) => {
    const bytes = options.get(code);
    return bytes === undefined ? [] : [[code, bytes] as const];
  });
}

/** An option as a pack gives it; one without content is left out. */
function offered(given: OfferedOption): Entry[] {
  const bytes = 'text' in given ? Buffer.from(given.text, 'latin1') : Buffer.concat(given.addresses.map(addressBytes));
  return bytes.length === 0 ? [] : [[given.code, bytes]];
}
