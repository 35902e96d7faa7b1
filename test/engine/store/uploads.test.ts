import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Upload, type UploadLimits, Uploads } from '../../../engine/store/uploads.js';

const limits: UploadLimits = { ofFile: 1_000, ofPhone: 1_500, ofAll: 3_000, filesOfPhone: 5, files: 8, atOnce: 4 };
let base: string;
let folder: string;
let second: number;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'benchtone-uploads-'));
  folder = join(base, 'uploads');
  second = 0;
});
afterEach(() => rm(base, { recursive: true }));

const make = (more: Partial<UploadLimits> = {}) =>
  new Uploads({ folder, now: () => new Date(Date.UTC(2026, 10, 24, 4, 41, second++)), limits: { ...limits, ...more } });

async function begin(uploads: Uploads, owner = '00562b043615', size?: number): Promise<Upload> {
  const begun = await uploads.begin(owner, size);
  if (typeof begun === 'number') throw new Error(String(begun));
  return begun;
}

async function keep(uploads: Uploads, content: string | Buffer, owner?: string) {
  const upload = await begin(uploads, owner);
  expect(await upload.write(Buffer.from(content))).toBe('kept');
  return upload.keep();
}

describe('an upload', () => {
  it.each([
    ['<flat-profile/>', 'xml'],
    [Buffer.from([0x1f, 0x8b, 8]), 'tar.gz'],
    ['plain words\r\n', 'txt'],
    [Buffer.from([0, 1, 2]), 'bin'],
  ])('%j is kept for its owner alone, under a name of ours: %s', async (content, kind) => {
    const kept = await keep(make(), content);
    expect(kept?.file).toMatch(new RegExp(`^20261124T044100Z-00562b043615-[0-9a-f]{12}\\.${kind.replace('.', '\\.')}$`));
    expect(await readdir(folder)).toEqual([kept?.file]);
    const file = join(folder, kept?.file ?? '');
    expect(await readFile(file)).toEqual(Buffer.from(content));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it.each(['../../etc/passwd', '..', '/abs', 'a\0b', 'x'.repeat(500), ''])('of %j stays in the folder', async (owner) => {
    const kept = await keep(make(), 'x', owner);
    expect(kept?.file).toMatch(/^20261124T044100Z-[0-9a-z-]{1,40}-[0-9a-f]{12}\.txt$/);
    expect(await readdir(folder)).toEqual([kept?.file]);
    expect(await readdir(base)).toEqual(['uploads']);
  });

  it('that is dropped, or breaks off, leaves nothing', async () => {
    const uploads = make();
    const upload = await begin(uploads);
    await upload.write(Buffer.from('half'));
    expect((await readdir(folder))[0]).toMatch(/^\.[0-9a-f]{12}\.part$/);
    await upload.drop();
    await upload.drop();
    expect(await readdir(folder)).toEqual([]);
    const left = await begin(uploads);
    await left.write(Buffer.from('half'));
    await keep(make(), 'later'); // another run of the bench
    expect(await readdir(folder)).toHaveLength(1);
  });
});

describe('limits of uploads', () => {
  it('of one file, said beforehand or found on the way', async () => {
    const uploads = make();
    expect(await uploads.begin('a', 1_001)).toBe(413);
    const upload = await begin(uploads);
    expect(await upload.write(Buffer.alloc(1_000))).toBe('kept');
    expect(await upload.write(Buffer.alloc(1))).toBe('too-large');
    await upload.drop();
  });

  it('of one phone: the oldest makes room for the newest, of others nothing goes', async () => {
    const uploads = make();
    const other = await keep(uploads, 'x'.repeat(900), 'b');
    const first = await keep(uploads, 'x'.repeat(900), 'a');
    const last = await keep(uploads, 'x'.repeat(900), 'a');
    expect(new Set(await readdir(folder))).toEqual(new Set([other?.file, last?.file]));
    expect(first).toBeDefined();
  });

  it('of all, also those of earlier runs', async () => {
    for (const owner of ['a', 'b', 'c']) await keep(make(), 'x'.repeat(990), owner);
    const upload = await begin(make());
    expect(await upload.write(Buffer.alloc(100))).toBe('full');
    await upload.drop();
    expect(await make().begin('d', 100)).toBe(507);
  });

  it('of how many are under way, and a dropped one makes place', async () => {
    const uploads = make();
    const running = [await begin(uploads), await begin(uploads), await begin(uploads), await begin(uploads)];
    expect(await uploads.begin('e')).toBe(503);
    await running[0]?.drop();
    expect(typeof (await uploads.begin('e'))).toBe('object');
    for (const each of running) await each.drop();
  });

  it('and a folder that cannot be had is said', async () => {
    await writeFile(folder, 'in the way');
    expect(await make().begin('a')).toBe(500);
    await rm(folder);
    expect(await keep(make(), 'x')).toBeDefined();
  });
});

it('empty files use up no disk either: the newest of a phone are kept, and no more of all than there may be', async () => {
  const uploads = make();
  const empty = async (owner: string) => (await begin(uploads, owner)).keep();
  for (let i = 0; i < 12; i += 1) await empty('00562b043615');
  expect((await readdir(folder)).length).toBe(5);
  for (const owner of ['10.0.0.7', '10.0.0.8', '10.0.0.9']) await empty(owner);
  expect(await uploads.begin('10.0.0.10')).toBe(507);
});
