import { mkdtemp, open, rm } from 'node:fs/promises';
import { Agent, request as openRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileAnswer, FileRequest } from '../../../../engine/services/files.js';
import { type HttpOptions, startHttp } from '../../../../engine/services/http/server.js';
import type { Service } from '../../../../engine/services/service.js';
import { HandClock } from '../hand-clock.js';
import { listenLoopback, Notebook } from '../loopback.js';
import { KeptUploads } from './kept-uploads.js';
import { RawHttp } from './raw-client.js';

const profile = '<flat-profile/>';
const userAgent = 'Cisco-CP-8851-3PCC/12.0.1 (00562b043615)';

let clock: HandClock;
let book: Notebook;
let service: Service;
let asked: FileRequest[];
let reports: KeptUploads;
let answers: Record<string, FileAnswer>;

async function start(more: Partial<HttpOptions> = {}): Promise<Service> {
  const started = await startHttp({
    port: 0,
    listen: listenLoopback,
    files: {
      async find(request) {
        asked.push(request);
        return answers[request.path] ?? { kind: 'missing' };
      },
    },
    uploads: reports,
    observe: book.observe,
    clock,
    ...more,
  });
  if (!started.ok) throw new Error(started.refusal.code);
  return started.value;
}

beforeEach(async () => {
  [clock, book, asked] = [new HandClock(), new Notebook(), []];
  reports = new KeptUploads(1024 * 1024, (path) => path.startsWith('/report/'));
  const bytes = Buffer.from(profile);
  answers = {
    '/8851-3PCC.xml': { kind: 'bytes', bytes, purpose: 'bootstrap', contentType: 'text/xml' },
    '/empty': { kind: 'bytes', bytes: Buffer.alloc(0), purpose: 'device', contentType: 'text/xml' },
    '/device/00562b043615.xml': { kind: 'refused', because: 'not-its-own' },
  };
  service = await start();
});
afterEach(() => service[Symbol.asyncDispose]());

/** Sends bytes and gives everything that comes until the server closes. */
async function exchange(text: string, port = service.port): Promise<string> {
  await using client = await RawHttp.open(port, false);
  client.send(text);
  return await client.untilEnd();
}

const headOf = (response: string) => response.slice(0, response.indexOf('\r\n\r\n'));

describe('HTTP answers', () => {
  it('a phone, with everything an embedded client needs', async () => {
    const response = await exchange(
      `GET /8851-3PCC.xml HTTP/1.1\r\nHost: 10.0.0.1\r\nUser-Agent: ${userAgent}\r\nConnection: close\r\n\r\n`,
    );
    expect(response).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(headOf(response)).toMatch(/^content-length: 15$/im);
    expect(headOf(response)).toMatch(/^content-type: text\/xml$/im);
    expect(response).not.toMatch(/chunked/i);
    expect(response.endsWith(`\r\n\r\n${profile}`)).toBe(true);
    expect(asked).toEqual([{ transport: 'http', path: '/8851-3PCC.xml', from: '127.0.0.1', userAgent }]);
    expect(await book.until(1, 'fileDelivered')).toMatchObject([{ bytes: 15 }]);
    expect(book.facts[0]).toEqual({ kind: 'fileAsked', transport: 'http', path: '/8851-3PCC.xml', purpose: 'bootstrap', userAgent });
    expect(book.observations[0]?.sender).toEqual({ address: '127.0.0.1' });
  });

  it.each([
    'GET /8851-3PCC.xml HTTP/1.0\r\n\r\n',
    'GET /8851-3PCC.xml?x=1#y HTTP/1.1\r\nconnection: close\r\n\r\n',
    'GET http://10.0.0.1/8851-3PCC.xml HTTP/1.0\r\n\r\n',
  ])('without Host, with a query, in absolute form: %j', async (text) => {
    const response = await exchange(text);
    expect(response).toMatch(/^HTTP\/1\.1 200 /);
    expect(response).toMatch(/content-length: 15\r\n/i);
    expect(response.endsWith(profile)).toBe(true);
  });

  it('HEAD as GET without the body, which delivers nothing', async () => {
    const response = await exchange('HEAD /8851-3PCC.xml HTTP/1.0\r\n\r\n');
    expect(headOf(response)).toMatch(/content-length: 15/i);
    expect(response.endsWith('\r\n\r\n')).toBe(true);
    expect(book.facts).toEqual([]);
  });

  it('keeps a connection, also HTTP/1.0 that asks for it', async () => {
    await using client = await RawHttp.open(service.port);
    client.send('GET /8851-3PCC.xml HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    expect(await client.until(profile)).toMatch(/connection: keep-alive/i);
    client.send('GET /empty HTTP/1.1\r\n\r\n');
    await client.until('Content-Length: 0\r\n');
    client.send('GET /none HTTP/1.1\r\n\r\n');
    await client.until('404 Not Found');
    expect(await book.until(2, 'fileDelivered')).toMatchObject([{ bytes: 15 }, { bytes: 0 }]);
  });

  it('requests sent ahead, in their order', async () => {
    const response = await exchange(
      'GET /none HTTP/1.1\r\n\r\nGET /8851-3PCC.xml HTTP/1.1\r\n\r\nHEAD /empty HTTP/1.1\r\n\r\nGET /empty HTTP/1.1\r\nConnection: close\r\n\r\n',
    );
    expect(response.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(await book.until(2, 'fileDelivered')).toHaveLength(2);
  });

  it('what is missing, refused, or no method of ours, shortly and with its length', async () => {
    for (const [text, status] of [
      ['GET /none HTTP/1.0\r\n\r\n', '404'],
      ['GET /device/00562b043615.xml HTTP/1.0\r\n\r\n', '403'],
      ['DELETE /8851-3PCC.xml HTTP/1.0\r\n\r\n', '405'],
      [`GET /${'x'.repeat(600)} HTTP/1.0\r\n\r\n`, '414'],
      ['PUT /elsewhere HTTP/1.0\r\nContent-Length: 1\r\n\r\nx', '404'],
    ] as const) {
      const response = await exchange(text);
      expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(headOf(response)).toMatch(/content-length: \d+/i);
      expect(response.length).toBeLessThan(400);
    }
    expect(book.facts).toEqual([
      { kind: 'fileMissing', transport: 'http', path: '/none' },
      { kind: 'fileRefused', transport: 'http', path: '/device/00562b043615.xml', because: 'not-its-own' },
      { kind: 'fileMissing', transport: 'http', path: `/${'x'.repeat(511)}` },
    ]);
  });

  it('what is no HTTP with 400, and headers beyond reason with 431', async () => {
    expect(await exchange('\x16\x03\x01 hello\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    expect(await exchange(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
    expect(await exchange('GET /8851-3PCC.xml HTTP/1.0\r\n\r\n')).toMatch(/ 200 /);
  });

  it('a request although bytes follow it that belong to none', async () => {
    const response = await exchange('GET /8851-3PCC.xml HTTP/1.0\r\n\r\n\r\nrubbish');
    expect(response.endsWith(profile)).toBe(true);
    expect(response).not.toContain('400');
  });

  it('500 where the source of files breaks its promise, and goes on', async () => {
    await using broken = await start({ files: { find: () => Promise.reject(new Error('a bug')) } });
    expect(await exchange('GET / HTTP/1.0\r\n\r\n', broken.port)).toMatch(/^HTTP\/1.1 500 /);
    expect(await exchange('GET / HTTP/1.0\r\n\r\n', broken.port)).toMatch(/^HTTP\/1.1 500 /);
  });

  it('text from the wire capped and visible', async () => {
    await exchange(`GET /a%0d%1b%zz HTTP/1.0\r\nUser-Agent: ${'u'.repeat(300)}\r\n\r\n`);
    expect(book.facts).toEqual([{ kind: 'fileMissing', transport: 'http', path: '/a\u240d\u241b%zz', userAgent: 'u'.repeat(200) }]);
  });
});

describe('HTTP serves the folder', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'benchtone-http-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('60 MB piece by piece', async () => {
    const file = join(folder, 'x.loads');
    const size = 60 * 1024 * 1024 + 7;
    const handle = await open(file, 'w');
    await handle.truncate(size);
    await handle.write(Buffer.from('the end'), 0, 7, size - 7);
    await handle.close();
    answers['/x.loads'] = { kind: 'file', file, size, purpose: 'folder' };
    const { promise, resolve } = Promise.withResolvers<{ size: number; end: string }>();
    openRequest({ port: service.port, host: '127.0.0.1', path: '/x.loads', agent: new Agent() }, (response) => {
      let [got, end] = [0, ''];
      response.on('data', (part: Buffer) => {
        got += part.length;
        end = part.subarray(-7).toString();
      });
      response.on('end', () => resolve({ size: got, end }));
    }).end();
    expect(await promise).toEqual({ size, end: 'the end' });
    expect(await book.until(1, 'fileDelivered')).toMatchObject([{ purpose: 'folder', bytes: size }]);
  });

  it('500 for a file that is gone', async () => {
    answers['/gone'] = { kind: 'file', file: join(folder, 'gone'), size: 5, purpose: 'folder' };
    expect(await exchange('GET /gone HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 500 /);
    expect(book.of('fileBroken')).toMatchObject([{ because: 'error', bytes: 0 }]);
  });
});

describe('HTTP takes reports', () => {
  it.each(['POST', 'PUT'])('by %s, whatever they call themselves', async (method) => {
    const body = '<flat-profile><A>1</A></flat-profile>';
    const response = await exchange(
      `${method} /report/00562b043615 HTTP/1.1\r\nUser-Agent: ${userAgent}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect(response).toMatch(/^HTTP\/1.1 200 /);
    expect(reports.kept).toEqual([
      { path: '/report/00562b043615', from: '127.0.0.1', userAgent, size: body.length, body: Buffer.from(body) },
    ]);
    expect(book.facts).toEqual([{ kind: 'report', path: '/report/00562b043615', bytes: body.length, file: '1.xml' }]);
  });

  it('in chunks', async () => {
    await exchange('POST /report/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n');
    expect(reports.kept.map(({ body }) => Buffer.from(body).toString())).toEqual(['abcde']);
  });

  it('up to 1 MiB, said beforehand or not', async () => {
    expect(await exchange('POST /report/x HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n')).toMatch(/^HTTP\/1.1 413 /);
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    expect(await exchange(`POST /report/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}0\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 413 /,
    );
    expect(reports.kept).toEqual([]);
    expect(book.facts).toEqual([]);
  });

  it('not from a phone that goes before the end', async () => {
    await using client = await RawHttp.open(service.port);
    client.socket.end('POST /report/x HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc');
    await client.untilEnd();
    expect(reports.kept).toEqual([]);
  });
});

describe('HTTP withstands', () => {
  it('whatever arrives on a connection, however it ends', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        'GET ',
        '/8851-3PCC.xml',
        ' HTTP/1.1',
        ' HTTP/1.0',
        '\r\n',
        '\r\n\r\n',
        'Host: x',
        'Content-Length: 5',
        'POST /report/x',
        'Upgrade: h2c',
        'CONNECT x:1',
        'Expect: 100-continue',
        'Transfer-Encoding: chunked',
      ),
    );
    const ends = fc.constantFrom('end', 'reset', 'destroy');
    for (const [pieces, end] of fc.sample(fc.tuple(fc.array(piece, { maxLength: 12 }), ends), { numRuns: 300, seed: 9112 })) {
      await using client = await RawHttp.open(service.port);
      client.send(pieces.join(''));
      if (end === 'end') client.socket.end();
      if (end === 'reset') client.socket.resetAndDestroy();
      if (end === 'destroy') client.socket.destroy();
    }
    expect(await exchange('GET /8851-3PCC.xml HTTP/1.0\r\n\r\n')).toMatch(/ 200 /);
  });
});

describe('HTTP does not wait for ever', () => {
  it.each([
    ['says nothing', ''],
    ['never ends its headers', 'GET / HTTP/1.1\r\nX: '],
    ['never ends its report', 'POST /report/x HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc'],
  ])('for a client that %s', async (_, text) => {
    await using client = await RawHttp.open(service.port);
    client.send(text);
    // The connection may not have been taken up yet: time passes until it is.
    const tick = setInterval(() => clock.pass(15_000), 1);
    expect(await client.untilEnd()).toBe('');
    clearInterval(tick);
  });

  it('and cuts off one that asks without end', async () => {
    await using client = await RawHttp.open(service.port);
    client.send('GET /none HTTP/1.1\r\n\r\n'.repeat(500));
    await client.untilEnd();
    expect(await exchange('GET /8851-3PCC.xml HTTP/1.0\r\n\r\n')).toMatch(/ 200 /);
  });
});
