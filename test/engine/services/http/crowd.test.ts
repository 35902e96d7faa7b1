/** Clients that are after the bench's time and memory, and phones that are served meanwhile. */
import { once } from 'node:events';
import { Agent, request as openRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { expect, it, onTestFinished } from 'vitest';
import { limits } from '../../../../engine/services/http/connection.js';
import { bytes, Rig } from './rig.js';

const profile = '<flat-profile/>'.repeat(100);
const answers = { '/8851-3PCC.xml': bytes(profile, { purpose: 'bootstrap' }) };

async function open(port: number, from: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** A phone of its own address that fetches on a kept connection; gives what it got. */
async function fetchFrom(port: number, from: string, agent?: Agent): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const outgoing = openRequest(
    { port, host: '127.0.0.1', localAddress: from, path: '/8851-3PCC.xml', agent: agent ?? false },
    (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve(text));
    },
  );
  outgoing.on('error', reject);
  outgoing.end();
  return promise;
}

it('five hundred that never end their heads do not keep a hundred phones waiting', async () => {
  await using rig = await Rig.start(answers, { most: { all: 300, ofOne: 128 } });
  for (let i = 0; i < 500; i += 1) {
    const socket = await open(rig.port, `127.1.${i >> 6}.${(i & 63) + 1}`);
    socket.write('GET /8851-3PCC.xml HTTP/1.1\r\nX-A: b\r\n');
  }
  const got = await Promise.all(Array.from({ length: 100 }, (_, i) => fetchFrom(rig.port, `127.2.0.${i + 1}`)));
  expect(got.filter((text) => text === profile)).toHaveLength(100);
});

it('a head that comes drop by drop is not waited for longer than one that does not come', async () => {
  await using rig = await Rig.start(answers);
  const socket = await open(rig.port, '127.0.0.9');
  const ended = once(socket, 'end');
  socket.resume();
  socket.write('GET / HTTP/1.1\r\n');
  for (let passed = 0; passed < limits.head; passed += 1_000) {
    socket.write('X: y\r\n');
    await fetchFrom(rig.port, '127.0.0.10'); // by then the line has been heard
    rig.clock.pass(1_000);
  }
  await ended;
});

it('three hundred phones keep their connections, and leave nothing behind when they go', async () => {
  await using rig = await Rig.start(answers);
  const agents = Array.from({ length: 300 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  for (let round = 0; round < 3; round += 1)
    for (const text of await Promise.all(agents.map((agent, i) => fetchFrom(rig.port, `127.3.${i >> 7}.${(i & 127) + 1}`, agent))))
      expect(text).toBe(profile);
  expect(rig.book.of('fileDelivered').length).toBeGreaterThanOrEqual(600);
  for (const agent of agents) agent.destroy();
  await rig.book.until(900, 'fileDelivered');
  while (rig.clock.waiting > 0) await setImmediate(); // a connection that stays would keep its timer, and this test for ever
  expect(rig.book.of('fileBroken')).toEqual([]);
});

it('a hundred thousand mutated requests leave the service alive, its memory flat, and phones served', async () => {
  await using rig = await Rig.start(answers, { observe: () => {} });
  const random = randomFrom(9112);
  let heapAfterWarming = 0;
  for (let sent = 0; sent < 100_000;) {
    await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        const socket = connect({ port: rig.port, host: '127.0.0.1', localAddress: `127.4.0.${at + 1}` });
        socket.on('error', () => {});
        const closed = once(socket, 'close');
        await once(socket, 'connect');
        socket.resume();
        const many = Array.from({ length: 10 }, () => mutated(random));
        // A refused one ends the conversation, so there are few to a connection; one each would measure the system's sockets.
        for (const each of many) socket.write(each);
        if (random() < 0.5) socket.end();
        else socket.resetAndDestroy();
        if (!socket.destroyed) socket.setTimeout(50, () => socket.destroy());
        await closed;
      }),
    );
    sent += 50 * 10;
    if (sent % 5_000 === 0) expect(await fetchFrom(rig.port, '127.5.0.1')).toBe(profile);
    if (sent === 25_000) heapAfterWarming = getHeapStatistics().used_heap_size;
  }
  const grown = getHeapStatistics().used_heap_size - heapAfterWarming;
  expect(grown).toBeLessThan(48 * 1024 * 1024);
});

const seeds = [
  'GET /8851-3PCC.xml HTTP/1.1\r\nHost: a\r\n\r\n',
  'HEAD /8851-3PCC.xml HTTP/1.1\r\nRange: bytes=0-4\r\n\r\n',
  'POST /report/x HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello',
  'PUT /report/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'GET /%2e%2e/%00\\..\\x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
  'GET http://a/../../x HTTP/1.1\r\nAuthorization: Digest username="a"\r\n\r\n',
];

/** A request with up to four of its bytes changed, left out, or doubled; one in three is whole. */
function mutated(random: () => number): Buffer {
  let bytes: Buffer = Buffer.from(seeds[Math.floor(random() * seeds.length)] ?? '', 'latin1');
  const changes = random() < 0.33 ? 0 : 1 + Math.floor(random() * 4);
  for (let i = 0; i < changes; i += 1) {
    const at = Math.floor(random() * bytes.length);
    const how = random();
    if (how < 0.5) bytes[at] = Math.floor(random() * 256);
    else if (how < 0.75) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 9))]);
  }
  return bytes;
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
