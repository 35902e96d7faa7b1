/** A hundred thousand mutated datagrams, and as many mutated pieces over TCP, while phones are heard and the memory stays as it is. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../../engine/services/service.js';
import { lineText, type RawLine, startSyslog } from '../../../../engine/services/syslog/server.js';
import { listenLoopback, openLoopback } from '../loopback.js';

const total = 100_000;
const batch = 500;
const said = 'CP-8851-3PCC 00:0e:08:ab:cd:ef -- Successful resync';
const seeds = [
  `<142>Aug 12 09:00:00 ${said}`,
  '<13>1 2026-11-22T09:00:00Z host app - - [a b="c"] text',
  '<191>x',
  '<999>x',
  '29 <13>CP-8851-3PCC counted line',
  '9999999 <13>never filled',
  '<13>one\n<13>two\0<13>three\r\n',
  '\u001b[2J\u0000\u0007',
  'x'.repeat(1_500),
].map((text) => Buffer.from(text, 'latin1'));

it('hears phones amid a hundred thousand mutated datagrams and a hundred thousand mutated pieces over TCP', async () => {
  const heard = { words: 0, honest: 0 };
  const started = await startSyslog({
    port: 0,
    open: openLoopback,
    listen: listenLoopback,
    readWord: (text) => (text.includes('Successful resync') ? { step: 'resync', outcome: 'successful' } : undefined),
    wordHint: /resync/i,
    observe: () => (heard.words += 1),
    onLine(line: RawLine) {
      lineText(line);
      if (line.from !== '127.0.0.2') heard.honest += 1;
    },
    clock: systemClock,
  });
  if (!started.ok) throw new Error(started.refusal.code);
  await using service = started.value;
  const [noise, phone] = [await sender('127.0.0.2'), await sender('127.0.0.3')];
  const random = numbers(3164);
  let stream = await dial(service.port);
  let heapAfterWarmUp = 0;
  for (let sent = 0; sent < total; sent += batch) {
    for (let i = 0; i < batch; i += 1) noise.send(mutated(random), service.port, '127.0.0.1');
    for (let i = 0; i < batch; i += 1) stream.write(mutated(random));
    if (sent % 10_000 === 0) {
      stream.resetAndDestroy();
      stream = await dial(service.port);
    } else if (stream.writableNeedDrain) await once(stream, 'drain');
    const before = heard.honest;
    const isHeard = (): boolean => heard.honest > before;
    while (!isHeard()) {
      phone.send(seeds[0] ?? '', service.port, '127.0.0.1'); // as a phone does that was not heard
      for (let turns = 0; turns < 20 && !isHeard(); turns += 1) await setImmediate();
    }
    if (sent === total / 2) heapAfterWarmUp = getHeapStatistics().used_heap_size;
  }
  expect(heard.honest).toBeGreaterThanOrEqual(total / batch);
  expect(heard.words).toBeGreaterThan(0);
  expect(heard.words).toBeLessThan(total / 100); // rate-limited: no phone fills the journal
  expect(getHeapStatistics().used_heap_size - heapAfterWarmUp).toBeLessThan(64 * 1024 * 1024);
});

async function sender(address: string): Promise<dgram.Socket> {
  const socket = dgram.createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.bind(0, address);
  await once(socket, 'listening');
  return socket;
}

async function dial(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** One of the seeds with a few bytes changed, cut, or added. */
function mutated(random: (below: number) => number): Buffer {
  const bytes = Buffer.from(seeds[random(seeds.length)] ?? '');
  for (let i = random(4); i > 0; i -= 1) bytes[random(bytes.length)] = random(256);
  const part = random(4) === 0 ? bytes.subarray(0, random(bytes.length + 1)) : bytes;
  return random(8) === 0 ? Buffer.concat([part, Buffer.alloc(random(40), random(256))]) : part;
}

/** The same whole numbers for the same seed (a linear congruential generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
