/**
 * What a DHCP server says to one message: RFC 2131 section 4.3, without a socket and without a clock.
 *
 *   DISCOVER   OFFER of an address that is then kept for the client for a while
 *   REQUEST    from one of four states (table 4):
 *                selecting     server identifier ours; it takes the offer
 *                init-reboot   requested address, no server identifier; it remembers a lease
 *                renewing      ciaddr, sent to us alone
 *                rebinding     ciaddr, sent to everyone (or through a relay agent)
 *   DECLINE, RELEASE, INFORM
 *
 * Who is served is the policy's choice, made anew for each message; the others are seen and left alone.
 */
import { isUnicast, type Mac, macFromBytes } from '../../contract/mac.js';
import type { ClientState, Fact } from '../../contract/observation.js';
import { addressText, anyAddress, maskOf, sameSubnet, subnetOf } from '../../protocols/dhcp/ipv4.js';
import { option, read } from '../../protocols/dhcp/options.js';
import type { Packet } from '../../protocols/dhcp/packet.js';
import { probedBy } from '../../protocols/dhcp/probe.js';
import type { Client, Decision, DhcpPolicy, Lease } from '../lease.js';
import type { Bindings } from './bindings-contract.js';
import type { Origin } from './destination.js';
import { type Entry, type Given, given, grant, leaseTimes, refuse, type Reply } from './reply.js';

/** What the server is and knows. Only `bindings` changes. */
export type Session = {
  readonly serverAddress: string;
  readonly prefix: number;
  readonly policy: DhcpPolicy;
  readonly bindings: Bindings;
  /** The bench's id, by which it knows its own probe for other servers. */
  readonly bench: string;
};

/**
 * What came of a message: an answer to send, perhaps, and what was seen. `mac` is the client's. Where there is a `lease`, the caller
 * binds it, and the answer leaves only once it is durable.
 */
export type Outcome = { readonly reply?: Reply; readonly lease?: Lease; readonly mac?: Mac; readonly facts: readonly Fact[] };

type Served = Extract<Decision, { readonly serve: true }>;
type Message = { readonly packet: Packet; readonly from: Origin; readonly client: Client; readonly now: number };

/** How long an offered address is kept, in milliseconds. A phone asks for it within seconds; a minute outlasts its retries. */
const offerHolds = 60_000;
/** How long a declined address is left alone, in milliseconds: somebody on the bench has it by hand. */
const declineHolds = 3_600_000;
/** What other programs may learn of a client's texts. */
const mostText = 255;

const nothing: Outcome = { facts: [] };

/** Answers one message. `now` is in milliseconds since 1970. Throws only what the policy throws. */
export function answer(session: Session, packet: Packet, from: Origin, now: number): Outcome {
  const mac = packet.htype === 1 && packet.chaddr.length === 6 ? macFromBytes(packet.chaddr) : undefined;
  const type = read(packet, option.messageType);
  if (packet.op !== 'request' || mac === undefined || !isUnicast(mac) || type === undefined) return nothing;
  const prober = probedBy(packet);
  const message: Message = { packet, from, client: clientOf(packet, mac, type !== 'discover'), now };
  if (prober !== undefined) return type === 'discover' && prober !== session.bench ? answerProbe(session, message) : nothing;
  if (type === 'release') return { mac, facts: release(session, message) };
  if (type === 'decline') return decline(session, message);
  if (type !== 'discover' && type !== 'request' && type !== 'inform') return nothing;

  const decision = session.policy(message.client);
  if (!decision.serve) return { mac, facts: [{ kind: 'dhcpIgnored', because: decision.because, ...vendorClassOf(message.client) }] };
  if (type === 'discover') return discover(session, message, decision);
  if (type === 'request') return request(session, message, decision);
  // INFORM, section 4.3.5: neither an address nor lease times.
  return { mac, reply: grant(packet, from, 'informed', anyAddress, givenTo(session, 'informed', decision)), facts: [] };
}

function discover(session: Session, { packet, from, client, now }: Message, decision: Served): Outcome {
  const { mac } = client;
  const seen = { kind: 'dhcpDiscover' as const, ...textsOf(client) };
  const address = session.bindings.reserve(mac, read(packet, option.requestedAddress), now, now + offerHolds);
  if (address === undefined) return { mac, facts: [seen, { kind: 'dhcpIgnored', because: 'pool-exhausted', ...vendorClassOf(client) }] };
  return {
    mac,
    reply: grant(packet, from, 'offer', address, givenTo(session, 'offer', decision)),
    facts: [{ ...seen, offered: address }], // one entry for both: they come together, and each phone has its own
  };
}

function request(session: Session, message: Message, decision: Served): Outcome {
  const { packet, from, client, now } = message;
  const { mac } = client;
  const { bindings } = session;
  const server = read(packet, option.serverIdentifier);
  const wanted = wantedBy(packet) ?? forgotten(packet, bindings.reservationOf(mac, now));
  if (server !== undefined && server !== session.serverAddress) {
    bindings.free(mac); // section 4.3.2: it has taken another server's offer
    return { mac, facts: [{ kind: 'dhcpIgnored', because: 'other-server', ...vendorClassOf(client) }] };
  }
  const address = wanted ?? packet.ciaddr;
  if (address === anyAddress) return nothing;
  const clientState = stateOf(packet, from, server, wanted);
  switch (judge(session, mac, address, clientState, now)) {
    case 'silent':
      return { mac, facts: [] };
    case 'nak':
      return {
        mac,
        reply: refuse(packet, from, session.serverAddress, `${address} is not yours here`),
        facts: [{ kind: 'dhcpNak', address, clientState }],
      };
    case 'ack': {
      const { leaseSeconds } = decision;
      return {
        mac,
        lease: { mac, address, expires: now + leaseSeconds * 1000 },
        reply: grant(packet, from, 'ack', address, givenTo(session, 'ack', decision)),
        facts: [{ kind: 'dhcpAck', address, clientState, leaseSeconds, ...textsOf(client) }],
      };
    }
  }
}

function wantedBy(packet: Packet): string | undefined {
  const wanted = read(packet, option.requestedAddress);
  return wanted === anyAddress ? undefined : wanted;
}

/** What we offered to a client that then names no address at all, which it MUST (the npm package `dhcp` does not): it can mean nothing else. */
function forgotten({ ciaddr }: Packet, reserved: string | undefined): string | undefined {
  return ciaddr === anyAddress ? reserved : undefined;
}

/** RFC 2131 table 4. A client that names us and yet has an address (some do when renewing) is not selecting. */
function stateOf(packet: Packet, from: Origin, server: string | undefined, wanted: string | undefined): ClientState {
  const { ciaddr, giaddr } = packet;
  if (ciaddr === anyAddress || wanted !== undefined)
    return server === undefined && wantedBy(packet) !== undefined ? 'init-reboot' : 'selecting';
  return from.cast === 'unicast' && giaddr === anyAddress ? 'renewing' : 'rebinding';
}

/** RFC 2131 section 4.3.2, state by state. */
function judge({ bindings, serverAddress, prefix }: Session, mac: Mac, address: string, state: ClientState, now: number) {
  const may = bindings.reservationOf(mac, now) === address || bindings.available(mac, address, now);
  const lease = bindings.leaseOf(mac);
  if (state === 'selecting') return may ? 'ack' : 'nak';
  if (!sameSubnet(address, serverAddress, prefix)) return 'nak';
  if (lease !== undefined) return lease.address === address && may ? 'ack' : 'nak';
  // Without a record: the client's word is trusted where it turned to us alone, elsewhere another server may know it.
  if (state === 'renewing') return may ? 'ack' : 'nak';
  return 'silent';
}

function release({ bindings, serverAddress }: Session, { packet, client, now }: Message): Fact[] {
  const lease = bindings.leaseOf(client.mac);
  const server = read(packet, option.serverIdentifier) ?? serverAddress;
  if (server !== serverAddress || lease === undefined || lease.address !== packet.ciaddr) return [];
  bindings.release(client.mac, now);
  return [{ kind: 'dhcpRelease', address: lease.address }];
}

function decline({ bindings, serverAddress }: Session, { packet, client: { mac }, now }: Message): Outcome {
  const address = read(packet, option.requestedAddress);
  const server = read(packet, option.serverIdentifier) ?? serverAddress;
  const had = address !== undefined && [bindings.leaseOf(mac)?.address, bindings.reservationOf(mac, now)].includes(address);
  if (server !== serverAddress || !had) return nothing;
  bindings.decline(mac, address, now + declineHolds);
  return { mac, facts: [{ kind: 'dhcpDecline', address }] };
}

/** Another bench looks for servers: it is told of us, with an address it will not take. */
function answerProbe(session: Session, { packet, from }: Message): Outcome {
  return { reply: grant(packet, from, 'offer', session.serverAddress, givenTo(session, 'offer', probed)), facts: [] };
}

const probed: Served = { serve: true, options: [], leaseSeconds: 60 };

/** By session, by what the policy gives, by answer and lease time; a policy that gives the same list again finds it made. */
const made = new WeakMap<Session, WeakMap<Served['options'], Map<string, Given>>>();

/** Everything an answer of this kind holds beside what it echoes. */
export function givenTo(session: Session, type: 'offer' | 'ack' | 'informed', { options, leaseSeconds }: Served): Given {
  const bySession = made.get(session) ?? new WeakMap<Served['options'], Map<string, Given>>();
  made.set(session, bySession);
  const known = bySession.get(options) ?? new Map<string, Given>();
  bySession.set(options, known);
  const key = `${type} ${leaseSeconds}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const all = given(type, options, [...ours(session), ...(type === 'informed' ? [] : leaseTimes(leaseSeconds))]);
  known.set(key, all);
  return all;
}

function ours({ serverAddress, prefix }: Session): readonly Entry[] {
  return [
    option.subnetMask.write(addressText(maskOf(prefix))),
    option.broadcastAddress.write(addressText(subnetOf(serverAddress, prefix).last)),
    option.serverIdentifier.write(serverAddress),
  ];
}

export function clientOf(packet: Packet, mac: Mac, takes: boolean): Client {
  const vendorClass = read(packet, option.vendorClass)?.slice(0, mostText);
  const hostName = read(packet, option.hostName)?.slice(0, mostText);
  return { mac, takes, ...(vendorClass === undefined ? {} : { vendorClass }), ...(hostName === undefined ? {} : { hostName }) };
}

function textsOf({ vendorClass, hostName }: Client): { readonly vendorClass?: string; readonly hostName?: string } {
  return { ...(vendorClass === undefined ? {} : { vendorClass }), ...(hostName === undefined ? {} : { hostName }) };
}

function vendorClassOf({ vendorClass }: Client): { readonly vendorClass?: string } {
  return vendorClass === undefined ? {} : { vendorClass };
}
