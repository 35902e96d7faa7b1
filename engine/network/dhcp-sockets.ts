/**
 * The sockets of a DHCP server on one place. Node does not tell whom a datagram was sent to, but RFC 2131 section 4.3.2 needs to
 * know: REQUESTs of a client that renews come to us alone, of one that rebinds to everyone. So there are two sockets on the same
 * port, one on the interface's address, which the system prefers for unicast, and one on all addresses, to which the rest comes.
 */
import type { Socket } from 'node:dgram';
import type { Result } from '../contract/problem.js';
import { anyAddress } from '../protocols/dhcp/ipv4.js';
import { drainer, type Heard } from './native-batch.js';
import { outboxOf } from './native-outbox.js';
import { nativeSockets } from './native-socket.js';
import type { Place } from './places.js';
import { adoptUdp, openUdp, refusedBySystem } from './sockets.js';

/** Both are the same where the system has no two. */
export type DhcpSockets = {
  readonly unicasts: Socket;
  readonly broadcasts: Socket;
  /** Hands on what waits behind a datagram that a socket has just told of; nothing where only Node can read. */
  readonly drain: (socket: Socket, heard: Heard) => void;
  /** From the server's address, at the end of the turn at the latest; `failed` hears the name of the error. Not after `unicasts` was closed. */
  readonly send: (bytes: Uint8Array, to: { readonly address: string; readonly port: number }, failed: (error: string) => void) => void;
  /** Sends what waits for the end of the turn: before `unicasts` is closed. */
  readonly flush: () => void;
};

/** Opens them, port 0 taking any; refusals as of `openUdp`. A second server on the same interface and port is refused. */
export async function openDhcpServer(place: Place, port: number): Promise<Result<DhcpSockets>> {
  const native = process.platform === 'linux' ? await nativeSockets() : undefined;
  if (native === undefined) {
    const opened = await openUdp(place, port, { broadcast: true });
    if (!opened.ok) return opened;
    const socket = opened.value;
    return { ok: true, value: { unicasts: socket, broadcasts: socket, drain: nothing, send: sender(socket), flush: nothing } };
  }
  const all = { kind: 'datagram', device: place.interface, address: anyAddress, port, broadcast: true } as const;
  const first = native.open(all); // alone: this is what a second bench fails on
  if (!first.ok) return refusedBySystem(first.error, 'udp', place, port);
  native.share(first.fd, true);
  const second = native.open({ ...all, address: place.address, port: first.port, shared: true });
  native.share(first.fd, false);
  if (!second.ok) {
    native.close(first.fd);
    return refusedBySystem(second.error, 'udp', place, first.port);
  }
  const unicasts = await adoptUdp(native, second.fd);
  const queued = sender(unicasts);
  const sendOne: DhcpSockets['send'] = (bytes, to, failed) => {
    // Straight to the system: half of what an answer costs Node is what it makes for sending one.
    const error = native.send(second.fd, bytes, to.address, to.port);
    if (error === 'EAGAIN' || error === 'ENOBUFS') queued(bytes, to, failed);
    else if (error !== undefined) failed(error);
  };
  const outbox = await outboxOf(second.fd, sendOne);
  const send: DhcpSockets['send'] = (bytes, to, failed) => {
    if (outbox?.add(bytes, to, failed) !== true) sendOne(bytes, to, failed);
  };
  const broadcasts = await adoptUdp(native, first.fd);
  const fetch = await drainer();
  const drain: DhcpSockets['drain'] = (socket, heard) => void fetch?.(socket === unicasts ? second.fd : first.fd, heard);
  return { ok: true, value: { unicasts, broadcasts, drain, send, flush: () => outbox?.flush() } };
}

function nothing(): void {
  // Node sends at once, and reads by itself
}

function sender(socket: Socket): DhcpSockets['send'] {
  return (bytes, { address, port }, failed) =>
    socket.send(bytes, port, address, (error) => {
      if (error !== null) failed((error as NodeJS.ErrnoException).code ?? error.message);
    });
}
