/**
 * What each phone and the bench said to each other: the newest messages of each, as bytes, decoded only when somebody asks.
 *
 * Kept by MAC; by address while nobody knows whose it is. Which MAC an address belongs to comes from the bench's own DHCP answers as they pass by,
 * and from whoever knows otherwise when it is asked for.
 */
import { type Mac, macFromBytes } from '../../contract/mac.js';
import { addressAt, anyAddress } from '../../protocols/dhcp/ipv4.js';
import { Lately } from '../../services/lately.js';
import type { WireMessage } from '../../services/tap.js';
import { type Captured, pcapngOf } from './capture.js';
import { maskBytes } from './masks.js';
import { Rings } from './rings.js';
import { type Told, toldOf } from './told.js';

export type Recorded = Omit<WireMessage, 'at' | 'lasting'> & { readonly seq: number; readonly at: number };

export type RecorderOptions = {
  /** Whose address it is, as the network knows it now. */
  readonly holder: (address: string) => Mac | undefined;
  /** What must not be shown of a phone. */
  readonly secrets: (mac: Mac) => readonly string[];
  readonly limits?: { readonly each: number; readonly bytes: number; readonly rings: number };
};

const usualLimits = { each: 400, bytes: 32 * 1024 * 1024, rings: 4_096 };
const mostPayload = 8 * 1024;
const macForm = /^[0-9a-f]{12}$/;
/** Opcode and block of TFTP DATA: profiles are never recorded. */
const tftpHead = 4;
/** Places in a DHCP message (RFC 2131 section 2), option 53 and its value for an ACK (RFC 2132 section 9.6). */
const at = { hlen: 2, yiaddr: 16, chaddr: 28, firstOption: 240 };
const messageType = 53;
const ack = 5;

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #rings: Rings<Recorded>;
  readonly #owners = new Lately<string, Mac>(2 * usualLimits.rings);
  #seq = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#rings = new Rings(options.limits ?? usualLimits, ({ payload }) => payload.length);
  }

  /** Bytes held, bounded by the limits. */
  get bytes(): number {
    return this.#rings.bytes;
  }

  /** Takes one message; bound, so that it can be passed on as a tap. Never throws. */
  readonly tap = (message: WireMessage): void => {
    const { protocol, transport, direction, local, payload, remote } = message;
    const key = protocol === 'dhcp' ? this.#dhcpKey(message) : (this.#owners.get(remote.address) ?? remote.address);
    const isData = protocol === 'tftp' && payload[0] === 0 && payload[1] === 3;
    const most = isData ? tftpHead : mostPayload;
    const kept = message.lasting === true && payload.length <= most ? payload : copyOf(payload, most);
    this.#seq += 1;
    this.#rings.add(key, { seq: this.#seq, at: message.at.getTime(), protocol, transport, direction, local, remote, payload: kept });
  };

  /** The newest messages of a phone, oldest first, decoded, secrets masked. */
  messages(mac: Mac): { readonly messages: readonly Told[]; readonly forgotten: number } {
    this.#settle();
    const { items, forgotten } = this.#rings.of(mac);
    return { messages: this.#masked(mac, items).map(toldOf), forgotten };
  }

  /** A pcapng file of one phone or of all, in the order of time; secrets masked. */
  capture(mac: Mac | null): Uint8Array {
    this.#settle();
    const keys = mac === null ? this.#rings.keys() : [mac];
    const captured = keys.flatMap((key): Captured[] => {
      const owner = macForm.test(key) ? (key as Mac) : undefined;
      const messages = this.#masked(owner, this.#rings.of(key).items);
      return owner === undefined ? messages : messages.map((message) => Object.assign(message, { phone: owner }));
    });
    return pcapngOf(captured.sort(inOrder));
  }

  #masked(owner: Mac | undefined, items: readonly Recorded[]): Recorded[] {
    const secrets = owner === undefined ? [] : this.#options.secrets(owner);
    return items.map((item) => ({ ...item, payload: maskBytes(item.payload, item.protocol, secrets) }));
  }

  /** The hardware address of the client; an ACK that leaves says whose the address is. Read where it stands: every message comes by here. */
  #dhcpKey({ payload, direction, remote }: WireMessage): string {
    const isEthernet = payload.length >= at.firstOption && payload[at.hlen] === 6;
    const mac = isEthernet ? macFromBytes(payload, at.chaddr) : undefined;
    if (mac === undefined) return remote.address;
    // Ours begin with their type (packet.ts).
    const isAck = direction === 'out' && payload[at.firstOption] === messageType && payload[at.firstOption + 2] === ack;
    const yiaddr = isAck ? addressAt(payload, at.yiaddr) : anyAddress;
    if (yiaddr !== anyAddress) this.#own(yiaddr, mac);
    return mac;
  }

  #own(address: string, mac: Mac): void {
    if (this.#owners.get(address) === mac) return;
    this.#owners.set(address, mac);
  }

  /** Gives what was kept by address to whoever has it. */
  #settle(): void {
    for (const key of this.#rings.keys()) {
      if (macForm.test(key)) continue;
      const mac = this.#owners.get(key) ?? this.#options.holder(key);
      if (mac === undefined) continue;
      this.#rings.move(key, mac, inOrder);
      this.#own(key, mac);
    }
  }
}

/** The first bytes, `most` of them at the longest. By hand, for it comes by with every packet. */
function copyOf(bytes: Uint8Array, most: number): Buffer {
  const copy = Buffer.allocUnsafe(Math.min(bytes.length, most));
  copy.set(bytes.length <= most ? bytes : bytes.subarray(0, most));
  return copy;
}

function inOrder(a: { readonly seq: number }, b: { readonly seq: number }): number {
  return a.seq - b.seq;
}
