/**
 * Sockets of the bench: every one is bound to the one interface it serves (design: interlocks), so that nothing the bench says
 * gets into another network. Where the system can't do that (Windows, no koffi) the interface's own address is bound instead.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Server } from 'node:net';
import type { Refusal, Result } from '../contract/problem.js';
import { anyAddress } from '../protocols/dhcp/ipv4.js';
import { type NativeError, type NativeSockets, nativeSockets } from './native-socket.js';
import type { Place } from './places.js';
import { firstUnprivilegedPort, portHolders, type Protocol, spellHolders } from './ports.js';
import { culpritOf } from './culprits.js';

export type UdpOptions = {
  /** Sends to 255.255.255.255, and hears what is sent there. */
  readonly broadcast?: boolean;
  /** Local address; the place's own unless said, or all addresses of the interface for `broadcast`. */
  readonly address?: string;
  /** Shares the port with others that share it: for clients, never for servers. */
  readonly shared?: boolean;
  /** Need not be read: what comes from this address. It may come all the same, where the system can't tell (native-socket.ts). */
  readonly deafTo?: string;
};

/**
 * Opens a UDP socket on a place; port 0 takes any. Refusals: `port.taken` (params protocol, port, holder, and known, the
 * code of a culprit), `port.privilege`
 * (protocol, port, first: the first free for all, platform), `port.failed` (protocol, port, error), `interface.unknown`,
 * `interface.no-address`, `interface.privilege`, `interface.no-broadcast` (interface, platform).
 */
export async function openUdp(
  place: Place,
  port: number,
  { broadcast = false, address, shared = false, deafTo }: UdpOptions = {},
): Promise<Result<Socket>> {
  const local = address ?? (broadcast ? anyAddress : place.address);
  const native = await nativeSockets();
  if (native === undefined) return openByAddress(place, port, broadcast, shared);
  const deaf = deafTo === undefined ? {} : { deafTo };
  const opened = native.open({ kind: 'datagram', device: place.interface, address: local, port, broadcast, shared, ...deaf });
  if (!opened.ok) return refusedBySystem(opened.error, 'udp', place, port);
  return { ok: true, value: await adoptUdp(native, opened.fd, shared) };
}

/** What a socket may hold back until it is read, in bytes as the system accounts them for the asker. */
export type ReceiveBuffer = { readonly asked: number; readonly granted: number };

/** Bytes asked for bursts: hundreds of phones that start in the same second. */
const wantedReceiveBuffer = 4 * 1024 * 1024;

/**
 * Asks the system for a receive buffer of so many bytes and reads back what it gave; fewer where `net.core.rmem_max` caps it. Linux
 * keeps, and answers, the double of what it grants (socket(7)); `granted` is comparable with `asked`. Never throws on an open socket.
 */
export function askReceiveBuffer(socket: Socket, asked = wantedReceiveBuffer, platform: string = process.platform): ReceiveBuffer {
  try {
    socket.setRecvBufferSize(asked);
  } catch {
    // some systems refuse more than they allow, instead of giving what they may
  }
  const answered = socket.getRecvBufferSize();
  return { asked, granted: platform === 'linux' ? Math.floor(answered / 2) : answered };
}

/** The notice that a buffer was capped; undefined when all that was asked was granted. Params: asked and granted in KiB, `needed` in bytes. */
export function cappedBuffer({ asked, granted }: ReceiveBuffer): Refusal | undefined {
  if (granted >= asked) return undefined;
  const kib = (bytes: number): number => Math.round(bytes / 1024);
  return { kind: 'missing', code: 'buffer.capped', params: { asked: kib(asked), granted: kib(granted), needed: asked } };
}

/** Makes a `dgram` socket of a bound descriptor, which it owns from then on. */
export async function adoptUdp(native: NativeSockets, fd: number, shared = false): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', lookup: asAddress });
  const listening = once(socket, 'listening'); // before bind, which says so at once when it is given a descriptor
  socket.bind({ fd, exclusive: true });
  await listening;
  native.share(fd, shared); // libuv lets everybody share what it is given (uv_udp_open)
  return socket;
}

/** What is sent to is an address already; asking a resolver for each packet costs as much as sending it. */
function asAddress(address: string, _options: unknown, done: (error: Error | null, address: string, family: number) => void): void {
  done(null, address, 4);
}

/**
 * Lets a TCP server listen on a place; port 0 takes any. Gives the port, or the refusals of `openUdp`. A server that was killed
 * is followed at once (SO_REUSEADDR).
 */
export async function listenTcp(server: Server, place: Place, port: number): Promise<Result<number>> {
  const native = await nativeSockets();
  const opened = native?.open({ kind: 'stream', device: place.interface, address: place.address, port, shared: true });
  if (opened?.ok === false) return refusedBySystem(opened.error, 'tcp', place, port);
  try {
    const listening = once(server, 'listening');
    server.listen(opened === undefined ? { host: place.address, port, exclusive: true } : { fd: opened.fd });
    await listening;
  } catch (error) {
    // The descriptor is the server's from `listen` on, and it has closed it.
    return refusedBySystem({ code: codeOf(error), step: 'bind' }, 'tcp', place, port);
  }
  const bound = server.address();
  return { ok: true, value: typeof bound === 'object' && bound !== null ? bound.port : port };
}

/**
 * The interface's address alone. Windows hears an interface's broadcasts on its address and sends them out of it (unverified
 * here); elsewhere a broadcast would leave by the default route, into somebody's office, so it is refused.
 */
async function openByAddress(place: Place, port: number, broadcast: boolean, shared: boolean): Promise<Result<Socket>> {
  if (broadcast && process.platform !== 'win32')
    return refused('interface.no-broadcast', { interface: place.interface, platform: process.platform });
  const socket = createSocket({ type: 'udp4', reuseAddr: shared });
  try {
    const listening = once(socket, 'listening');
    socket.bind({ address: place.address, port, exclusive: true });
    await listening;
  } catch (error) {
    socket.close();
    return refusedBySystem({ code: codeOf(error), step: 'bind' }, 'udp', place, port);
  }
  socket.setBroadcast(broadcast);
  return { ok: true, value: socket };
}

/** The refusal for what the system answered, with who holds the port or which privilege is missing. */
export async function refusedBySystem(
  { code, step }: NativeError,
  protocol: Protocol,
  place: Place,
  port: number,
): Promise<{ readonly ok: false; readonly refusal: Refusal }> {
  const { interface: name, address } = place;
  if (step === 'device')
    return code === 'ENODEV'
      ? refused('interface.unknown', { interface: name })
      : refused('interface.privilege', { interface: name, platform: process.platform, error: code });
  if (code === 'EADDRINUSE') {
    const holders = await portHolders(protocol, port);
    const known = culpritOf(holders, process.platform)?.code;
    return refused('port.taken', { protocol, port, holder: spellHolders(holders), ...(known === undefined ? {} : { known }) });
  }
  if (code === 'EACCES')
    return refused('port.privilege', { protocol, port, first: await firstUnprivilegedPort(), platform: process.platform });
  if (code === 'EADDRNOTAVAIL') return refused('interface.no-address', { interface: name, address });
  return refused('port.failed', { protocol, port, error: code });
}

function refused(code: string, params: Refusal['params']): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind: 'missing', code, params } };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
