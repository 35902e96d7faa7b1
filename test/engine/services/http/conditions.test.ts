import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fileMemory } from '../../../../engine/services/file-memory.js';
import { RawHttp } from './raw-client.js';
import { bytes, Rig } from './rig.js';

async function folderFile(content: string) {
  const folder = await mkdtemp(join(tmpdir(), 'benchtone-http-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'x.loads');
  await writeFile(file, content);
  return { file, answer: { kind: 'file', file, size: content.length, purpose: 'folder' } } as const;
}

it.each([true, false])('ranges of a file are given in part, held in memory or not: %j', async (inMemory) => {
  const { answer } = await folderFile('0123456789');
  await using rig = await Rig.start({ '/x': answer }, inMemory ? { memory: fileMemory() } : {});
  const { fields: whole } = await rig.ask('GET /x');
  expect(whole).toMatchObject({ 'accept-ranges': 'bytes', etag: expect.stringMatching(/^"[^"]+"$/) });
  expect(await rig.ask('GET /x', { Range: 'bytes=2-4' })).toMatchObject({
    status: 206,
    content: '234',
    fields: { 'content-range': 'bytes 2-4/10', 'content-length': '3' },
  });
  expect(await rig.ask('GET /x', { Range: 'bytes=-2', 'If-Range': whole['etag'] ?? '' })).toMatchObject({ status: 206, content: '89' });
  expect(await rig.ask('GET /x', { Range: 'bytes=-2', 'If-Range': '"old"' })).toMatchObject({ status: 200, content: '0123456789' });
  expect(await rig.ask('GET /x', { Range: 'bytes=10-' })).toMatchObject({ status: 416, fields: { 'content-range': 'bytes */10' } });
  expect(await rig.ask('GET /x', { Range: 'bytes=0-1,4-5' })).toMatchObject({ status: 200, content: '0123456789' });
  expect(await rig.ask('HEAD /x', { Range: 'bytes=2-4' })).toMatchObject({ status: 206, content: '', fields: { 'content-length': '3' } });
});

it('a part is no delivery, a range of everything is one', async () => {
  await using rig = await Rig.start({ '/x': bytes('0123456789') });
  await rig.ask('GET /x', { Range: 'bytes=0-4' });
  await rig.ask('GET /x', { Range: 'bytes=5-9' });
  await rig.ask('GET /x', { Range: 'bytes=0-' });
  expect(await rig.book.until(1, 'fileDelivered')).toEqual([
    { kind: 'fileDelivered', transport: 'http', path: '/x', purpose: 'device', bytes: 10 },
  ]);
  expect(rig.book.of('fileAsked')).toHaveLength(3);
});

it('a file of the folder is revalidated, until it changes', async () => {
  const { file, answer } = await folderFile('0123456789');
  await using rig = await Rig.start({ '/x': answer });
  const { fields } = await rig.ask('GET /x');
  const tag = fields['etag'] ?? '';
  expect(await rig.ask('GET /x', { 'If-None-Match': tag })).toMatchObject({ status: 304, content: '', fields: { etag: tag } });
  expect(await rig.ask('GET /x', { 'If-Match': '"other"' })).toMatchObject({ status: 412 });
  await utimes(file, 1, 1);
  expect(await rig.ask('GET /x', { 'If-None-Match': tag })).toMatchObject({ status: 200, content: '0123456789' });
});

it('a profile is sent whole to a phone that revalidates, and so delivered, unless it is known to have it', async () => {
  await using rig = await Rig.start({ '/new': bytes('profile'), '/known': bytes('profile', { revalidates: true }) });
  const { fields } = await rig.ask('GET /new');
  const tag = fields['etag'] ?? '';
  expect(await rig.ask('GET /new', { 'If-None-Match': tag })).toMatchObject({ status: 200, content: 'profile' });
  expect(await rig.ask('GET /new', { 'If-None-Match': '*' })).toMatchObject({ status: 200 });
  expect(await rig.book.until(3, 'fileDelivered')).toHaveLength(3);
  expect(await rig.ask('GET /known', { 'If-None-Match': tag })).toMatchObject({ status: 304, content: '' });
  expect(rig.book.of('fileDelivered')).toHaveLength(3);
});

it('a connection is kept after a 304, and the next answer is whole', async () => {
  await using rig = await Rig.start({ '/known': bytes('profile', { revalidates: true }) });
  await using client = await RawHttp.open(rig.port);
  client.send('GET /known HTTP/1.1\r\nIf-None-Match: *\r\n\r\n');
  await client.until('304 Not Modified');
  client.send('GET /known HTTP/1.1\r\n\r\n');
  expect(await client.until('profile')).toMatch(/304 Not Modified\r\nDate: [^\r]+\r\nETag: "[^"]+"\r\n\r\nHTTP\/1.1 200/);
});

it('the tag of a profile tells nothing of it to whoever can guess: another process gives another', async () => {
  await using one = await Rig.start({ '/x': bytes('profile') });
  await using other = await Rig.start({ '/x': bytes('profile') });
  const tags = [await one.ask('GET /x'), await other.ask('GET /x')].map(({ fields }) => fields['etag']);
  expect(tags[0]).not.toBe(tags[1]);
});
