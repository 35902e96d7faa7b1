/** The browser host at work: files, calls, the live feed, and what it does with too much. */
import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { event } from '../../../engine/contract/calls.js';
import { EventStreams } from '../../../headless/ui/event-streams.js';
import { contentSecurityPolicy } from '../../../engine/desk/window-files.js';
import { UiRig } from './rig.js';

let rig: UiRig;

beforeEach(async () => {
  rig = await UiRig.open();
  await rig.signIn();
});

afterEach(() => rig[Symbol.asyncDispose]());

describe('files', () => {
  it('gives the page with a strict policy and a nonce of this load alone', async () => {
    const [one, two] = [await rig.say(), await rig.say({ path: '/index.html' })];
    const nonce = /content="([\w-]{24})"/.exec(one.text)?.[1] ?? 'none';
    expect(one.headers['content-security-policy']).toBe(contentSecurityPolicy(nonce));
    expect([one.headers['cache-control'], one.headers['x-content-type-options']]).toEqual(['no-store', 'nosniff']);
    expect(two.text).not.toBe(one.text);
  });

  it('lets hashed files be kept', async () => {
    const { status, headers, text } = await rig.say({ path: '/assets/index-abcd1234.js' });
    expect([status, headers['content-type'], headers['cache-control'], text]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'private, max-age=31536000, immutable',
      'void 0;',
    ]);
    expect((await rig.say({ method: 'HEAD', path: '/assets/index-abcd1234.js' })).text).toBe('');
  });

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/..%5c..%5csecret.js',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    '//secret.js',
    '/assets/link-abcd1234.js',
    '/assets/index-abcd1234.js%00.html',
    '/assets/notes.txt',
    '/assets',
    '/.env.js',
    '/%ff.js',
    '/etc/passwd',
  ])('gives nothing for %s', async (path) => {
    const { status, text } = await rig.say({ path });
    expect([status, text.includes('outside')]).toEqual([404, false]);
  });

  it('refuses other methods, and targets that are none', async () => {
    const origin = { origin: rig.origin };
    expect((await rig.say({ method: 'DELETE', headers: origin })).status).toBe(405);
    expect((await rig.say({ method: 'PUT', path: '/index.html', headers: origin, body: 'x' })).status).toBe(405);
    expect((await rig.say({ path: '/api/call' })).status).toBe(405);
    expect((await rig.say({ path: 'http://[' })).status).toBe(400);
  });
});

describe('calls', () => {
  it('answers, and carries the code of what is refused', async () => {
    const info = await rig.call('app.info', {});
    expect(JSON.parse(info.text)).toMatchObject({ ok: true, value: { host: 'browser', version: '0.0.0' } });
    expect(JSON.parse((await rig.call('no.such', {})).text)).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
    expect(JSON.parse((await rig.call('bench.demo', { phones: -1 })).text)).toMatchObject({ ok: false, error: { code: 'call.invalid' } });
  });

  it.each(['', '{', '[]', 'null', '"x"', '{"name":1}', '{"input":{}}', '\u0000'])('refuses the body %j', async (body) => {
    const headers = { origin: rig.origin, 'content-type': 'application/json', 'x-benchtone': '1' };
    expect((await rig.say({ method: 'POST', path: '/api/call', headers, body })).status).toBe(400);
  });

  it('takes a file of 20 MiB, and says so when there is more than it takes', async () => {
    const taken = await rig.call('files.upload', { name: 'a.csv', base64: Buffer.alloc(20 << 20).toString('base64') });
    expect(JSON.parse(taken.text)).toMatchObject({ ok: true, value: { name: 'a.csv', size: 20 << 20 } });

    const headers = { origin: rig.origin, 'content-type': 'application/json', 'x-benchtone': '1' };
    const announced = await rig.say({ method: 'POST', path: '/api/call', headers, body: Buffer.alloc((30 << 20) + 1, 0x20) });
    expect([announced.status, announced.headers.connection]).toEqual([413, 'close']);
    const chunked = { ...headers, 'transfer-encoding': 'chunked' };
    expect((await rig.say({ method: 'POST', path: '/api/call', headers: chunked, body: Buffer.alloc((30 << 20) + 1, 0x20) })).status).toBe(
      413,
    );
  });
});

describe('the live feed', () => {
  /** A listener; gives the events heard, once `enough` of them are there. */
  function hear(enough: number): { events: Promise<unknown[]>; open: Promise<void> } {
    const opened = Promise.withResolvers<void>();
    const events = new Promise<unknown[]>((resolve, reject) => {
      const asked = get(
        { host: '127.0.0.1', port: rig.server.port, path: '/api/events', headers: { cookie: rig.cookie }, agent: false },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
            opened.resolve();
            const lines = text.split('\n\n').filter((line) => line.startsWith('data: '));
            if (lines.length < enough) return;
            response.destroy();
            resolve(lines.map((line) => JSON.parse(line.slice('data: '.length)) as unknown));
          });
          response.on('error', () => undefined);
        },
      );
      asked.on('error', reject);
    });
    return { events, open: opened.promise };
  }

  it('tells numbered batches as the contract has them, to every window', async () => {
    const windows = [hear(1), hear(1)];
    await Promise.all(windows.map(({ open }) => open));
    await rig.call('bench.demo', { phones: 2, fault: 0 });
    for (const { events } of windows) {
      const [first] = (await events).map((each) => event.parse(each));
      expect(first).toMatchObject({ kind: 'batch', seq: 1, reset: true, bench: { state: 'running' } });
    }
  });

  it('drops a client that does not keep up, and takes no more than it can serve', () => {
    const told: string[] = [];
    const client = (writableLength: number) => ({
      writableLength,
      writeHead: () => undefined,
      write: (text: string) => told.push(text),
      on: () => undefined,
      destroy: () => told.push('destroyed'),
      end: () => undefined,
    });
    const streams = new EventStreams();
    streams.add(client(5 << 20) as never);
    streams.send({ kind: 'engine', state: 'running' });
    expect(told.at(-1)).toBe('destroyed');
    for (let i = 0; i < 40; i += 1) streams.add(client(0) as never);
    expect(streams.size).toBe(32);
    streams.close();
  });
});
