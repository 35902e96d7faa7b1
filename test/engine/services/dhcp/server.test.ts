import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Observation } from '../../../../engine/contract/observation.js';
import { option, read } from '../../../../engine/protocols/dhcp/options.js';
import { decode, encode, type Packet } from '../../../../engine/protocols/dhcp/packet.js';
import { type DhcpService, type DhcpTrouble, startDhcp } from '../../../../engine/services/dhcp/server.js';
import { systemClock } from '../../../../engine/services/service.js';
import { listPlaces } from '../../../../engine/network/places.js';
import { macBytes } from '../../../../engine/contract/mac.js';
import type { WireTap } from '../../../../engine/services/tap.js';
import { discoverOf8851, mac, phone } from '../../protocols/dhcp/packets.js';
import { MemoryLeases } from './lease-store.js';

const loopback = listPlaces().find((place) => place.address === '127.0.0.1')!;
const opened: AsyncDisposable[] = [];

afterEach(async () => {
  for (const each of opened.splice(0)) await each[Symbol.asyncDispose]();
});

describe('the DHCP service on loopback, through a relay agent', () => {
  it('leases an address, keeps it over a restart, and answers where the agent is', async () => {
    const leases = new MemoryLeases();
    const { facts } = await serve(leases, async (relay) => {
      const offer = await relay(discoverOf8851);
      expect(read(offer, option.messageType)).toBe('offer');
      expect(offer.yiaddr).toBe('127.77.0.1');
      const ack = await relay(requestOf(offer));
      expect(read(ack, option.messageType)).toBe('ack');
      expect(read(ack, option.tftpServerName)).toBe('http://127.0.0.1:8080');
    });
    expect(facts.map(({ fact, sender }) => [fact.kind, sender.mac])).toEqual([
      ['dhcpDiscover', phone],
      ['dhcpAck', phone],
    ]);
    await serve(leases, async (relay) => {
      expect((await relay(discoverOf8851)).yiaddr).toBe('127.77.0.1');
    });
  });

  it('goes on whatever arrives, and after what its own surroundings throw', async () => {
    const leases = new MemoryLeases();
    const { troubles } = await serve(leases, async (relay, send) => {
      for (const bytes of fc.sample(fc.uint8Array({ maxLength: 600 }), { numRuns: 300, seed: 1 })) send(bytes);
      const offer = await relay(discoverOf8851);
      leases.broken = true;
      send(encode(relayed(requestOf(offer))));
      expect(read(await relay(discoverOf8851), option.messageType)).toBe('offer');
    });
    expect(new Set(troubles.map(({ code }) => code))).toEqual(new Set(['dhcp.malformed', 'dhcp.unkept']));
  });

  it('says nothing of a lease before it is on disk, and gives the address to nobody else meanwhile', async () => {
    const leases = new MemoryLeases();
    const seen: string[] = [];
    const tap: WireTap = ({ direction, payload }) => {
      const decoded = decode(payload);
      seen.push(`${direction} ${decoded.ok ? read(decoded.packet, option.messageType) : '?'}`);
    };
    await serve(
      leases,
      async (relay, send) => {
        const offer = await relay(discoverOf8851);
        leases.slow = true;
        send(encode(relayed(requestOf(offer))));
        const other = { ...discoverOf8851, chaddr: macBytes(mac('00562b000001')) };
        expect((await relay(other)).yiaddr).not.toBe(offer.yiaddr); // answered although the disk is slow
        expect(seen).toEqual(['in discover', 'out offer', 'in request', 'in discover', 'out offer']);
        leases.settle();
        expect(seen.at(-1)).toBe('out ack');
      },
      tap,
    );
  });

  it('tells who has which address, and what a phone is given', async () => {
    await serve(new MemoryLeases(), async (relay, _send, service) => {
      const offer = await relay(discoverOf8851);
      expect(service.entries()).toMatchObject([{ mac: phone, address: '127.77.0.1', state: 'offered' }]);
      await relay(requestOf(offer));
      expect(service.entries()).toMatchObject([{ mac: phone, address: '127.77.0.1', state: 'active' }]);
      expect(service.counts()).toEqual({ size: 9, leased: 1, free: 8, checking: 0, setAside: 0 });
      expect(service.explain(phone)).toMatchObject({ ignored: undefined, address: '127.77.0.1' });
    });
  });

  it('is refused where another holds the port, and says who', async () => {
    const first = await startDhcp(options(new MemoryLeases(), 0));
    if (!first.ok) throw new Error(first.refusal.code);
    opened.push(first.value);
    const second = await startDhcp(options(new MemoryLeases(), first.value.port));
    if (second.ok) opened.push(second.value);
    expect(second).toMatchObject({
      ok: false,
      refusal: { kind: 'missing', code: 'port.taken', params: { protocol: 'udp', port: first.value.port } },
    });
    if (!second.ok && process.platform === 'linux') expect(second.refusal.params['holder']).toContain(`(${process.pid})`);
  });
});

function options(leases: MemoryLeases, port: number, facts: Observation[] = [], troubles: DhcpTrouble[] = []) {
  return {
    place: loopback,
    port,
    pool: { first: '127.77.0.1', last: '127.77.0.9' },
    clock: systemClock,
    leases,
    policy: () => ({ serve: true, leaseSeconds: 60, options: [{ code: 66, text: 'http://127.0.0.1:8080' }] }) as const,
    observe: (observation: Observation) => void facts.push(observation),
    trouble: (trouble: DhcpTrouble) => void troubles.push(trouble),
  };
}

type Relay = (packet: Packet) => Promise<Packet>;
type Body = (relay: Relay, send: (bytes: Uint8Array) => void, service: DhcpService) => Promise<void>;

async function serve(leases: MemoryLeases, body: Body, tap: WireTap = () => undefined) {
  const facts: Observation[] = [];
  const troubles: DhcpTrouble[] = [];
  const started = await startDhcp({ ...options(leases, 0, facts, troubles), tap });
  if (!started.ok) throw new Error(started.refusal.code);
  await using service = started.value;
  const agent = createSocket('udp4');
  agent.bind(0, '127.0.0.1');
  await once(agent, 'listening');
  try {
    const send = (bytes: Uint8Array) => agent.send(bytes, service.port, '127.0.0.1');
    await body(
      async (packet) => {
        const answered = once(agent, 'message') as Promise<[Buffer]>;
        send(encode(relayed(packet)));
        const decoded = decode((await answered)[0]);
        if (!decoded.ok) throw new Error(decoded.reason);
        return decoded.packet;
      },
      send,
      service,
    );
  } finally {
    agent.close();
  }
  return { facts, troubles };
}

function relayed(packet: Packet): Packet {
  const source = option.relayAgent.write([{ code: 19, bytes: new Uint8Array() }]);
  return { ...packet, giaddr: '127.0.0.1', options: new Map([...packet.options, source]) };
}

function requestOf(offer: Packet): Packet {
  const entries = [
    option.messageType.write('request'),
    option.requestedAddress.write(offer.yiaddr),
    option.serverIdentifier.write('127.0.0.1'),
  ];
  return { ...discoverOf8851, options: new Map([...discoverOf8851.options, ...entries]) };
}
