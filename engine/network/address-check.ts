/**
 * Who answers at an address of this segment? Asked for many addresses at once, before they are offered.
 *
 * Linux with CAP_NET_RAW: ARP probes (RFC 5227 section 2.1.1: sender address 0.0.0.0) on a packet socket (packet(7)) made through
 * koffi, a thousand in half a second, and the system's own ARP table stays untouched. Without the privilege a datagram to each
 * address makes the system itself ask, fewer at a time, for its table is small (arp(7), gc_thresh), and the table is read. Elsewhere
 * it can't be found out.
 *
 *   ARP (RFC 826)   hardware 2 = 1 | protocol 2 = 0x0800 | 6 | 4 | operation 2 | sender MAC 6, address 4 | target MAC 6, address 4
 */
import { networkInterfaces } from 'node:os';
import { macBytes, macFromBytes, type Mac, parseMac } from '../contract/mac.js';
import { addressAt, addressBytes } from '../protocols/dhcp/ipv4.js';
import type { Clock } from '../services/service.js';
import { readNeighbours } from './arp.js';
import type { Place } from './places.js';
import { openUdp } from './sockets.js';

/** By address who answered: the MAC, or null where it stays unknown. Undefined: it can't be found out here. */
type Answers = ReadonlyMap<string, Mac | null>;
export type AddressChecker = (addresses: readonly string[]) => Promise<Answers | undefined>;

/** Milliseconds: a host on a cable answers within a few; one that sleeps gets a second chance. */
const betweenProbes = 250;
const looks = 10;
const betweenLooks = 50;

/** Nobody listens on it (RFC 863); a datagram to it makes the system ask for the hardware address. */
const discardPort = 9;
/** The table holds 128 entries before the system begins to tidy it. */
const mostAtOnce = 96;

/** How addresses are checked on a place. */
export function addressChecker(place: Place, clock: Clock): AddressChecker {
  const wait = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));
  return async (addresses) => {
    if (process.platform !== 'linux') return undefined;
    const wire = await openArp(place);
    return wire === undefined ? askSystem(place, addresses, wait) : askWire(wire, addresses, wait);
  };
}

type Wait = (ms: number) => Promise<void>;

async function askWire(wire: ArpWire, addresses: readonly string[], wait: Wait): Promise<Answers> {
  const asked = new Set(addresses);
  const answers = new Map<string, Mac | null>();
  const read = (): void => {
    for (const { address, mac } of wire.read()) if (asked.has(address)) answers.set(address, mac);
  };
  try {
    for (let look = 0; look < looks; look += 1) {
      if (look * betweenLooks === 0 || look * betweenLooks === betweenProbes)
        for (const address of addresses) if (!answers.has(address)) wire.ask(address);
      await wait(betweenLooks);
      read();
    }
    return answers;
  } finally {
    wire.close();
  }
}

async function askSystem(place: Place, addresses: readonly string[], wait: Wait): Promise<Answers | undefined> {
  const opened = await openUdp(place, 0);
  if (!opened.ok) return undefined;
  const socket = opened.value;
  socket.on('error', () => undefined); // what can't be reached answers nothing
  const answers = new Map<string, Mac | null>();
  try {
    for (let from = 0; from < addresses.length; from += mostAtOnce) {
      const some = addresses.slice(from, from + mostAtOnce);
      for (const address of some) socket.send('', discardPort, address, () => undefined);
      await wait(2 * betweenProbes);
      const neighbours = readNeighbours(place.interface);
      for (const address of some) {
        const mac = neighbours.get(address);
        if (mac !== undefined) answers.set(address, mac);
      }
    }
    return answers;
  } finally {
    socket.close();
  }
}

type Answer = { readonly address: string; readonly mac: Mac };
type ArpWire = { ask(address: string): void; read(): readonly Answer[]; close(): void };

/** linux/if_ether.h, linux/if_packet.h, asm-generic/socket.h, fcntl.h. */
const system = { AF_PACKET: 17, SOCK_RAW: 3, nonblockingCloseOnExec: 0o2_004_000, ETH_P_ARP: 0x08_06, MSG_DONTWAIT: 0x40 };
/** RFC 826 in an Ethernet frame. */
const frameLength = 42;

/** A packet socket for ARP on the place's interface; undefined where there is none to be had. */
async function openArp(place: Place): Promise<ArpWire | undefined> {
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
  return {
    ask(address) {
      const frame = arpProbe(own, address);
      c.send(fd, frame, frame.length, system.MSG_DONTWAIT);
    },
    read() {
      const all: Answer[] = [];
      for (let length; (length = c.recv(fd, heard, heard.length, system.MSG_DONTWAIT)) > 0;) {
        const answer = readArp(heard.subarray(0, length));
        if (answer !== undefined && answer.mac !== own) all.push(answer);
      }
      return all;
    },
    close: () => void c.close(fd),
  };
}

/** An Ethernet frame that asks who has an address, on behalf of nobody (RFC 5227 section 2.1.1). */
export function arpProbe(own: Mac, address: string): Uint8Array {
  const frame = Buffer.alloc(frameLength);
  frame.fill(0xff, 0, 6);
  frame.set(macBytes(own), 6);
  frame.writeUInt16BE(system.ETH_P_ARP, 12);
  frame.set([0, 1, 8, 0, 6, 4, 0, 1], 14);
  frame.set(macBytes(own), 22);
  frame.set(addressBytes(address), 38);
  return frame;
}

/** Who says in an ARP frame, asking or answering, that an address is its own; undefined for anything else. */
export function readArp(frame: Uint8Array): Answer | undefined {
  if (frame.length < frameLength || frame[12] !== 0x08 || frame[13] !== 0x06 || frame[16] !== 8 || frame[17] !== 0) return undefined;
  const mac = macFromBytes(frame.subarray(22, 28));
  const address = addressAt(frame, 28);
  return mac === undefined || address === '0.0.0.0' ? undefined : { address, mac };
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
