/** A network that loses, doubles, swaps and delays packets, and one that is full of noise: every honest client gets its one lease. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { listPlaces } from '../../../../engine/network/places.js';
import { option } from '../../../../engine/protocols/dhcp/options.js';
import { encode } from '../../../../engine/protocols/dhcp/packet.js';
import { probe } from '../../../../engine/protocols/dhcp/probe.js';
import { startDhcp } from '../../../../engine/services/dhcp/server.js';
import { systemClock } from '../../../../engine/services/service.js';
import type { WireTap } from '../../../../engine/services/tap.js';
import { discoverOf8851, packetOf, phone } from '../../protocols/dhcp/packets.js';
import { startFaultProxy } from '../fault-proxy.js';
import { numbers } from '../numbers.js';
import { carton, Crowd, leasedTwice } from './crowd.js';
import { MemoryLeases } from './lease-store.js';

const loopback = listPlaces().find((place) => place.address === '127.0.0.1')!;

async function serve(leases = new MemoryLeases(), tap: WireTap = () => undefined) {
  const started = await startDhcp({
    place: loopback,
    port: 0,
    pool: { first: '127.77.0.1', last: '127.77.255.254' },
    clock: systemClock,
    leases,
    policy: () => ({ serve: true, leaseSeconds: 43_200, options: [{ code: 66, text: 'http://127.0.0.1:8080' }] }),
    observe: () => undefined,
    tap,
  });
  if (!started.ok) throw new Error(started.refusal.code);
  return started.value;
}

it.each([1, 2, 3])('a carton gets its leases through a network that does everything to its packets, seed %i', async (seed) => {
  const leases = new MemoryLeases();
  await using service = await serve(leases);
  const faults = { drop: 0.2, duplicate: 0.2, reorder: 0.2, delay: 0.3 };
  const server = { address: '127.0.0.1', port: service.port };
  await using proxy = await startFaultProxy({ server, seed, toServer: faults, toClient: faults });
  await using crowd = await Crowd.start({ port: proxy.port, macs: carton(0, 300), retryMs: 150 });
  await crowd.allBound;
  expect(crowd.naks).toBe(0);
  expect(leasedTwice(crowd.acks)).toEqual([]);
  expect(leasedTwice(leases.all())).toEqual([]);
  expect(leases.all()).toHaveLength(300);
  for (const kind of ['dropped', 'duplicated', 'reordered', 'delayed'] as const) expect(proxy.counts[kind]).toBeGreaterThan(100);
});

const seeds = [
  discoverOf8851,
  { ...packetOf(option.messageType.write('request'), option.requestedAddress.write('127.77.0.9')) },
  { ...packetOf(option.messageType.write('request')), ciaddr: '127.77.0.9' },
  { ...packetOf(option.messageType.write('decline'), option.requestedAddress.write('127.77.0.9')) },
  { ...packetOf(option.messageType.write('release')), ciaddr: '127.77.0.9' },
  { ...packetOf(option.messageType.write('inform')), ciaddr: '127.77.0.9' },
  probe('another bench', phone, 7),
].map((packet) => encode({ ...packet, giaddr: '127.0.0.3' }));

it('a hundred thousand mutated messages leave the service alive, its memory as it was, and honest clients served meanwhile', async () => {
  const heard = { messages: 0 };
  const tap: WireTap = ({ direction }) => {
    if (direction === 'in') heard.messages += 1;
  };
  await using service = await serve(new MemoryLeases(), tap);
  const noise = createSocket('udp4');
  onTestFinished(() => void noise.close());
  noise.bind(0, '127.0.0.3');
  await once(noise, 'listening');
  const random = numbers(42);
  const [total, batch, half] = [100_000, 100, 500];
  const acks: Crowd['acks'] = [];
  let memoryHalfWay = 0;
  // A datagram the system has no room for is none: it is sent until so many were heard.
  for (let batches = 0; heard.messages < total; batches += 1) {
    for (let i = 0; i < batch; i += 1) noise.send(mutated(random), service.port, '127.0.0.1');
    if (batches % 50 === 0) {
      await using crowd = await Crowd.start({ port: service.port, macs: carton(batches * 10, 10), retryMs: 500 });
      await crowd.allBound;
      acks.push(...crowd.acks);
    } else await turn();
    if (batches === half) memoryHalfWay = process.memoryUsage().heapUsed;
  }
  expect(acks.length).toBeGreaterThanOrEqual(200);
  expect(leasedTwice(acks)).toEqual([]);
  expect(process.memoryUsage().heapUsed - memoryHalfWay).toBeLessThan(64 * 1024 * 1024);
}, 60_000);

/** One of the seeds with a few bytes changed, cut, or added. */
function mutated(random: (below: number) => number): Uint8Array {
  const bytes = Buffer.from(seeds[random(seeds.length)]!);
  for (let i = random(5); i > 0; i -= 1) bytes[random(3) === 0 ? random(bytes.length) : 28 + random(6)] = random(256);
  for (let i = random(3); i > 0; i -= 1) bytes[240 + random(Math.max(1, bytes.length - 240))] = random(256);
  const cut = random(6) === 0 ? bytes.subarray(0, random(bytes.length + 1)) : bytes;
  return random(12) === 0 ? Buffer.concat([cut, Buffer.alloc(random(300), random(256))]) : cut;
}
