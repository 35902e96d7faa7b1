import { mkdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileSource } from '../../engine/services/files.js';
import { folderSource } from '../../engine/services/folder.js';
import { startHttp } from '../../engine/services/http/server.js';
import { type Service, systemClock } from '../../engine/services/service.js';
import { KeptUploads } from '../engine/services/http/kept-uploads.js';
import { listenLoopback, Notebook } from '../engine/services/loopback.js';
import { Bench, run } from './clients.js';

const profile = '<flat-profile><A>1</A></flat-profile>';
const bigSize = 30 * 1024 * 1024 + 3;

let bench: Bench;
let book: Notebook;
let reports: KeptUploads;
let service: Service;
let big: Buffer;

beforeEach(async () => {
  [bench, book, reports] = [await Bench.make(), new Notebook(), new KeptUploads()];
  await mkdir(bench.path('files'));
  big = await bench.file('files/big.loads', bigSize);
  const folder = folderSource(bench.path('files'));
  const files: FileSource = {
    find: async (request) =>
      request.path === '/8851-3PCC.xml'
        ? { kind: 'bytes', bytes: Buffer.from(profile), purpose: 'bootstrap', contentType: 'text/xml' }
        : folder.find(request),
  };
  const started = await startHttp({ port: 0, listen: listenLoopback, files, uploads: reports, observe: book.observe, clock: systemClock });
  if (!started.ok) throw new Error(started.refusal.code);
  service = started.value;
});
afterEach(async () => {
  await service[Symbol.asyncDispose]();
  await bench[Symbol.asyncDispose]();
});

const url = (path: string) => `http://127.0.0.1:${service.port}${path}`;

describe.each([['--http1.0'], ['--http1.1']])('curl %s', (version) => {
  it('fetches a bootstrap', async () => {
    const ran = await run('curl', [version, '-sS', '-D', bench.path('head'), url('/8851-3PCC.xml')]);
    expect(ran).toMatchObject({ code: 0, stdout: profile });
    expect((await bench.read('head')).toString()).toMatch(/content-length: 37\r\n/i);
    expect(await book.until(1, 'fileDelivered', 'fileBroken')).toMatchObject([{ kind: 'fileDelivered', bytes: 37 }]);
  });

  it('fetches 30 MB byte for byte', async () => {
    expect(await run('curl', [version, '-sS', '-o', bench.path('got'), url('/big.loads')])).toMatchObject({ code: 0 });
    expect((await bench.read('got')).equals(big)).toBe(true);
    expect(await book.until(1, 'fileDelivered', 'fileBroken')).toMatchObject([{ kind: 'fileDelivered', bytes: bigSize }]);
  });

  it('without Host, asks for the head, for several files, for what is missing', async () => {
    expect((await run('curl', [version, '-sS', '-H', 'Host:', '-I', url('/8851-3PCC.xml')])).stdout).toMatch(
      / 200 OK\r\n[^]*content-length: 37\r\n/i,
    );
    const several = ['-sS', url('/8851-3PCC.xml'), url('/none'), url('/8851-3PCC.xml')];
    expect(await run('curl', [version, ...several])).toMatchObject({ code: 0, stdout: `${profile}404\n${profile}` });
    expect(await book.until(2, 'fileDelivered')).toHaveLength(2);
    expect(await run('curl', [version, '-sSf', url('/../../etc/passwd'), '--path-as-is'])).toMatchObject({ code: 22 });
    expect(book.of('fileRefused')).toMatchObject([{ because: 'outside' }]);
  });

  it('sends a report', async () => {
    await bench.file('report', 300_000);
    const sent = await run('curl', [
      version,
      '-sS',
      '--data-binary',
      `@${bench.path('report')}`,
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      url('/report/00562b043615'),
    ]);
    const put = await run('curl', [
      version,
      '-sS',
      '-T',
      bench.path('report'),
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      url('/report/00562b043615'),
    ]);
    expect([sent.stdout, put.stdout]).toEqual(['200', '200']);
    expect(reports.kept.map(({ body }) => body.length)).toEqual([300_000, 300_000]);
    expect(book.of('report')).toHaveLength(2);
  });
});

describe('curl that loses patience', () => {
  it('has got nothing', async () => {
    const ran = await run('curl', ['-sS', '--max-filesize', '1000', '-o', bench.path('got'), url('/big.loads')]);
    expect(ran.code).toBe(63);
    expect(await book.until(1, 'fileDelivered', 'fileBroken')).toMatchObject([{ kind: 'fileBroken', because: 'reset' }]);
  });
});

describe('forty at a time', () => {
  it('are all served', async () => {
    const ran = await Promise.all(Array.from({ length: 40 }, () => run('curl', ['-sS', url('/8851-3PCC.xml')])));
    expect(ran.map(({ stdout }) => stdout)).toEqual(ran.map(() => profile));
    expect(await book.until(40, 'fileDelivered')).toHaveLength(40);
  });
});
