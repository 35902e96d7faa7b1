/** Datagrams fetched in batches: each one once, in order, with its sender, and its bytes stay what they were. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { drainer } from '../../../engine/network/native-batch.js';
import { nativeSockets, type NativeSockets } from '../../../engine/network/native-socket.js';

const drain = await drainer();
const native = await nativeSockets();
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

it('is there on Linux, and nowhere else', () => {
  expect(drain !== undefined).toBe(process.platform === 'linux' && native !== undefined);
});

describe.runIf(process.platform === 'linux' && native !== undefined)('a batch', () => {
  it('holds what waits, up to its size, and nothing twice', async () => {
    const { fd, port } = receiver();
    const socket = await sender();
    const sent = Array.from({ length: 150 }, (_, i) => Buffer.alloc(1 + ((i * 37) % 1_400), i));
    for (const bytes of sent) await say(socket, bytes, port);
    const [heard, counts] = drainAll(fd);
    expect(counts).toEqual([64, 64, 22, 0]);
    expect(heard.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual(sent.map((bytes) => bytes.toString('hex')));
    const own = socket.address();
    expect(new Set(heard.map(({ from }) => `${from.address}:${from.port}`))).toEqual(new Set([`${own.address}:${own.port}`]));
  });

  it('takes an empty datagram, and one that is longer than any DHCP message, whole', async () => {
    const { fd, port } = receiver();
    const socket = await sender();
    await say(socket, Buffer.alloc(0), port);
    await say(socket, Buffer.alloc(60_000, 7), port);
    const [heard] = drainAll(fd);
    expect(heard.map(({ bytes }) => bytes.length)).toEqual([0, 60_000]);
    expect(heard[1]?.bytes.every((byte) => byte === 7)).toBe(true);
  });

  it('of a socket that is gone is empty', () => {
    const { fd } = receiver();
    for (const close of closing.splice(0)) close();
    expect(drainAll(fd)).toEqual([[], [0]]);
  });
});

type Told = { readonly bytes: Uint8Array; readonly from: { readonly address: string; readonly port: number } };

function drainAll(fd: number): [Told[], number[]] {
  const heard: Told[] = [];
  const counts: number[] = [];
  do counts.push(drain?.(fd, (bytes, from) => heard.push({ bytes, from })) ?? 0);
  while (counts.at(-1) !== 0);
  return [heard, counts];
}

function receiver(): { readonly fd: number; readonly port: number } {
  const sockets = native as NativeSockets;
  const opened = sockets.open({ kind: 'datagram', device: 'lo', address: '127.0.0.1', port: 0 });
  if (!opened.ok) throw new Error(opened.error.code);
  closing.push(() => sockets.close(opened.fd));
  return opened;
}

async function sender(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closing.push(() => void socket.close());
  return socket;
}

function say(socket: Socket, bytes: Uint8Array, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(bytes, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error)));
  });
}
