/**
 * The options the bench reads or writes, by name. Every other code stays in `Packet.options` as its bytes.
 *
 * Reading is lenient: an option whose bytes don't fit its form is as good as absent, and never spoils the message.
 */
import { address, addresses, bytes, form, number, type Option, text } from './option-forms.js';
import type { Options, Packet } from './packet.js';
import { routes } from './routes.js';
import { enterprises, relayAgent, subOption, vendorSpecific } from './sub-options.js';

/** RFC 2132 section 9.6; the position is the number on the wire. */
export const messageTypes = ['discover', 'offer', 'request', 'decline', 'ack', 'nak', 'release', 'inform'] as const;
export type MessageType = (typeof messageTypes)[number];

export const option = {
  subnetMask: address(1), // RFC 2132 section 3.3
  routers: addresses(3), // section 3.5
  nameServers: addresses(6), // section 3.8
  logServers: addresses(7), // section 3.9
  hostName: text(12), // section 3.14
  domainName: text(15), // section 3.17
  broadcastAddress: address(28), // section 5.3
  timeServers: addresses(42), // section 8.3 (NTP)
  vendorSpecific: vendorSpecific(43), // section 8.4
  requestedAddress: address(50), // section 9.1
  leaseSeconds: number(51, 4), // section 9.2
  messageType: form<MessageType>(
    53, // section 9.6
    (value) => (value.length === 1 ? messageTypes[(value[0] ?? 0) - 1] : undefined),
    (name) => Uint8Array.of(messageTypes.indexOf(name) + 1),
  ),
  serverIdentifier: address(54), // section 9.7
  parameterRequestList: form<readonly number[]>(
    55, // section 9.8
    (value) => [...value],
    (codes) => Uint8Array.from(codes),
  ),
  message: text(56), // section 9.9
  maximumMessageSize: number(57, 2), // section 9.10
  renewalSeconds: number(58, 4), // section 9.11 (T1)
  rebindingSeconds: number(59, 4), // section 9.12 (T2)
  vendorClass: text(60), // section 9.13
  clientIdentifier: bytes(61), // section 9.14
  tftpServerName: text(66), // section 9.4; for MPP phones a URL
  bootFileName: text(67), // section 9.5
  relayAgent: relayAgent(82), // RFC 3046
  classlessRoutes: routes(121), // RFC 3442
  enterprises: enterprises(125), // RFC 3925 section 4
  tftpServers: addresses(150), // RFC 5859
  provisioningServer: text(159), // Cisco MPP: URL or address
  provisioningUrl: text(160), // Cisco MPP, Polycom: URL or address
} as const;

/** RFC 8357: the relay agent asks for its answer at the port it sent from. */
const relaySourcePort = 19;

/** The value of an option in a message; undefined when it is absent or malformed. */
export function read<T>(packet: Packet, what: Option<T>): T | undefined {
  return what.read(packet.options);
}

/** The options of a message to send; of two with the same code the later wins. */
export function write(...entries: readonly (readonly [code: number, bytes: Uint8Array])[]): Options {
  return new Map(entries);
}

/**
 * Where a relay agent wants its answer (RFC 8357): the UDP source port of its message, or 67 when it does not say.
 * On the wire the sub-option is empty; two bytes are taken for the port itself, in case an agent writes it out.
 */
export function relayPort(packet: Packet, sourcePort: number): number {
  const asked = subOption(read(packet, option.relayAgent), relaySourcePort);
  if (asked === undefined) return 67;
  const [high, low] = asked;
  const port = asked.length === 2 ? ((high ?? 0) << 8) | (low ?? 0) : 0;
  return port === 0 ? sourcePort : port;
}
