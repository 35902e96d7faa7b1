/** One client that takes all it can get, and a phone that comes after it. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { FileSource } from '../../../engine/services/files.js';
import { startHttp } from '../../../engine/services/http/server.js';
import { startTftp } from '../../../engine/services/tftp/server.js';
import { HandClock } from './hand-clock.js';
import { KeptUploads } from './http/kept-uploads.js';
import { listenLoopback, Notebook, openLoopback } from './loopback.js';

const files: FileSource = {
  find: () => Promise.resolve({ kind: 'bytes', bytes: Buffer.alloc(2000), purpose: 'bootstrap', contentType: 'text/xml' }),
};
const [greedy, phone] = ['127.0.0.2', '127.0.0.3'];

it('leaves TFTP transfers to others', async () => {
  const book = new Notebook();
  const started = await startTftp({ port: 0, open: openLoopback, files, observe: book.observe, clock: new HandClock(), mostTransfers: 70 });
  if (!started.ok) throw new Error(started.refusal.code);
  await using service = started.value;
  const ask = (from: string) => tftpRequest(from, service.port);
  const taken = await Promise.all(Array.from({ length: 64 }, () => ask(greedy)));
  await Promise.all(taken.map(({ answered }) => answered));
  await ask(greedy); // one too many: unanswered, or it would be counted below
  await (
    await ask(phone)
  ).answered;
  expect(book.of('fileAsked').length).toBe(65);
});

it('leaves HTTP connections to others', async () => {
  const book = new Notebook();
  const started = await startHttp({
    port: 0,
    listen: listenLoopback,
    files,
    uploads: new KeptUploads(),
    observe: book.observe,
    clock: new HandClock(),
  });
  if (!started.ok) throw new Error(started.refusal.code);
  await using service = started.value;
  const open = async (from: string) => {
    const socket = connect({ port: service.port, host: '127.0.0.1', localAddress: from });
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  for (let i = 0; i < 128; i += 1) await open(greedy);
  await once(await open(greedy), 'close');
  const other = await open(phone);
  other.write('GET /8851-3PCC.xml HTTP/1.1\r\n\r\n');
  const [bytes] = (await once(other, 'data')) as [Buffer];
  expect(bytes.toString('latin1')).toContain('200 OK');
});

async function tftpRequest(from: string, port: number) {
  const socket = dgram.createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.bind(0, from);
  await once(socket, 'listening');
  const answered = once(socket, 'message');
  socket.send(Buffer.from('\x00\x01/8851-3PCC.xml\x00octet\x00', 'latin1'), port, '127.0.0.1');
  return { answered };
}
