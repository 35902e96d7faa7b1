import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileAnswer } from '../../../../engine/services/files.js';
import { limits } from '../../../../engine/services/http/connection.js';
import { type HttpService, startHttp } from '../../../../engine/services/http/server.js';
import { HandClock } from '../hand-clock.js';
import { listenLoopback, Notebook } from '../loopback.js';
import { KeptUploads } from './kept-uploads.js';
import { RawHttp } from './raw-client.js';

const profile = '<flat-profile><A>1</A></flat-profile>';
/** More than all buffers between two sockets hold. */
const big = Buffer.alloc(40 * 1024 * 1024, 'x');

let clock: HandClock;
let book: Notebook;
let service: HttpService;
let gate: Promise<void>;

beforeEach(async () => {
  clock = new HandClock();
  book = new Notebook();
  gate = Promise.resolve();
  const bytes = (content: Uint8Array): FileAnswer => ({ kind: 'bytes', bytes: content, purpose: 'device', contentType: 'text/xml' });
  const started = await startHttp({
    port: 0,
    listen: listenLoopback,
    files: {
      async find({ path }) {
        await gate;
        return path === '/p.xml' ? bytes(Buffer.from(profile)) : path === '/big' ? bytes(big) : { kind: 'missing' };
      },
    },
    uploads: new KeptUploads(),
    observe: book.observe,
    clock,
  });
  if (!started.ok) throw new Error(started.refusal.code);
  service = started.value;
});
afterEach(() => service[Symbol.asyncDispose]());

const judged = (count = 1) => book.until(count, 'fileDelivered', 'fileBroken');
const delivered = { kind: 'fileDelivered', transport: 'http', path: '/p.xml', purpose: 'device', bytes: profile.length };

describe('HTTP delivery is proven', () => {
  it('by the phone\u2019s FIN after the bytes, on a connection that is kept', async () => {
    await using client = await RawHttp.open(service.port);
    client.send('GET /p.xml HTTP/1.1\r\n\r\n');
    await client.until(profile);
    expect(book.of('fileDelivered')).toEqual([]);
    client.socket.end();
    expect(await judged()).toEqual([delivered]);
    await client.untilEnd();
  });

  it.each(['GET /p.xml HTTP/1.0\r\n\r\n', 'GET /p.xml HTTP/1.1\r\nConnection: close\r\n\r\n'])(
    'by the phone\u2019s FIN where the server closes first: %j',
    async (request) => {
      await using client = await RawHttp.open(service.port);
      client.send(request);
      expect(await client.untilEnd()).toContain(profile);
      expect(book.of('fileDelivered', 'fileBroken')).toEqual([]);
      client.socket.end();
      expect(await judged()).toEqual([delivered]);
    },
  );

  it('by the next request on the same connection', async () => {
    await using client = await RawHttp.open(service.port);
    client.send('GET /p.xml HTTP/1.1\r\n\r\n');
    await client.until(profile);
    client.send('GET /other HTTP/1.1\r\n\r\n');
    expect(await judged()).toEqual([delivered]);
    client.socket.resetAndDestroy();
    await book.until(1, 'fileMissing');
    expect(book.of('fileBroken')).toEqual([]);
  });

  it('for a client that closes its half right after the request, as nc does, once it takes the last byte', async () => {
    await using client = await RawHttp.open(service.port);
    client.socket.end('GET /p.xml HTTP/1.0\r\n\r\n');
    await client.until(profile.slice(0, -1));
    expect(book.of('fileDelivered', 'fileBroken')).toEqual([]);
    clock.pass(limits.settle);
    expect(await client.untilEnd()).toContain(profile);
    expect(await judged()).toEqual([delivered]);
  });

  it('for requests sent ahead only when the connection closes', async () => {
    await using client = await RawHttp.open(service.port);
    client.send('GET /p.xml HTTP/1.1\r\n\r\nGET /p.xml HTTP/1.1\r\n\r\n');
    await client.until(`${profile}HTTP`);
    await client.until(profile);
    client.send('GET /none HTTP/1.1\r\n\r\n');
    expect(await judged(2)).toEqual([delivered, delivered]);
  });
});

it('counts the files that are being sent: from their first byte until the system has their last', async () => {
  await using client = await RawHttp.open(service.port);
  client.send('GET /big HTTP/1.1\r\n\r\n');
  client.socket.pause();
  await book.until(1, 'fileAsked');
  while (service.sending === 0) await nextTurn();
  expect(service.sending).toBe(1);
  client.socket.resetAndDestroy();
  await judged();
  expect(service.sending).toBe(0);
});

describe('large files asked for ahead', () => {
  it('come one after the other, each whole', async () => {
    await using client = await RawHttp.open(service.port);
    let got = 0;
    client.socket.removeAllListeners('data');
    client.socket.on('data', (bytes) => (got += bytes.length));
    client.send('GET /big HTTP/1.1\r\n\r\nGET /big HTTP/1.1\r\nConnection: close\r\n\r\n');
    await client.untilEnd();
    expect(got).toBeGreaterThan(2 * big.length);
    client.socket.end();
    expect(await judged(2)).toMatchObject([
      { kind: 'fileDelivered', bytes: big.length },
      { kind: 'fileDelivered', bytes: big.length },
    ]);
  });
});

describe('HTTP delivery stays an offer', () => {
  it('when the phone resets in the middle', async () => {
    await using client = await RawHttp.open(service.port);
    client.socket.pause();
    client.send('GET /big HTTP/1.1\r\n\r\n');
    await book.until(1, 'fileAsked');
    client.socket.resetAndDestroy();
    const [broken] = await judged();
    expect(broken).toMatchObject({ kind: 'fileBroken', because: 'reset', path: '/big' });
    expect(broken?.bytes).toBeLessThan(big.length);
  });

  it.each(['HTTP/1.1', 'HTTP/1.0'])('when the phone resets after the last byte, %s', async (version) => {
    await using client = await RawHttp.open(service.port);
    client.send(`GET /p.xml ${version}\r\n\r\n`);
    await client.until(profile);
    client.socket.resetAndDestroy();
    expect(await judged()).toEqual([
      { kind: 'fileBroken', transport: 'http', path: '/p.xml', purpose: 'device', bytes: profile.length, because: 'reset' },
    ]);
  });

  it('when the phone closes in the middle', async () => {
    await using client = await RawHttp.open(service.port);
    client.socket.pause();
    client.send('GET /big HTTP/1.1\r\n\r\n');
    await book.until(1, 'fileAsked');
    client.socket.destroy(); // with bytes unread the system resets
    expect(await judged()).toMatchObject([{ kind: 'fileBroken', because: 'reset' }]);
  });

  it('when the phone has closed and gone before the bytes', async () => {
    const open = Promise.withResolvers<void>();
    gate = open.promise;
    await using client = await RawHttp.open(service.port, false);
    client.send('GET /p.xml HTTP/1.0\r\n\r\n');
    client.socket.end();
    client.socket.destroy();
    await once(client.socket, 'close');
    await turns(20);
    open.resolve();
    await book.until(1, 'fileAsked');
    await turns(20); // the reset comes from the system, not from the test
    clock.pass(limits.settle);
    expect(await judged()).toMatchObject([{ kind: 'fileBroken', because: 'reset' }]);
  });

  it('when the phone falls silent after the last byte', async () => {
    await using client = await RawHttp.open(service.port);
    client.send('GET /p.xml HTTP/1.1\r\n\r\n');
    await client.until(profile);
    await turns(5);
    clock.pass(limits.kept); // the server closes its half
    await client.untilEnd();
    expect(book.of('fileDelivered', 'fileBroken')).toEqual([]);
    clock.pass(limits.closing);
    expect(await judged()).toMatchObject([{ kind: 'fileBroken', because: 'timeout', bytes: profile.length }]);
  });

  it('when the phone takes no more', async () => {
    await using client = await RawHttp.open(service.port);
    client.socket.pause();
    client.send('GET /big HTTP/1.1\r\n\r\n');
    await book.until(1, 'fileAsked');
    await turns(50);
    clock.pass(limits.quiet);
    expect(await judged()).toMatchObject([{ kind: 'fileBroken', because: 'timeout' }]);
  });

  it('when the service closes', async () => {
    await using client = await RawHttp.open(service.port);
    client.send('GET /p.xml HTTP/1.1\r\n\r\n');
    await client.until(profile);
    await service[Symbol.asyncDispose]();
    expect(book.of('fileDelivered', 'fileBroken')).toMatchObject([{ kind: 'fileBroken', because: 'error' }]);
    expect(clock.waiting).toBe(0);
  });
});

/** Lets the event loop go round: what the system already has for us is heard. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const { promise, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    await promise;
  }
}
