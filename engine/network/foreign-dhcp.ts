/**
 * Is another DHCP server on the bench's interface? (Design: interlocks.)
 *
 * Two DISCOVERs ask for it. The first has the interface's own hardware address, which a switch that looks for forged ones lets
 * pass; the second a made-up one, for a server that has nothing for the first. Neither is followed by a REQUEST, so nobody's pool
 * shrinks for longer than an offer holds. A dnsmasq pings for 3 s before it offers.
 */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { type Mac, macFromBytes, parseMac } from '../contract/mac.js';
import type { Refusal, Result } from '../contract/problem.js';
import { limitedBroadcast } from '../protocols/dhcp/ipv4.js';
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

/**
 * Looks for other DHCP servers; ends with the first that answers, or with none after `ms` (5 s). On loopback there can be none.
 * Refused as `openUdp` refuses, when port 68 can't be had: then nobody knows.
 */
export async function probeForeignDhcp(place: Place, options: ProbeOptions): Promise<Result<readonly ForeignDhcp[]>> {
  if (isLoopback(place)) return { ok: true, value: [] };
  // Shared: a DHCP client of this machine may have the port, and broadcast answers reach everyone who has it.
  const opened = await openUdp(place, clientPort, { broadcast: true, shared: true });
  if (!opened.ok) return opened;
  const socket = opened.value;
  try {
    const address = await firstOffer(socket, place, options);
    return { ok: true, value: address === undefined ? [] : [await withMac(socket, place, address, options)] };
  } finally {
    socket.close();
  }
}

/**
 * Looks again every 30 s, from 30 s after now, until the function it returns is called. `found` hears of a server each time it
 * is found; `blind` of the refusal when nothing could be asked.
 */
export function watchForeignDhcp(
  place: Place,
  options: Omit<ProbeOptions, 'signal'> & { readonly everyMs?: number },
  found: (server: ForeignDhcp) => void,
  blind: (refusal: Refusal) => void = () => undefined,
): () => void {
  const { clock, everyMs = watchEvery } = options;
  const stopping = new AbortController();
  let cancel = clock.after(everyMs, look);

  function look(): void {
    void probeForeignDhcp(place, { ...options, signal: stopping.signal }).then((result) => {
      if (stopping.signal.aborted) return;
      if (!result.ok) blind(result.refusal);
      else for (const server of result.value) found(server);
      cancel = clock.after(everyMs, look);
    });
  }

  return () => {
    stopping.abort();
    cancel();
  };
}

function firstOffer(socket: Socket, place: Place, options: ProbeOptions): Promise<string | undefined> {
  const { clock, ms = patience, own = [], bench = thisBench(), random = randomBytes, signal } = options;
  const ours = new Set([place.address, ...own]);
  const xids = new Set<number>();
  const macs = [macOf(place), madeUpMac(random)];

  return new Promise((resolve) => {
    const cancels: (() => void)[] = [];
    const finish = (address?: string): void => {
      for (const cancel of cancels) cancel();
      signal?.removeEventListener('abort', abort);
      socket.removeAllListeners('message');
      resolve(address);
    };
    const abort = (): void => finish();
    const ask = (mac: Mac): void => {
      const xid = Buffer.from(random(4)).readUInt32BE();
      xids.add(xid);
      socket.send(encode(probe(bench, mac, xid)), serverPort, limitedBroadcast, () => undefined); // the next look may succeed
    };

    socket.on('error', abort);
    socket.on('message', (datagram) => {
      const server = offeredBy(datagram, xids);
      if (server !== undefined && !ours.has(server)) finish(server);
    });
    if (signal?.aborted === true) return finish();
    signal?.addEventListener('abort', abort);
    cancels.push(clock.after(ms, abort));
    for (const [index, mac] of macs.entries())
      if (index === 0) ask(mac);
      else cancels.push(clock.after(Math.min(betweenProbes, ms / 4) * index, () => ask(mac)));
  });
}

function offeredBy(datagram: Uint8Array, xids: ReadonlySet<number>): string | undefined {
  const decoded = decode(datagram);
  if (!decoded.ok || decoded.packet.op !== 'reply' || !xids.has(decoded.packet.xid)) return undefined;
  return read(decoded.packet, option.messageType) === 'offer' ? read(decoded.packet, option.serverIdentifier) : undefined;
}

/** A broadcast leaves no trace in the ARP table, so the system is made to ask, and given half a second. */
async function withMac(socket: Socket, place: Place, address: string, { clock }: ProbeOptions): Promise<ForeignDhcp> {
  socket.send('', discardPort, address, () => undefined);
  for (let looks = 0; looks < neighbourLooks; looks += 1) {
    const mac = readNeighbours(place.interface).get(address);
    if (mac !== undefined) return { address, mac };
    await new Promise<void>((resolve) => clock.after(betweenLooks, resolve));
  }
  return { address };
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
