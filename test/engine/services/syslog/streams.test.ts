/** Syslog over TCP on real sockets: bounded in connections and in silence, and nothing of it stays. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { hearStreams } from '../../../../engine/services/syslog/streams.js';
import { HandClock } from '../hand-clock.js';
import { listenLoopback } from '../loopback.js';

let clock: HandClock;
let heard: { readonly text: string; readonly address: string }[];
let hearing: (() => void) | undefined;
let port: number;
let streams: AsyncDisposable;

beforeEach(async () => {
  [clock, heard] = [new HandClock(), []];
  const server = createServer();
  const hear = (frame: Buffer, { address }: { readonly address: string }): void => {
    heard.push({ text: frame.toString(), address });
    hearing?.();
  };
  streams = hearStreams(server, { mostBytes: 100, clock, hear });
  const listening = await listenLoopback(server, 0);
  if (!listening.ok) throw new Error(listening.refusal.code);
  port = listening.value;
});
afterEach(() => streams[Symbol.asyncDispose]());

async function open(from = '127.0.0.2'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

async function untilHeard(count: number): Promise<void> {
  while (heard.length < count) await new Promise<void>((resolve) => (hearing = resolve));
}

it('hears frames of several phones, and the rest of one that goes', async () => {
  const [one, other] = [await open(), await open('127.0.0.3')];
  one.write('7 <13>one');
  other.write('<13>two\n<13>thr');
  await untilHeard(2);
  other.end();
  await untilHeard(3);
  expect(heard.toSorted((a, b) => a.text.localeCompare(b.text))).toEqual([
    { text: '<13>one', address: '127.0.0.2' },
    { text: '<13>thr', address: '127.0.0.3' },
    { text: '<13>two', address: '127.0.0.3' },
  ]);
});

it('turns away who opens more than a phone needs, and only that one', async () => {
  for (let i = 0; i < 16; i += 1) await open();
  await once(await open(), 'close');
  (await open('127.0.0.4')).write('<13>here\n');
  await untilHeard(1);
  expect(heard).toEqual([{ text: '<13>here', address: '127.0.0.4' }]);
});

it('leaves a connection that has been silent for ten minutes, counted from its last word', async () => {
  const socket = await open();
  const closed = once(socket, 'close');
  socket.resume();
  clock.pass(9 * 60_000);
  socket.write('<13>still here\n');
  await untilHeard(1);
  clock.pass(9 * 60_000);
  socket.write('<13>and still\n');
  await untilHeard(2);
  clock.pass(10 * 60_000);
  await closed;
  expect(clock.waiting).toBe(0);
});
