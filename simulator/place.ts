/** Where the phones stand: on a network interface, or on loopback behind a relay. */
import type { Message } from './dhcp-packet.js';

/** What a place could not give, and so the program ends with 4. */
export class Unavailable extends Error {}

export type Address = { readonly address: string; readonly mask: string };

/** A phone's way to DHCP servers. Answers for its MAC reach its listener until it closes. */
export type DhcpPort = {
  /** To whoever is there. */
  broadcast(message: Message): void;
  /** To the server of the lease, from the leased address (RFC 2131 section 4.3.2, RENEWING). */
  unicast(message: Message, server: string): void;
  close(): void;
};

export interface Place {
  connect(mac: string, listener: (reply: Message) => void): DhcpPort;
  /** Makes a leased address usable for sockets; false when it can't be. */
  settle(lease: Address): Promise<boolean>;
  /** Virtual phones send to the bench's segment alone: whether this host is on it. `from` is the phone's lease. */
  mayReach(host: string, from: Address): boolean;
  /** Closes its sockets and takes back what it gave. */
  close(): Promise<void>;
}
