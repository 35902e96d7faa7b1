/**
 * ARP by hand, on a packet socket (packet(7)) made through koffi: Linux with CAP_NET_RAW. The system's own ARP table stays untouched.
 *
 *   ARP (RFC 826)   hardware 2 = 1 | protocol 2 = 0x0800 | 6 | 4 | operation 2 | sender MAC 6, address 4 | target MAC 6, address 4
 */
import { networkInterfaces } from 'node:os';
import { macBytes, macFromBytes, type Mac, parseMac } from '../contract/mac.js';
import { addressAt, addressBytes, anyAddress } from '../protocols/dhcp/ipv4.js';
import type { Place } from './places.js';

/** Who says that an address is its own, and whether it says so because it was asked. */
export type ArpSaid = { readonly address: string; readonly mac: Mac; readonly answer: boolean };

export type ArpWire = {
  /** Asks who has an address: `probing` on behalf of nobody (RFC 5227 section 2.1.1), else as the bench that it is. */
  ask(address: string, probing: boolean): void;
  /** What others said since. */
  read(): readonly ArpSaid[];
  close(): void;
};

/** linux/if_ether.h, linux/if_packet.h, asm-generic/socket.h, fcntl.h. */
const system = { AF_PACKET: 17, SOCK_RAW: 3, nonblockingCloseOnExec: 0o2_004_000, ETH_P_ARP: 0x08_06, MSG_DONTWAIT: 0x40 };
/** RFC 826 in an Ethernet frame. */
const frameLength = 42;
/** Where the address stands that is asked for. */
const asked = 38;
const answering = 2;

/** A packet socket for ARP on the place's interface; undefined where there is none to be had. */
export async function openArpWire(place: Place): Promise<ArpWire | undefined> {
  if (process.platform !== 'linux') return undefined;
  const own = parseMac(networkInterfaces()[place.interface]?.find(({ address }) => address === place.address)?.mac ?? '');
  const c = await library();
  if (own === undefined || c === undefined) return undefined;
  const protocol = ((system.ETH_P_ARP & 0xff) << 8) | (system.ETH_P_ARP >> 8); // network order
  const fd = c.socket(system.AF_PACKET, system.SOCK_RAW | system.nonblockingCloseOnExec, protocol);
  if (fd < 0) return undefined;
  const link = Buffer.alloc(20); // struct sockaddr_ll
  link.writeUInt16LE(system.AF_PACKET, 0);
  link.writeUInt16BE(system.ETH_P_ARP, 2);
  link.writeInt32LE(c.if_nametoindex(place.interface), 4);
  if (c.bind(fd, link, link.length) !== 0) {
    c.close(fd);
    return undefined;
  }
  const heard = Buffer.alloc(128);
  const [probe, question] = [arpQuestion(own, anyAddress, anyAddress), arpQuestion(own, place.address, anyAddress)];
  let open = true; // a number that was closed may be somebody else's file by now
  return {
    ask(address, probing) {
      if (!open) return;
      const frame = probing ? probe : question;
      frame.set(address.split('.').map(Number), asked); // the rest is the same for each of a thousand
      c.send(fd, frame, frame.length, system.MSG_DONTWAIT);
    },
    read() {
      const all: ArpSaid[] = [];
      if (!open) return all;
      for (let length; (length = c.recv(fd, heard, heard.length, system.MSG_DONTWAIT)) > 0;) {
        const said = readArp(heard.subarray(0, length));
        if (said !== undefined && said.mac !== own) all.push(said);
      }
      return all;
    },
    close() {
      if (open) c.close(fd);
      open = false;
    },
  };
}

/** An Ethernet frame to everyone that asks who has an address. */
export function arpQuestion(own: Mac, from: string, address: string): Buffer {
  const frame = Buffer.alloc(frameLength);
  frame.fill(0xff, 0, 6);
  frame.set(macBytes(own), 6);
  frame.writeUInt16BE(system.ETH_P_ARP, 12);
  frame.set([0, 1, 8, 0, 6, 4, 0, 1], 14);
  frame.set(macBytes(own), 22);
  frame.set(addressBytes(from), 28);
  frame.set(addressBytes(address), asked);
  return frame;
}

/** Who says in an ARP frame, asking or answering, that an address is its own; undefined for anything else. */
export function readArp(frame: Uint8Array): ArpSaid | undefined {
  if (frame.length < frameLength || frame[12] !== 0x08 || frame[13] !== 0x06 || frame[16] !== 8 || frame[17] !== 0) return undefined;
  const mac = macFromBytes(frame.subarray(22, 28));
  const address = addressAt(frame, 28);
  return mac === undefined || address === anyAddress ? undefined : { address, mac, answer: frame[21] === answering };
}

type Library = {
  readonly socket: (domain: number, type: number, protocol: number) => number;
  readonly bind: (fd: number, address: Buffer, length: number) => number;
  readonly send: (fd: number, bytes: Uint8Array, length: number, flags: number) => number;
  readonly recv: (fd: number, bytes: Buffer, length: number, flags: number) => number;
  readonly close: (fd: number) => number;
  readonly if_nametoindex: (name: string) => number;
};

let loaded: Promise<Library | undefined> | undefined;

function library(): Promise<Library | undefined> {
  loaded ??= loadLibrary();
  return loaded;
}

async function loadLibrary(): Promise<Library | undefined> {
  try {
    const { default: koffi } = await import('koffi');
    const c = koffi.load(null);
    return {
      socket: c.func('int socket(int, int, int)') as Library['socket'],
      bind: c.func('int bind(int, const void *, unsigned int)') as Library['bind'],
      send: c.func('long send(int, const void *, size_t, int)') as Library['send'],
      recv: c.func('long recv(int, void *, size_t, int)') as Library['recv'],
      close: c.func('int close(int)') as Library['close'],
      if_nametoindex: c.func('unsigned int if_nametoindex(const char *)') as Library['if_nametoindex'],
    };
  } catch {
    return undefined; // no build of koffi for this system
  }
}
