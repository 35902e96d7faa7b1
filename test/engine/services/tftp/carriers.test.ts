/** Every way transfers are carried, held to the same: this thread, a thread with sockets of Node, a thread with those of the C library. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileMemory } from '../../../../engine/services/file-memory.js';
import { folderSource } from '../../../../engine/services/folder.js';
import { systemClock } from '../../../../engine/services/service.js';
import type { WireMessage } from '../../../../engine/services/tap.js';
import { startTftp, type TftpOptions, type TftpService } from '../../../../engine/services/tftp/server.js';
import { threadCarrier } from '../../../../engine/services/tftp/thread-carrier.js';
import { startFaultProxy } from '../fault-proxy.js';
import { Notebook, openLoopback } from '../loopback.js';
import { RawClient } from './raw-client.js';
import { WindowClient } from './window-client.js';

const program = new URL('thread-from-source.mjs', import.meta.url);
const place = { interface: 'lo', address: '127.0.0.1', prefix: 8 };
const big = randomBytes(1_000_003);
const small = randomBytes(20_480);

const ways: readonly (readonly [string, Pick<TftpOptions, 'thread'>])[] = [
  ['this thread', {}],
  ['a thread with sockets of Node', { thread: { program, place, native: false } }],
  ['a thread with sockets of the C library', { thread: { program, place, native: true } }],
];

it.runIf(process.platform === 'linux')('on Linux the thread has sockets of the C library', async () => {
  const carrier = await threadCarrier({ program, place, native: true, hearer: { ended: () => {} } });
  expect(carrier?.isNative).toBe(true);
  await carrier?.[Symbol.asyncDispose]();
});

it('a thread that cannot be had is done without', async () => {
  expect(await threadCarrier({ program: new URL('none.mjs', import.meta.url), place, native: true, hearer: { ended: () => {} } })).toBe(
    undefined,
  );
});

describe.each(ways)('TFTP carried by %s', (_, thread) => {
  let folder: string;
  let book: Notebook;
  let tapped: (WireMessage & { readonly head: string })[];
  let service: TftpService;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'btTftpCarriers-'));
    await writeFile(join(folder, 'big'), big);
    await writeFile(join(folder, 'small'), small);
    await writeFile(join(folder, 'empty'), '');
    await writeFile(join(folder, 'lines'), 'a\nb\r\n'.repeat(2_000));
    book = new Notebook();
    tapped = [];
    const tap = (message: WireMessage): void =>
      void tapped.push({ ...message, head: Buffer.from(message.payload.subarray(0, 4)).toString('hex') });
    const shared = { files: folderSource(folder), observe: book.observe, clock: systemClock, memory: fileMemory(), tap };
    const started = await startTftp({ port: 0, open: openLoopback, ...shared, ...thread });
    if (!started.ok) throw new Error(started.refusal.code);
    service = started.value;
  });
  afterEach(async () => {
    await service[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['big', { blksize: '1428', windowsize: '16' }],
    ['big', { blksize: '1428', windowsize: '65535' }],
    ['big', { windowsize: '5' }],
    ['big', { blksize: '65464', windowsize: '16' }],
    ['big', { blksize: '1428' }],
    ['small', {}],
    ['small', { blksize: '8', windowsize: '16' }],
    ['empty', { windowsize: '4' }],
  ])('%s with %o comes byte for byte', async (file, options: Record<string, string>) => {
    await using client = await WindowClient.open();
    const expected = { big, small, empty: Buffer.alloc(0) }[file];
    expect((await client.fetch(service.port, file, options)).equals(expected!)).toBe(true);
    const blockSize = Number(options['blksize'] ?? 512);
    expect(await book.until(1, 'fileDelivered', 'fileBroken')).toMatchObject([
      { kind: 'fileDelivered', path: file, bytes: expected!.length, blocks: Math.floor(expected!.length / blockSize) + 1 },
    ]);
    expect(service.load).toEqual({ transfers: 0, waiting: 0, queue: [] });
  });

  it('netascii comes in windows too', async () => {
    await using client = await WindowClient.open();
    const got = await client.fetch(service.port, 'lines', { windowsize: '8' }, 'netascii');
    expect(got.toString()).toBe('a\r\nb\r\0\r\n'.repeat(2_000));
  });

  it('delivered is what the last ACK was heard of', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'empty');
    const { port } = await client.next();
    expect(book.of('fileDelivered')).toEqual([]);
    client.send(port, { kind: 'error', code: 0, message: 'no' });
    expect(await book.until(1, 'fileDelivered', 'fileBroken')).toMatchObject([{ kind: 'fileBroken', because: 'error', bytes: 0 }]);
  });

  it('a stranger gets error 5, a client that goes on to another file gets it', async () => {
    await using client = await RawClient.open();
    await using stranger = await RawClient.open();
    client.ask(service.port, 'big');
    const { port } = await client.next();
    stranger.ack(port, 1);
    expect((await stranger.next()).packet).toMatchObject({ kind: 'error', code: 5 });
    expect((await client.fetch(service.port, 'small', { blksize: '1000' })).equals(small)).toBe(true);
    // Two transfers, told in whichever order their ends are heard.
    const ends = await book.until(2, 'fileDelivered', 'fileBroken');
    expect(ends.map((end) => ('because' in end ? end.because : end.kind)).sort()).toEqual(['fileDelivered', 'reset']);
  });

  it('the tap is shown what begins and ends a transfer, with the ports of both sides', async () => {
    await using client = await RawClient.open();
    await client.fetch(service.port, 'small', { blksize: '10000' });
    await book.until(1, 'fileDelivered');
    expect(tapped.map(({ direction, head }) => `${direction} ${head}`)).toEqual([
      'in 0001736d', // the request
      'out 0006626c', // OACK
      'in 00040000',
      'out 00030001',
      'in 00040001',
      'out 00030003',
      'in 00040003',
    ]);
    expect(tapped[0]?.local).toEqual({ address: '127.0.0.1', port: service.port });
    expect(new Set(tapped.slice(1).map(({ local }) => local.port))).toEqual(new Set([client.received[0]?.port]));
    client.ask(service.port, 'none');
    await client.next();
    expect(tapped.at(-1)).toMatchObject({ direction: 'out', head: '00050001', local: { port: service.port } });
  });

  it('through a line with 30 % faults every way, all come byte for byte', async () => {
    const faults = { drop: 0.1, duplicate: 0.1, reorder: 0.05, delay: 0.05 };
    await using proxy = await startFaultProxy({
      server: { address: '127.0.0.1', port: service.port },
      seed: 7440,
      toServer: faults,
      toClient: faults,
    });
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const fetched = await Promise.all(
      ['1', '4', '16', '32', '8', '1', '16', '2'].map(async (windowsize) => {
        await using client = await WindowClient.open({ retryMs: 250 });
        return hash(await client.fetch(proxy.port, 'small', { blksize: '1428', windowsize }));
      }),
    );
    expect(new Set(fetched)).toEqual(new Set([hash(small)]));
    expect(proxy.counts.dropped).toBeGreaterThan(5);
    expect(proxy.counts.duplicated).toBeGreaterThan(5);
  });

  it('ends transfers that are under way when it closes', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'big');
    await client.next();
    await service[Symbol.asyncDispose]();
    expect(book.of('fileBroken')).toMatchObject([{ because: 'error' }]);
  });

  it('600 at once are all served, and a bulk transfer in windows keeps nobody waiting', async () => {
    await using bulk = await WindowClient.open();
    const slow = bulk.fetch(service.port, 'big', { windowsize: '32' });
    const all = await Promise.all(
      Array.from({ length: 60 }, async () => {
        await using client = await WindowClient.open();
        const got: boolean[] = [];
        for (let i = 0; i < 10; i += 1) got.push((await client.fetch(service.port, 'small', { blksize: '1428' })).equals(small));
        return got;
      }),
    );
    expect(all.flat().filter(Boolean).length).toBe(600);
    expect((await slow).equals(big)).toBe(true);
  });
});
