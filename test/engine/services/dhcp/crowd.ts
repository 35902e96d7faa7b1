/**
 * A crowd of DHCP clients behind one relay agent on loopback (RFC 8357: answered where it sends from). Each asks until it has its lease,
 * as RFC 2131 section 4.4.1 says: what gets no answer is sent again, after a NAK it begins anew, and it trusts the OFFER it has chosen.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Mac, macBytes } from '../../../../engine/contract/mac.js';
import { option, read, write } from '../../../../engine/protocols/dhcp/options.js';
import { decode, encode, type Packet } from '../../../../engine/protocols/dhcp/packet.js';
import { packetOf } from '../../protocols/dhcp/packets.js';

export type Ack = { readonly mac: Mac; readonly address: string };
type Client = {
  readonly mac: Mac;
  readonly xid: number;
  offer: { readonly address: string; readonly server: string } | undefined;
  bound: boolean;
  again: NodeJS.Timeout | undefined;
};

export type CrowdOptions = {
  readonly port: number;
  readonly macs: readonly Mac[];
  /** Milliseconds until an unanswered question is asked again. */
  readonly retryMs: number;
};

export class Crowd implements AsyncDisposable {
  /** Every ACK, in the order of arrival. */
  readonly acks: Ack[] = [];
  /** Is called at each. */
  onAck: () => void = () => undefined;
  naks = 0;
  readonly #options: CrowdOptions;
  readonly #socket: Socket = createSocket('udp4');
  readonly #clients = new Map<number, Client>();
  readonly #done = Promise.withResolvers<void>();
  #unbound: number;

  private constructor(options: CrowdOptions) {
    this.#options = options;
    this.#unbound = options.macs.length;
    for (const [index, mac] of options.macs.entries())
      this.#clients.set(index + 1, { mac, xid: index + 1, offer: undefined, bound: false, again: undefined });
  }

  /** Everybody asks at once. */
  static async start(options: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(options);
    crowd.#socket.bind(0, '127.0.0.1');
    await once(crowd.#socket, 'listening');
    crowd.#socket.on('message', (bytes) => crowd.#take(bytes)).on('error', () => undefined);
    for (const client of crowd.#clients.values()) crowd.#ask(client);
    return crowd;
  }

  /** Resolves once everybody has a lease. */
  get allBound(): Promise<void> {
    return this.#done.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { again } of this.#clients.values()) clearTimeout(again);
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  #ask(client: Client): void {
    const { offer } = client;
    const asked =
      offer === undefined
        ? write(option.messageType.write('discover'))
        : write(
            option.messageType.write('request'),
            option.requestedAddress.write(offer.address),
            option.serverIdentifier.write(offer.server),
          );
    const entries = [...asked, option.relayAgent.write([{ code: 19, bytes: new Uint8Array() }])];
    const packet: Packet = {
      ...packetOf(),
      xid: client.xid,
      giaddr: '127.0.0.1',
      chaddr: macBytes(client.mac),
      options: new Map(entries),
    };
    this.#socket.send(encode(packet), this.#options.port, '127.0.0.1', () => undefined);
    clearTimeout(client.again);
    client.again = setTimeout(() => {
      client.offer = undefined;
      this.#ask(client);
    }, this.#options.retryMs);
  }

  #take(bytes: Uint8Array): void {
    const decoded = decode(bytes);
    const client = decoded.ok ? this.#clients.get(decoded.packet.xid) : undefined;
    if (!decoded.ok || client === undefined) return;
    const { packet } = decoded;
    const type = read(packet, option.messageType);
    if (type === 'ack') {
      this.acks.push({ mac: client.mac, address: packet.yiaddr });
      this.onAck();
    }
    if (client.bound) return;
    if (type === 'offer' && client.offer === undefined) {
      client.offer = { address: packet.yiaddr, server: read(packet, option.serverIdentifier) ?? '' };
      this.#ask(client);
    } else if (type === 'nak') {
      this.naks += 1;
      client.offer = undefined;
      this.#ask(client);
    } else if (type === 'ack') {
      client.bound = true;
      clearTimeout(client.again);
      this.#unbound -= 1;
      if (this.#unbound === 0) this.#done.resolve();
    }
  }
}

/** MACs that follow each other, as the labels of a carton do. */
export function carton(first: number, count: number): readonly Mac[] {
  return Array.from({ length: count }, (_, i) => (0x00_56_2b_00_00_00 + first + i).toString(16).padStart(12, '0') as Mac);
}

/** Addresses that more than one MAC was given. */
export function leasedTwice(acks: readonly Ack[]): readonly string[] {
  const holders = new Map<string, Set<Mac>>();
  for (const { mac, address } of acks) holders.set(address, (holders.get(address) ?? new Set()).add(mac));
  return [...holders].filter(([, macs]) => macs.size > 1).map(([address, macs]) => `${address}: ${[...macs].join(', ')}`);
}
