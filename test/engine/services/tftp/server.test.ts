import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileAnswer, FileRequest } from '../../../../engine/services/files.js';
import { startTftp, type TftpOptions, type TftpService } from '../../../../engine/services/tftp/server.js';
import { HandClock } from '../hand-clock.js';
import { Notebook, openLoopback } from '../loopback.js';
import { RawClient } from './raw-client.js';

const profile = Buffer.from('<flat-profile>\n</flat-profile>\n');
const three = Buffer.concat([Buffer.alloc(512, 1), Buffer.alloc(512, 2), Buffer.alloc(100, 3)]);

let clock: HandClock;
let book: Notebook;
let service: TftpService;
let asked: FileRequest[];
let answers: Record<string, FileAnswer>;

async function start(more: Partial<TftpOptions> = {}): Promise<TftpService> {
  const started = await startTftp({
    port: 0,
    open: openLoopback,
    files: {
      async find(request) {
        asked.push(request);
        return answers[request.path] ?? { kind: 'missing' };
      },
    },
    observe: book.observe,
    clock,
    ...more,
  });
  if (!started.ok) throw new Error(started.refusal.code);
  return started.value;
}

const bytes = (content: Uint8Array): FileAnswer => ({ kind: 'bytes', bytes: content, purpose: 'bootstrap', contentType: 'text/xml' });

beforeEach(async () => {
  clock = new HandClock();
  book = new Notebook();
  asked = [];
  answers = { '/8851-3PCC.xml': bytes(profile), three: bytes(three), even: bytes(Buffer.alloc(1024, 7)), empty: bytes(Buffer.alloc(0)) };
  service = await start();
});
afterEach(() => service[Symbol.asyncDispose]());

describe('TFTP serves', () => {
  it('a profile, and says it was delivered only after the last ACK', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, '/8851-3PCC.xml');
    const { packet, port } = await client.next();
    expect(packet).toEqual({ kind: 'data', block: 1, bytes: profile });
    expect(port).not.toBe(service.port);
    expect(book.facts).toEqual([{ kind: 'fileAsked', transport: 'tftp', path: '/8851-3PCC.xml', purpose: 'bootstrap' }]);
    client.ack(port, 1);
    expect(await book.until(1, 'fileDelivered')).toEqual([
      {
        kind: 'fileDelivered',
        transport: 'tftp',
        path: '/8851-3PCC.xml',
        purpose: 'bootstrap',
        bytes: profile.length,
        blocks: 1,
        retransmits: 0,
        seconds: 0,
      },
    ]);
    expect(asked).toEqual([{ transport: 'tftp', path: '/8851-3PCC.xml', from: '127.0.0.1' }]);
    expect(book.observations[0]).toMatchObject({ at: '2026-11-22T09:00:00.000Z', sender: { address: '127.0.0.1' } });
    expect(clock.waiting).toBe(0);
  });

  it('a file whose size is a multiple of the block, and an empty one, with a last empty block', async () => {
    await using client = await RawClient.open();
    expect(await client.fetch(service.port, 'even')).toEqual(Buffer.alloc(1024, 7));
    expect(client.received.map(({ packet }) => packet.kind === 'data' && packet.bytes.length)).toEqual([512, 512, 0]);
    expect(await client.fetch(service.port, 'empty')).toEqual(Buffer.alloc(0));
  });

  it('with the options it knows, whatever their case, and without the others', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'three', { BLKSIZE: '1000', tsize: '0', timeout: '3', windowsize: '8', multicast: '' });
    const { packet, port } = await client.next();
    expect(packet).toEqual({
      kind: 'optionAck',
      options: new Map([
        ['blksize', '1000'],
        ['tsize', '1124'],
        ['timeout', '3'],
        ['windowsize', '8'],
      ]),
    });
    client.ack(port, 0);
    expect((await client.next()).packet).toMatchObject({ kind: 'data', block: 1, bytes: three.subarray(0, 1000) });
  });

  it('netascii to a client that asks for it', async () => {
    await using client = await RawClient.open();
    expect((await client.fetch(service.port, '/8851-3PCC.xml', {}, 'netascii')).toString()).toBe(
      profile.toString().replaceAll('\n', '\r\n'),
    );
  });

  it('says what to do where netascii would have to change too large a file', async () => {
    answers['big'] = bytes(Buffer.alloc(4 * 1024 * 1024 + 1));
    await using client = await RawClient.open();
    client.ask(service.port, 'big', {}, 'netascii');
    expect((await client.next()).packet).toMatchObject({ kind: 'error', code: 0, message: expect.stringContaining('octet') });
    expect(book.of('fileBroken')).toMatchObject([{ path: 'big', because: 'error', bytes: 0 }]);
  });

  it('beyond 65535 blocks', async () => {
    const big = randomBytes(600_003);
    answers['big'] = bytes(big);
    await using client = await RawClient.open();
    expect((await client.fetch(service.port, 'big', { blksize: '8' })).equals(big)).toBe(true);
    expect(client.received.length).toBeGreaterThan(65_536);
    expect(await book.until(1, 'fileDelivered')).toMatchObject([{ bytes: big.length }]);
  });
});

describe('TFTP with a folder file', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'benchtone-tftp-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('sends 60 MB piece by piece', async () => {
    const file = join(folder, 'sip88xx.loads');
    const size = 60 * 1024 * 1024 + 11;
    const handle = await open(file, 'w');
    await handle.truncate(size);
    await handle.write(Buffer.from('the end'), 0, 7, size - 7);
    await handle.close();
    answers['load'] = { kind: 'file', file, size, purpose: 'folder' };
    await using client = await RawClient.open();
    const got = await client.fetch(service.port, 'load', { blksize: '65464' });
    expect([got.length, got.subarray(-7).toString()]).toEqual([size, 'the end']);
    expect(await book.until(1, 'fileDelivered')).toMatchObject([{ purpose: 'folder', bytes: size }]);
  });

  it('is byte for byte the file at awkward block sizes', async () => {
    const content = randomBytes(300_000);
    const file = join(folder, 'x');
    await writeFile(file, content);
    answers['x'] = { kind: 'file', file, size: content.length, purpose: 'folder' };
    await using client = await RawClient.open();
    for (const blksize of ['512', '1428', '1337', '50000', '65464'])
      expect((await client.fetch(service.port, 'x', { blksize })).equals(content), blksize).toBe(true);
  });

  it('says so when the file cannot be read', async () => {
    answers['gone'] = { kind: 'file', file: join(folder, 'gone'), size: 5, purpose: 'folder' };
    await using client = await RawClient.open();
    client.ask(service.port, 'gone');
    expect((await client.next()).packet).toMatchObject({ kind: 'error', code: 0 });
    expect(await book.until(1, 'fileBroken')).toMatchObject([{ because: 'error' }]);
  });
});

describe('TFTP refuses', () => {
  it('a missing file, at once', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'nothing.xml');
    expect((await client.next()).packet).toMatchObject({ kind: 'error', code: 1 });
    expect(await book.until(1, 'fileMissing')).toEqual([{ kind: 'fileMissing', transport: 'tftp', path: 'nothing.xml' }]);
  });

  it('what is not for this address', async () => {
    answers['/device/00562b043615.xml'] = { kind: 'refused', because: 'not-its-own' };
    await using client = await RawClient.open();
    client.ask(service.port, '/device/00562b043615.xml');
    expect((await client.next()).packet).toMatchObject({ kind: 'error', code: 2 });
    expect(await book.until(1, 'fileRefused')).toMatchObject([{ because: 'not-its-own' }]);
  });

  it('writing', async () => {
    await using client = await RawClient.open();
    client.send(service.port, { kind: 'write', file: 'x', mode: 'octet', options: new Map() });
    expect((await client.next()).packet).toMatchObject({ kind: 'error', code: 2 });
    expect(await book.until(1, 'fileRefused')).toEqual([{ kind: 'fileRefused', transport: 'tftp', path: 'x', because: 'write' }]);
  });

  it('mode mail, a malformed request, a name beyond reason', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'three', {}, 'mail');
    expect((await client.next()).packet).toMatchObject({ kind: 'error', code: 4 });
    client.send(service.port, Buffer.from('\0\x01three'));
    expect((await client.next()).packet).toMatchObject({ kind: 'error', code: 4 });
    client.ask(service.port, 'x'.repeat(9000));
    expect((await client.next()).packet).toMatchObject({ kind: 'error', code: 1 });
    expect(book.of('fileMissing')[0]?.path).toBe('x'.repeat(512));
  });

  it('to be bothered by strays: what follows is served', async () => {
    await using client = await RawClient.open();
    for (const stray of ['', '\0', '\0\x09ab', '\0\x03\0\x01abc', '\0\x04\0\x01', '\0\x05\0\x01x\0', '\0\x06'])
      client.send(service.port, Buffer.from(stray, 'latin1'));
    expect(await client.fetch(service.port, 'three')).toEqual(three);
    expect(client.received.map(({ packet }) => packet.kind)).toEqual(['data', 'data', 'data']);
  });
});

describe('TFTP withstands', () => {
  it('whatever arrives at its port and at a transfer', async () => {
    await using client = await RawClient.open();
    await using noise = await RawClient.open();
    client.ask(service.port, 'three');
    const { port } = await client.next();
    const head = fc.constantFrom([0, 1], [0, 2], [0, 3], [0, 4], [0, 5], [0, 6], [1, 1], []);
    const datagrams = fc.sample(fc.tuple(head, fc.uint8Array({ maxLength: 40 })), { numRuns: 2_000, seed: 1350 });
    for (const [i, [first, rest]] of datagrams.entries()) {
      noise.send(i % 2 === 0 ? service.port : port, Uint8Array.from([...first, ...rest]));
      if (i % 20 !== 0) continue;
      const before = book.of('fileMissing').length;
      noise.ask(service.port, 'nothing.xml'); // its answer shows that the rest was heard; more at once would overflow the buffers
      await book.until(before + 1, 'fileMissing');
    }
    client.ack(port, 1);
    expect((await client.next()).packet).toMatchObject({ kind: 'data', block: 2 });
    client.ack(port, 2);
    client.ack(port, 3);
    client.ack(port, 3);
    expect(await client.next()).toMatchObject({ packet: { block: 3 } });
    client.ack(port, 3);
    expect(await book.until(1, 'fileDelivered')).toMatchObject([{ path: 'three' }]);
  });
});

describe('TFTP on a bad line', () => {
  it('sends each block once though every ACK comes twice (Sorcerer\u2019s Apprentice)', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'three');
    for (let block = 1; block <= 3; block++) {
      const { packet, port } = await client.next();
      expect(packet).toMatchObject({ kind: 'data', block });
      client.ack(port, block);
      client.ack(port, block);
      client.ack(port, block - 1);
    }
    await book.until(1, 'fileDelivered');
    expect(await client.fetch(service.port, 'empty')).toEqual(Buffer.alloc(0)); // nothing else was on its way
    expect(client.received.length).toBe(4);
  });

  it('sends again what was not acknowledged, and gives up in the end', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'three');
    const { port } = await client.next();
    client.ack(port, 1);
    await client.next();
    for (const wait of [200, 400, 800, 1_600, 3_200, 4_000, 4_000, 4_000]) {
      clock.pass(wait - 1);
      expect(book.of('fileBroken')).toEqual([]);
      clock.pass(1);
      expect((await client.next()).packet).toMatchObject({ kind: 'data', block: 2 });
    }
    clock.pass(4_000);
    expect(book.of('fileBroken')).toEqual([
      {
        kind: 'fileBroken',
        transport: 'tftp',
        path: 'three',
        purpose: 'bootstrap',
        bytes: 512,
        because: 'timeout',
        blocks: 1,
        retransmits: 8,
        seconds: 22.2,
      },
    ]);
    expect(client.received.length).toBe(10);
    expect(clock.waiting).toBe(0);
  });

  it('keeps to the client\u2019s own time-out', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'three', { timeout: '2' });
    await client.next();
    clock.pass(1_999);
    clock.pass(1);
    expect((await client.next()).packet.kind).toBe('optionAck');
    expect(client.received.length).toBe(2);
  });

  it('starts one transfer although the request was sent again', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'three');
    client.ask(service.port, 'three');
    const { port } = await client.next();
    client.ask(service.port, 'three');
    client.ack(port, 1);
    const second = await client.next();
    expect(second).toMatchObject({ port, packet: { block: 2 } });
    client.ack(port, 2);
    expect(await client.next()).toMatchObject({ port, packet: { block: 3 } });
    client.ack(port, 3);
    await book.until(1, 'fileDelivered');
    expect(book.facts.length).toBe(2);
    expect(asked.length).toBe(1);
  });

  it('follows a client with a fixed port to its next file', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'three');
    await client.next();
    expect(await client.fetch(service.port, '/8851-3PCC.xml')).toEqual(profile);
    expect(await book.until(2, 'fileDelivered', 'fileBroken')).toMatchObject([
      { kind: 'fileBroken', path: 'three', because: 'reset' },
      { kind: 'fileDelivered', path: '/8851-3PCC.xml' },
    ]);
  });

  it('answers a stranger with error 5 and is not disturbed', async () => {
    await using client = await RawClient.open();
    await using stranger = await RawClient.open();
    client.ask(service.port, 'three');
    const { port } = await client.next();
    stranger.send(port, { kind: 'error', code: 0, message: 'stop' });
    stranger.ack(port, 1);
    expect((await stranger.next()).packet).toMatchObject({ kind: 'error', code: 5 });
    expect(stranger.received.length).toBe(1);
    client.ack(port, 1);
    expect((await client.next()).packet).toMatchObject({ block: 2 });
  });

  it('hears a client that gives up', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'three', { tsize: '0' });
    const { port } = await client.next();
    client.send(port, { kind: 'error', code: 8, message: 'only the size, thank you' });
    expect(await book.until(1, 'fileBroken')).toMatchObject([{ because: 'error', bytes: 0 }]);
  });

  it('lets requests beyond a limit that was set wait for their turn, first come first served', async () => {
    await using small = await start({ mostTransfers: 1 });
    await using first = await RawClient.open();
    await using second = await RawClient.open();
    await using third = await RawClient.open();
    first.ask(small.port, 'three');
    const { port } = await first.next();
    for (const client of [second, second, third]) {
      client.ask(small.port, 'three'); // the second asks again, and keeps its place
      client.send(small.port, { kind: 'write', file: 'x', mode: 'octet', options: new Map() });
      expect((await client.next()).packet).toMatchObject({ code: 2 });
    }
    expect(small.load).toEqual({ transfers: 1, waiting: 2, queue: ['127.0.0.1', '127.0.0.1'] });
    first.send(port, { kind: 'error', code: 0, message: '' });
    const served = await second.next();
    expect(served.packet).toMatchObject({ kind: 'data', block: 1 });
    expect(small.load).toMatchObject({ transfers: 1, waiting: 1 });
    second.send(served.port, { kind: 'error', code: 0, message: '' });
    expect((await third.next()).packet).toMatchObject({ kind: 'data', block: 1 });
  });

  it('passes over who waited and has not asked again for long', async () => {
    await using small = await start({ mostTransfers: 1 });
    await using first = await RawClient.open();
    await using gone = await RawClient.open();
    first.ask(small.port, 'three');
    const { port } = await first.next();
    gone.ask(small.port, 'three');
    gone.send(small.port, { kind: 'write', file: 'x', mode: 'octet', options: new Map() });
    await gone.next();
    clock.pass(15_000);
    first.send(port, { kind: 'error', code: 0, message: '' });
    await book.until(1, 'fileBroken');
    expect(small.load).toMatchObject({ transfers: 0, waiting: 0 });
    expect(book.of('fileAsked').length).toBe(1);
  });

  it('closes with transfers under way', async () => {
    await using client = await RawClient.open();
    client.ask(service.port, 'three');
    await client.next();
    await service[Symbol.asyncDispose]();
    expect(book.of('fileBroken')).toMatchObject([{ because: 'error' }]);
    expect(clock.waiting).toBe(0);
  });
});
