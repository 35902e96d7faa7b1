/**
 * Is another DHCP server on the bench's interface? (Design: interlocks.)
 *
 * Two DISCOVERs ask for it. The first has the interface's own hardware address, which a switch that looks for forged ones lets
 * pass; the second a made-up one, for a server that has nothing for the first. Neither is followed by a REQUEST, so nobody's pool
 * shrinks for longer than an offer holds. A dnsmasq pings for 3 s before it offers. Besides, every OFFER and ACK of another
 * server that is broadcast counts, whoever asked for it.
 */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { type Mac, macFromBytes, parseMac } from '../contract/mac.js';
import type { Refusal, Result } from '../contract/problem.js';
import { addressBytes, anyAddress, limitedBroadcast } from '../protocols/dhcp/ipv4.js';
import { option, read } from '../protocols/dhcp/options.js';
import { decode, encode } from '../protocols/dhcp/packet.js';
import { probe } from '../protocols/dhcp/probe.js';
import type { Clock } from '../services/service.js';
import { readNeighbours } from './arp.js';
import { isLoopback, type Place } from './places.js';
import { openUdp } from './sockets.js';
import { thisBench } from './this-bench.js';

/** A server that offered: its address (server identifier), and its hardware address where that could be found out. */
export type ForeignDhcp = { readonly address: string; readonly mac?: Mac };

export type ProbeOptions = {
  readonly clock: Clock;
  /** How long answers are awaited, in milliseconds. */
  readonly ms?: number;
  /** Server addresses that are ours; the place's own always is. */
  readonly own?: readonly string[];
  /** The bench's id as its DHCP service has it. */
  readonly bench?: string;
  readonly random?: (size: number) => Uint8Array;
  /** Whether a reply is one of ours that came through a relay agent, which may have put its own address in (RFC 5107). */
  readonly relayed?: (reply: Uint8Array) => boolean;
  /** Ends it early, with what was found until then. */
  readonly signal?: AbortSignal;
};

const clientPort = 68;
const serverPort = 67;
/** Nobody listens on it (RFC 863); a datagram to it makes the system ask for the hardware address. */
const discardPort = 9;
const patience = 5_000;
const betweenProbes = 1_000;
const neighbourLooks = 10;
const betweenLooks = 50;
const watchEvery = 30_000;
/** RFC 2131 section 2: `op` of a server's messages, and where options begin. */
const bootReply = 2;
const firstOption = 240;

/**
 * Looks for other DHCP servers; ends with the first that answers, or with none after `ms` (5 s). On loopback there can be none.
 * Refused as `openUdp` refuses, when port 68 can't be had: then nobody knows.
 */
export async function probeForeignDhcp(place: Place, options: ProbeOptions): Promise<Result<readonly ForeignDhcp[]>> {
  if (isLoopback(place)) return { ok: true, value: [] };
  const opened = await openProbe(place);
  if (!opened.ok) return opened;
  const socket = opened.value;
  try {
    const address = await firstOffer(socket, place, options);
    return { ok: true, value: address === undefined ? [] : [await withMac(place, address, options)] };
  } finally {
    socket.close();
  }
}

/** Who hears of what a watch finds. `found` at the moment of it, before anything else; `named` once, a moment later, with the MAC where it can be had. */
export type Watcher = {
  found(address: string): void;
  named(server: ForeignDhcp): void;
  /** Nothing could be asked or heard. */
  blind?(refusal: Refusal): void;
};

/**
 * Watches until a server is found or the function it returns is called: hears every OFFER and ACK that is broadcast, whoever asked
 * for it, and asks by itself every 30 s, from 30 s after now (`firstMs` to begin sooner). On loopback there is nothing to watch.
 */
export function watchForeignDhcp(
  place: Place,
  options: Omit<ProbeOptions, 'signal'> & { readonly everyMs?: number; readonly firstMs?: number },
  watcher: Watcher,
): () => void {
  if (isLoopback(place)) return () => undefined;
  const { clock, everyMs = watchEvery, firstMs = everyMs } = options;
  const { ask, foreign } = asker(place, options);
  let [socket, ended]: [Socket | undefined, boolean] = [undefined, false];
  let cancels: (() => void)[] = [];

  const later = (ms: number, action: () => void): void => void cancels.push(clock.after(ms, action));
  const close = (): void => {
    socket?.removeAllListeners('message').close();
    socket = undefined;
  };
  const stop = (): void => {
    ended = true;
    for (const cancel of cancels) cancel();
    close();
  };
  const hear = (datagram: Uint8Array): void => {
    const address = foreign(datagram);
    if (address === undefined || ended) return;
    stop();
    watcher.found(address);
    void withMac(place, address, options).then((server) => watcher.named(server));
  };
  const open = async (): Promise<void> => {
    const opened = await openProbe(place);
    if (!opened.ok) return watcher.blind?.(opened.refusal);
    if (ended || socket !== undefined) return void opened.value.close();
    socket = opened.value.on('message', hear).on('error', close); // the next look opens another
  };
  const look = async (): Promise<void> => {
    cancels = [];
    if (socket === undefined) await open();
    if (ended) return;
    const asked = socket;
    if (asked !== undefined) ask(asked, later);
    later(everyMs, () => void look());
  };

  void open();
  later(firstMs, () => void look());
  return stop;
}

/**
 * Shared: a DHCP client of this machine may have the port, and broadcast answers reach everyone who has it. What our own server
 * broadcasts comes back to this port, and would cost as much again as to answer.
 */
function openProbe(place: Place): Promise<Result<Socket>> {
  return openUdp(place, clientPort, { broadcast: true, shared: true, deafTo: place.address });
}

type Asker = {
  /** Sends the DISCOVERs, the second by `later`. */
  readonly ask: (socket: Socket, later: (ms: number, action: () => void) => void) => void;
  /** The server of an OFFER or ACK that is not ours. */
  readonly foreign: (datagram: Uint8Array) => string | undefined;
};

function asker(place: Place, { ms = patience, own = [], relayed, bench = thisBench(), random = randomBytes }: ProbeOptions): Asker {
  const ours = new Set([place.address, ...own]);
  // What the system gives back of our own broadcasts need not be read: the server identifier as it stands there tells.
  const marks = [...ours].map((address) => Buffer.from([option.serverIdentifier.code, 4, ...addressBytes(address)]));
  return {
    ask(socket, later) {
      for (const [index, mac] of [macOf(place), madeUpMac(random)].entries()) {
        const packet = encode(probe(bench, mac, Buffer.from(random(4)).readUInt32BE()));
        const send = (): void => {
          try {
            socket.send(packet, serverPort, limitedBroadcast, () => undefined); // the next look may succeed
          } catch {
            // closed meanwhile
          }
        };
        if (index === 0) send();
        else later(Math.min(betweenProbes, ms / 4) * index, send);
      }
    },
    foreign(datagram) {
      const bytes = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
      if (bytes[0] !== bootReply || marks.some((mark) => bytes.indexOf(mark, firstOption) > 0)) return undefined;
      const decoded = decode(bytes);
      if (!decoded.ok) return undefined;
      const { packet } = decoded;
      const type = read(packet, option.messageType);
      const server = read(packet, option.serverIdentifier) ?? packet.siaddr;
      if ((type !== 'offer' && type !== 'ack') || ours.has(server) || server === anyAddress) return undefined;
      return relayed?.(bytes) === true ? undefined : server;
    },
  };
}

/** The first server that answers, until `ms` have passed or the signal comes. */
function firstOffer(socket: Socket, place: Place, options: ProbeOptions): Promise<string | undefined> {
  const { clock, ms = patience, signal } = options;
  const { ask, foreign } = asker(place, options);
  return new Promise((resolve) => {
    const cancels: (() => void)[] = [];
    const later = (after: number, action: () => void): void => void cancels.push(clock.after(after, action));
    const finish = (address?: string): void => {
      for (const cancel of cancels) cancel();
      signal?.removeEventListener('abort', abort);
      socket.removeAllListeners('message');
      resolve(address);
    };
    const abort = (): void => finish();
    socket.on('error', abort);
    socket.on('message', (datagram) => {
      const server = foreign(datagram);
      if (server !== undefined) finish(server);
    });
    if (signal?.aborted === true) return finish();
    signal?.addEventListener('abort', abort);
    later(ms, abort);
    ask(socket, later);
  });
}

/** A broadcast leaves no trace in the ARP table, so the system is made to ask, and given half a second. */
async function withMac(place: Place, address: string, { clock }: ProbeOptions): Promise<ForeignDhcp> {
  const known = readNeighbours(place.interface).get(address);
  if (known !== undefined) return { address, mac: known };
  const opened = await openUdp(place, 0);
  if (!opened.ok) return { address };
  const socket = opened.value.on('error', () => undefined);
  try {
    socket.send('', discardPort, address, () => undefined);
    for (let looks = 0; looks < neighbourLooks; looks += 1) {
      const mac = readNeighbours(place.interface).get(address);
      if (mac !== undefined) return { address, mac };
      await new Promise<void>((resolve) => clock.after(betweenLooks, resolve));
    }
    return { address };
  } finally {
    socket.close();
  }
}

function macOf(place: Place): Mac {
  const entry = networkInterfaces()[place.interface]?.find(({ address }) => address === place.address);
  return parseMac(entry?.mac ?? '') ?? madeUpMac(randomBytes);
}

/** IEEE 802: the second lowest bit of the first byte says "locally administered", the lowest "group". */
function madeUpMac(random: (size: number) => Uint8Array): Mac {
  const bytes = Uint8Array.from(random(6));
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  return macFromBytes(bytes) ?? madeUpMac(randomBytes);
}
