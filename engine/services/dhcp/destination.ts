/**
 * Where an answer goes (RFC 2131 section 4.1), as a table:
 *
 *   giaddr   ciaddr   answer        to
 *   set      any      any           the relay agent, at the port it asks for (RFC 8357), else 67
 *   0        any      NAK           everyone, port 68
 *   0        set      OFFER, ACK    ciaddr, port 68
 *   0        0        ACK of INFORM the address it was sent from, port 68, where there is one
 *   0        0        OFFER, ACK    everyone, port 68, with the broadcast flag or without
 *
 * Without the flag the RFC means a frame to the client's hardware address and yiaddr. A client that has no address yet answers no ARP
 * request, so that would take writing the system's ARP table, a privilege; the section allows the broadcast instead, and all take it.
 */
import { anyAddress, limitedBroadcast } from '../../protocols/dhcp/ipv4.js';
import { relayPort } from '../../protocols/dhcp/options.js';
import type { Packet } from '../../protocols/dhcp/packet.js';

/** Where a message came from, and whether it was sent to this host alone. */
export type Origin = { readonly address: string; readonly port: number; readonly cast: 'unicast' | 'broadcast' };

export type Destination = { readonly address: string; readonly port: number };

/** What is answered: `informed` is the ACK of an INFORM. */
export type AnswerKind = 'offer' | 'ack' | 'nak' | 'informed';

const clientPort = 68;

/** Where the answer to `request` goes. */
export function destination(request: Packet, from: Origin, kind: AnswerKind): Destination {
  const { giaddr, ciaddr } = request;
  if (giaddr !== anyAddress) return { address: giaddr, port: relayPort(request, from.port) };
  if (kind === 'nak') return { address: limitedBroadcast, port: clientPort };
  if (ciaddr !== anyAddress) return { address: ciaddr, port: clientPort };
  if (kind === 'informed' && from.address !== anyAddress) return { address: from.address, port: clientPort };
  return { address: limitedBroadcast, port: clientPort };
}
