import { mkdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileSource } from '../../engine/services/files.js';
import { folderSource } from '../../engine/services/folder.js';
import { type Service, systemClock } from '../../engine/services/service.js';
import { startTftp } from '../../engine/services/tftp/server.js';
import { Notebook, openLoopback } from '../engine/services/loopback.js';
import { Bench, run } from './clients.js';

const profile = Buffer.from('<flat-profile>\n<Resync_Periodic ua="na">30</Resync_Periodic>\n</flat-profile>\n');
const bigSize = 9 * 1024 * 1024 + 100;

let bench: Bench;
let book: Notebook;
let service: Service;
let big: Buffer;

beforeEach(async () => {
  bench = await Bench.make();
  book = new Notebook();
  await mkdir(bench.path('files'));
  big = await bench.file('files/big.loads', bigSize);
  const folder = folderSource(bench.path('files'));
  const files: FileSource = {
    find: async (request) =>
      request.path.endsWith('8851-3PCC.xml')
        ? { kind: 'bytes', bytes: profile, purpose: 'bootstrap', contentType: 'text/xml' }
        : folder.find(request),
  };
  const started = await startTftp({ port: 0, open: openLoopback, files, observe: book.observe, clock: systemClock });
  if (!started.ok) throw new Error(started.refusal.code);
  service = started.value;
});
afterEach(async () => {
  await service[Symbol.asyncDispose]();
  await bench[Symbol.asyncDispose]();
});

const port = () => String(service.port);

type Fetch = (remote: string, local: string) => Promise<unknown>;

/** npm `tftp`, in a process of its own: it is not of this century's style. */
const npmTftp = `
  const [port, remote, local, blockSize] = process.argv.slice(1);
  const client = require('tftp').createClient({ host: '127.0.0.1', port: Number(port), blockSize: Number(blockSize) });
  client.get(remote, local, (error) => { if (error) { console.error(error.message); process.exit(1); } });
`;

const clients: readonly (readonly [string, Fetch])[] = [
  ['tftp-hpa, octet', (remote, local) => run('tftp', ['-m', 'binary', '127.0.0.1', port(), '-c', 'get', remote, local], bench.folder)],
  ['tftp-hpa, netascii', (remote, local) => run('tftp', ['-m', 'netascii', '127.0.0.1', port(), '-c', 'get', remote, local], bench.folder)],
  ['atftp', (remote, local) => run('atftp', ['-g', '-r', remote, '-l', bench.path(local), '127.0.0.1', port()])],
  [
    'atftp with blksize, tsize and timeout',
    (remote, local) =>
      run('atftp', [
        '--option',
        'blksize 1428',
        '--option',
        'tsize 0',
        '--option',
        'timeout 2',
        '-g',
        '-r',
        remote,
        '-l',
        bench.path(local),
        '127.0.0.1',
        port(),
      ]),
  ],
  [
    'atftp with windows',
    (remote, local) =>
      run('atftp', [
        '--option',
        'windowsize 16',
        '--option',
        'blksize 1428',
        '-g',
        '-r',
        remote,
        '-l',
        bench.path(local),
        '127.0.0.1',
        port(),
      ]),
  ],
  ['busybox', (remote, local) => run('busybox', ['tftp', '-g', '-r', remote, '-l', bench.path(local), '127.0.0.1', port()])],
  ['curl', (remote, local) => run('curl', ['-sS', '-o', bench.path(local), `tftp://127.0.0.1:${port()}/${remote}`])],
  [
    'curl without options',
    (remote, local) => run('curl', ['-sS', '--tftp-no-options', '-o', bench.path(local), `tftp://127.0.0.1:${port()}/${remote}`]),
  ],
  [
    'curl with the largest block',
    (remote, local) => run('curl', ['-sS', '--tftp-blksize', '65464', '-o', bench.path(local), `tftp://127.0.0.1:${port()}/${remote}`]),
  ],
  ['npm tftp', (remote, local) => run(process.execPath, ['-e', npmTftp, port(), remote, bench.path(local), '1468'])],
  ['npm tftp with small blocks', (remote, local) => run(process.execPath, ['-e', npmTftp, port(), remote, bench.path(local), '512'])],
];

describe.each(clients)('%s', (_, fetch) => {
  it('fetches a bootstrap', async () => {
    const ran = await fetch('8851-3PCC.xml', 'got.xml');
    expect(ran).toMatchObject({ code: 0 });
    expect((await bench.read('got.xml')).toString()).toBe(profile.toString());
    expect(await book.until(1, 'fileDelivered', 'fileBroken')).toMatchObject([{ kind: 'fileDelivered', purpose: 'bootstrap' }]);
  });

  it('is told at once that a file is missing', async () => {
    const started = Date.now();
    await fetch('none.xml', 'none.xml');
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(await book.until(1, 'fileMissing')).toMatchObject([{ path: 'none.xml' }]);
    expect(book.of('fileDelivered')).toEqual([]);
  });
});

describe('9 MB', () => {
  it.each(clients.filter(([name]) => !name.includes('netascii')))('come byte for byte by %s', async (_, fetch) => {
    expect(await fetch('big.loads', 'got.loads')).toMatchObject({ code: 0 });
    expect((await bench.read('got.loads')).equals(big)).toBe(true);
    expect(await book.until(1, 'fileDelivered', 'fileBroken')).toMatchObject([{ kind: 'fileDelivered', bytes: bigSize }]);
  });
});

describe('more than 65535 blocks', () => {
  it.each([clients[0]!, clients[2]!])('roll over for %s', async (_, fetch) => {
    const size = 40 * 1024 * 1024;
    await bench.sparseFile('files/huge.loads', size);
    expect(await fetch('huge.loads', 'huge.loads')).toMatchObject({ code: 0 });
    const got = await bench.read('huge.loads');
    expect([got.length, got.subarray(-7).toString()]).toEqual([size, 'the end']);
  });
});

describe('nobody', () => {
  it('writes', async () => {
    await bench.file('mine', 100);
    await run('curl', ['-sS', '-T', bench.path('mine'), `tftp://127.0.0.1:${port()}/mine`]);
    await run('atftp', ['-p', '-l', bench.path('mine'), '-r', 'mine', '127.0.0.1', port()]);
    expect(await book.until(2, 'fileRefused')).toMatchObject([{ because: 'write' }, { because: 'write' }]);
  });

  it('waits for another: 40 at a time', async () => {
    const ran = await Promise.all(
      Array.from({ length: 40 }, (_, i) => run('curl', ['-sS', '-o', bench.path(`${i}`), `tftp://127.0.0.1:${port()}/8851-3PCC.xml`])),
    );
    expect(ran.map(({ code }) => code)).toEqual(ran.map(() => 0));
    expect(await book.until(40, 'fileDelivered')).toHaveLength(40);
  });
});
