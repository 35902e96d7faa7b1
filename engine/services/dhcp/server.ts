/** The DHCP service: sockets on one place, and a session behind them that decides. */
import type { Socket } from 'node:dgram';
import type { Observe } from '../../contract/observation.js';
import type { Params } from '../../contract/problem.js';
import { openDhcpServer } from '../../network/dhcp-sockets.js';
import type { Place } from '../../network/places.js';
import { thisBench } from '../../network/this-bench.js';
import { addressText, type Range, subnetOf } from '../../protocols/dhcp/ipv4.js';
import { decode, encode } from '../../protocols/dhcp/packet.js';
import type { DhcpPolicy, LeaseStore } from '../lease.js';
import type { Clock, Service, Started } from '../service.js';
import { openBindings } from './bindings.js';
import type { Destination, Origin } from './reply.js';
import { answer, type Session } from './session.js';

export type DhcpOptions = {
  readonly place: Place;
  /** 67 on a real interface; 0 takes any, and clients come through a relay agent with RFC 8357. */
  readonly port: number;
  readonly pool: Range;
  readonly clock: Clock;
  readonly policy: DhcpPolicy;
  readonly leases: LeaseStore;
  readonly observe: Observe;
  /** This bench's id, by which it knows its own probe for foreign servers; the probe has the same unless told. */
  readonly bench?: string;
  /** What went wrong without being a fact of a device: for a log, not for the journal. */
  readonly trouble?: (trouble: DhcpTrouble) => void;
};

export type DhcpTrouble = {
  readonly code: 'dhcp.malformed' | 'dhcp.declined' | 'dhcp.send-failed' | 'dhcp.failed';
  readonly params: Params;
};

/**
 * Serves leases on a place until it is disposed. Refused when the port can't be had.
 * Nothing that arrives ends it: what can't be read or answered goes to `trouble`.
 */
export async function startDhcp({
  place,
  port,
  pool,
  clock,
  policy,
  leases,
  observe,
  bench = thisBench(),
  trouble = () => undefined,
}: DhcpOptions): Promise<Started> {
  const subnet = subnetOf(place.address, place.prefix);
  const except = [place.address, addressText(subnet.first), addressText(subnet.last)];
  const bindings = openBindings({ range: pool, except }, leases);
  const session: Session = { serverAddress: place.address, prefix: place.prefix, policy, bindings, bench };
  const opened = await openDhcpServer(place, port);
  if (!opened.ok) return opened;
  const { broadcasts, unicasts } = opened.value;
  let open = true;

  function send(bytes: Uint8Array, { address, port }: Destination): void {
    unicasts.send(bytes, port, address, (error) => {
      if (error !== null) trouble({ code: 'dhcp.send-failed', params: { address, port, error: codeOf(error) } });
    });
  }

  function take(datagram: Uint8Array, from: Origin): void {
    if (!open) return;
    const decoded = decode(datagram);
    if (!decoded.ok) return trouble({ code: 'dhcp.malformed', params: { address: from.address, reason: decoded.reason } });
    const now = clock.now();
    const { mac, reply, facts, declined } = answer(session, decoded.packet, from, now.getTime());
    if (reply !== undefined) send(encode(reply.packet), reply.to);
    if (declined !== undefined) trouble({ code: 'dhcp.declined', params: { mac: mac ?? '', address: declined } });
    if (mac !== undefined) for (const fact of facts) observe({ at: now.toISOString(), sender: { mac }, fact });
  }

  function hear(socket: Socket, cast: Origin['cast']): void {
    socket.on('message', (datagram, { address, port }) => {
      try {
        take(datagram, { address, port, cast });
      } catch (error) {
        trouble({ code: 'dhcp.failed', params: { address, error: codeOf(error) } });
      }
    });
    socket.on('error', (error) => trouble({ code: 'dhcp.failed', params: { address: place.address, error: codeOf(error) } }));
  }

  const sockets = new Set([broadcasts, unicasts]);
  hear(unicasts, 'unicast');
  if (broadcasts !== unicasts) hear(broadcasts, 'broadcast');
  return {
    ok: true,
    value: {
      port: unicasts.address().port,
      async [Symbol.asyncDispose]() {
        if (!open) return;
        open = false;
        await Promise.all([...sockets].map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
      },
    } satisfies Service,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}
