/** The DHCP service: sockets on one place, and a session behind them that decides. */
import type { Socket } from 'node:dgram';
import type { Mac } from '../../contract/mac.js';
import type { Observe } from '../../contract/observation.js';
import type { Params } from '../../contract/problem.js';
import { openDhcpServer } from '../../network/dhcp-sockets.js';
import type { Heard } from '../../network/native-batch.js';
import { isLoopback, type Place } from '../../network/places.js';
import { thisBench } from '../../network/this-bench.js';
import { addressText, type Range, subnetOf } from '../../protocols/dhcp/ipv4.js';
import { decode } from '../../protocols/dhcp/packet.js';
import type { DhcpPolicy, LeaseStore } from '../lease.js';
import type { Clock, Service } from '../service.js';
import type { Result } from '../../contract/problem.js';
import type { WireTap } from '../tap.js';
import { openBindings } from './bindings.js';
import type { Counts, Entry } from './bindings-contract.js';
import type { Origin } from './destination.js';
import { explainer, type Explanation } from './explain.js';
import type { Reply } from './reply.js';
import { answer, type Session } from './session.js';
import { type AddressCheck, Stock } from './stock.js';
import { Twins } from './twins.js';

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
  /** Looks for silent holders of addresses before they are offered; without it they are offered as they are. Not used on loopback. */
  readonly check?: AddressCheck;
  /** What went wrong without being a fact of a device: for people and a log, not for the journal. */
  readonly trouble?: (trouble: DhcpTrouble) => void;
  readonly tap?: WireTap;
};

export type DhcpTrouble = {
  /** `dhcp.conflict`: somebody has an address of the pool already (address, mac). `dhcp.declined`: a phone says so (address, mac). */
  readonly code: 'dhcp.malformed' | 'dhcp.declined' | 'dhcp.conflict' | 'dhcp.unkept' | 'dhcp.send-failed' | 'dhcp.failed';
  readonly params: Params;
};

export interface DhcpService extends Service {
  /** Leases, offers and addresses set aside. */
  entries(): readonly Entry[];
  counts(): Counts;
  /** What this client is given, or would be, byte for byte. */
  explain(mac: Mac): Explanation;
}

/** How often leases that lapsed long ago are looked for, in milliseconds. */
const retireEvery = 3_600_000;

/**
 * Serves leases on a place until it is disposed. Refused when the port can't be had.
 * Nothing that arrives ends it: what can't be read or answered goes to `trouble`.
 */
export async function startDhcp(options: DhcpOptions): Promise<Result<DhcpService>> {
  const { place, port, pool, clock, policy, leases, observe, check, tap, bench = thisBench(), trouble = () => undefined } = options;
  const subnet = subnetOf(place.address, place.prefix);
  const except = [place.address, addressText(subnet.first), addressText(subnet.last)];
  const bindings = openBindings({ range: pool, except }, leases);
  const session: Session = { serverAddress: place.address, prefix: place.prefix, policy, bindings, bench };
  const opened = await openDhcpServer(place, port);
  if (!opened.ok) return opened;
  const { broadcasts, unicasts, drain, send: sendTo, flush } = opened.value;
  const local = { address: place.address, port: unicasts.address().port };
  const explaining = explainer(session);
  const twins = new Twins();
  const stock = check === undefined || isLoopback(place) ? undefined : new Stock({ bindings, clock, check, found: conflict });
  let open = true;
  let stopRetiring = clock.after(0, retire);

  function conflict(address: string, by: Mac | null): void {
    trouble({ code: 'dhcp.conflict', params: { address, mac: by ?? '' } });
  }

  function retire(): void {
    bindings.retire(clock.now().getTime());
    stopRetiring = clock.after(retireEvery, retire);
  }

  function send({ to, bytes }: Reply): void {
    if (!open) return;
    tap?.({ at: clock.now(), protocol: 'dhcp', transport: 'udp', direction: 'out', local, remote: to, payload: bytes, lasting: true });
    sendTo(bytes, to, (error) => trouble({ code: 'dhcp.send-failed', params: { ...to, error } }));
  }

  function take(datagram: Uint8Array, from: Origin): void {
    if (!open) return;
    const now = clock.now();
    tap?.({ at: now, protocol: 'dhcp', transport: 'udp', direction: 'in', local, remote: from, payload: datagram, lasting: true });
    const decoded = decode(datagram);
    if (!decoded.ok) return trouble({ code: 'dhcp.malformed', params: { address: from.address, reason: decoded.reason } });
    const { mac, reply, lease, facts } = answer(session, decoded.packet, from, now.getTime());
    if (lease !== undefined)
      bindings.bind(lease, (error) => {
        if (error !== undefined) trouble({ code: 'dhcp.unkept', params: { address: lease.address, error: codeOf(error) } });
        else if (reply !== undefined) send(reply);
      });
    else if (reply !== undefined) send(reply);
    if (mac === undefined) return;
    explaining.heard(mac, datagram, from);
    // In the same turn as the lease, so that both are kept in one transaction or neither is.
    for (const fact of facts) {
      if (fact.kind === 'dhcpDecline') trouble({ code: 'dhcp.declined', params: { mac, address: fact.address } });
      observe({ at: now.toISOString(), sender: { mac }, fact });
    }
    if (twins.hear(mac, decoded.packet, now.getTime())) {
      const address = bindings.leaseOf(mac)?.address ?? bindings.reservationOf(mac, now.getTime());
      observe({ at: now.toISOString(), sender: { mac }, fact: { kind: 'secondPhone', addresses: address === undefined ? [] : [address] } });
    }
    void stock?.refill();
  }

  function hear(socket: Socket, cast: Origin['cast']): void {
    const heard: Heard = (datagram, { address, port }) => {
      try {
        take(datagram, { address, port, cast });
      } catch (error) {
        trouble({ code: 'dhcp.failed', params: { address, error: codeOf(error) } });
      }
    };
    socket.on('message', (datagram, from) => {
      heard(datagram, from);
      if (open) drain(socket, heard); // a carton that is switched on sends hundreds at once
    });
    socket.on('error', (error) => trouble({ code: 'dhcp.failed', params: { address: place.address, error: codeOf(error) } }));
  }

  await stock?.open();
  const sockets = new Set([broadcasts, unicasts]);
  hear(unicasts, 'unicast');
  if (broadcasts !== unicasts) hear(broadcasts, 'broadcast');
  return {
    ok: true,
    value: {
      port: local.port,
      entries: () => bindings.list(clock.now().getTime()),
      counts: () => bindings.counts(clock.now().getTime()),
      explain: (mac) => explaining.explain(mac, clock.now().getTime()),
      async [Symbol.asyncDispose]() {
        if (!open) return;
        open = false;
        flush();
        stock?.stop();
        check?.[Symbol.dispose]?.();
        stopRetiring();
        await Promise.all([...sockets].map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
      },
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}
