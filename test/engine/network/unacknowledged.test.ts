import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { unacknowledgedBytes } from '../../../engine/network/unacknowledged.js';

it('what a peer does not take is unacknowledged, and what it took is not', async ({ skip }) => {
  skip(process.platform !== 'linux', 'only Linux tells how much a peer has not acknowledged');
  const unacknowledged = await unacknowledgedBytes();
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  onTestFinished(() => void socket.destroy());
  expect(unacknowledged(socket)).toBe(0);
  client.pause();
  const bytes = Buffer.alloc(32 * 1024 * 1024);
  socket.write(bytes);
  expect(unacknowledged(socket)).toBeGreaterThan(0);
  client.resume();
  let got = 0;
  client.on('data', (part: Buffer) => (got += part.length));
  while (got < bytes.length) await once(client, 'data');
  expect(unacknowledged(socket)).toBe(0);
  client.destroy();
  socket.destroy();
  expect(unacknowledged(socket)).toBeUndefined();
});
