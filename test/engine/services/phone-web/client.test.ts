import { createHash } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../engine/contract/secret.js';
import { readPhone, type PhoneRequest } from '../../../../engine/services/phone-web/client.js';
import { HandClock } from '../hand-clock.js';
import { listenLoopback } from '../loopback.js';

/** A phone's web server as a script: what it got, and what it says to the n-th request. */
let got: string[];
let replies: (string | ((socket: Socket) => void))[];
let clock: HandClock;
let port: number;
let sockets: Set<Socket>;
const server = createServer((socket) => {
  sockets.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    if (!text.endsWith('\r\n\r\n')) return;
    got.push(text);
    text = '';
    const reply = replies[got.length - 1];
    if (typeof reply === 'function') reply(socket);
    else socket.end(reply ?? 'HTTP/1.0 500 x\r\n\r\n');
  });
});

beforeEach(async () => {
  [got, replies, clock, sockets] = [[], [], new HandClock(), new Set()];
  const listening = await listenLoopback(server, 0);
  port = listening.ok ? listening.value : 0;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  await promise;
});

const read = (more: Partial<PhoneRequest> = {}) =>
  readPhone({ address: '127.0.0.1', port, path: '/admin/cfg.xml', deadlineMs: 5_000, clock, cnonce: () => 'c0', ...more });
const account = { user: 'admin', password: new Secret('hunter2') };
const wants = (challenge: string) => `HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: ${challenge}\r\nContent-Length: 0\r\n\r\n`;
const body = '<flat-profile/>';
const fine = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

describe('a phone is read', () => {
  it('without an account first', async () => {
    replies = [fine];
    expect(await read({ account })).toEqual({ ok: true, status: 200, body });
    expect(got).toHaveLength(1);
    expect(got[0]).toMatch(/^GET \/admin\/cfg\.xml HTTP\/1\.1\r\n/);
    expect(got[0]).not.toMatch(/authorization|referer/i);
  });

  it('with Digest where it asks so, even if it offers Basic too', async () => {
    replies = [wants('Basic realm="p", Digest realm="p", nonce="n1", qop="auth", algorithm=MD5'), fine];
    expect(await read({ account })).toEqual({ ok: true, status: 200, body });
    const response = md5(`${md5('admin:p:hunter2')}:n1:00000001:c0:auth:${md5('GET:/admin/cfg.xml')}`);
    expect(got[1]).toContain(`response="${response}"`);
    expect(got.join('')).not.toMatch(/Basic|hunter2/);
  });

  it('with Basic where it knows nothing better', async () => {
    replies = [wants('Basic realm="p"'), fine];
    expect(await read({ account })).toEqual({ ok: true, status: 200, body });
    expect(got[1]).toContain(`Authorization: Basic ${Buffer.from('admin:hunter2').toString('base64')}\r\n`);
  });

  it('once more when only the nonce was too old', async () => {
    replies = [wants('Digest realm="p", nonce="n1"'), wants('Digest realm="p", nonce="n2", stale=true'), fine];
    expect(await read({ account })).toMatchObject({ ok: true });
    expect(got[2]).toContain('nonce="n2"');
    got = [];
    replies = [1, 2, 3, 4].map((n) => wants(`Digest realm="p", nonce="n${n}", stale=true`));
    expect(await read({ account })).toEqual({ ok: false, because: 'unauthorized', status: 401 });
    expect(got).toHaveLength(3);
  });

  it('with the target exactly as it is given', async () => {
    replies = [wants('Digest realm="p", nonce="n1"'), fine];
    const path = '/admin/resync?http://10.0.0.1:80/handoff/00562b043615.xml?$MA&{x}|"<>^`%zz';
    expect(await read({ account, path })).toMatchObject({ ok: true });
    expect(got.map((each) => each.split('\r\n')[0])).toEqual([`GET ${path} HTTP/1.1`, `GET ${path} HTTP/1.1`]);
  });

  it('by servers that know no Content-Length, and bytes that are no UTF-8', async () => {
    replies = [(socket) => socket.end(Buffer.from('HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n<a>\xfc</a>', 'latin1'))];
    expect(await read()).toEqual({ ok: true, status: 200, body: '<a>\ufffd</a>' });
  });

  it('up to 1 MiB', async () => {
    replies = [(socket) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${'x'.repeat(3_000_000)}`)];
    const answer = await read();
    expect(answer.ok && answer.body.length).toBe(1_048_576);
  });

  it('from the bench\u2019s own address', async () => {
    let from: string | undefined;
    replies = [
      (socket) => {
        from = socket.remoteAddress;
        socket.end(fine);
      },
    ];
    await read({ localAddress: '127.0.0.1' });
    expect(from).toBe('127.0.0.1');
  });
});

describe('a phone is not read', () => {
  it.each([
    ['the password is wrong', { account }, wants('Digest realm="p", nonce="n1"'), 2],
    ['there is no account', {}, wants('Digest realm="p", nonce="n1"'), 1],
    ['there is no password', { account: { user: 'admin' } }, wants('Basic realm="p"'), 1],
    ['it asks for what nobody here can do', { account }, wants('Bearer'), 1],
    ['it asks for nothing', { account }, 'HTTP/1.1 401 x\r\nContent-Length: 0\r\n\r\n', 1],
  ])('when %s', async (_, more, reply, times) => {
    replies = [reply, reply, reply, reply];
    expect(await read(more)).toEqual({ ok: false, because: 'unauthorized', status: 401 });
    expect(got).toHaveLength(times);
  });

  it('when it answers something else', async () => {
    replies = ['HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n'];
    expect(await read()).toEqual({ ok: false, because: 'http-status', status: 404 });
  });

  it.each([
    ['it closes without a word', (socket: Socket) => socket.end()],
    ['it resets', (socket: Socket) => socket.resetAndDestroy()],
    ['it speaks no HTTP', (socket: Socket) => socket.end('hello\r\n\r\n')],
    ['it goes in the middle of the body', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc')],
  ])('when %s', async (_, reply) => {
    replies = [reply];
    expect(await read()).toEqual({ ok: false, because: 'unreachable' });
  });

  it('when nobody listens, or the address is none', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const other = createServer();
    const listening = await listenLoopback(other, 0);
    other.close(() => resolve());
    await promise;
    expect(await read({ port: listening.ok ? listening.value : 0 })).toEqual({ ok: false, because: 'unreachable' });
    expect(await read({ port: 70_000 })).toEqual({ ok: false, because: 'unreachable' });
    expect(await read({ localAddress: 'rubbish' })).toEqual({ ok: false, because: 'unreachable' });
  });

  it.each([
    ['never', (socket: Socket) => void socket],
    ['half', (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc')],
  ])('when it answers %s, after its time', async (_, reply) => {
    const asked = Promise.withResolvers<void>();
    replies = [
      (socket) => {
        reply(socket);
        asked.resolve();
      },
    ];
    const answer = read();
    await asked.promise;
    clock.pass(5_000);
    expect(await answer).toEqual({ ok: false, because: 'timeout' });
    expect(clock.waiting).toBe(0);
  });

  it('and nothing that is said of it holds the password', async () => {
    replies = [wants('Basic realm="p"'), wants('Basic realm="p"')];
    expect(inspect(await read({ account }))).not.toContain('hunter2');
    expect(inspect({ account }) + JSON.stringify({ account })).not.toContain('hunter2');
  });
});
