import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderSource } from '../../../engine/services/folder.js';

let base: string;
let root: string;
const find = (path: string) => folderSource(root).find({ transport: 'http', path, from: '127.0.0.1' });
const missing = { kind: 'missing' };
const outside = { kind: 'refused', because: 'outside' };

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'benchtone-folder-'));
  root = join(base, 'files');
  await mkdir(join(root, 'fw'), { recursive: true });
  await writeFile(join(root, 'sip88xx.loads'), 'load');
  await writeFile(join(root, 'fw', 'Rom.SBN'), 'rom!');
  await writeFile(join(base, 'secret'), 'secret');
  await writeFile(join(base, 'files-beside'), 'secret');
  await symlink(join(base, 'secret'), join(root, 'out'));
  await symlink(base, join(root, 'up'));
  await symlink(join(root, 'sip88xx.loads'), join(root, 'latest'));
  await symlink('loop', join(root, 'loop'));
});
afterAll(() => rm(base, { recursive: true }));

describe('the folder', () => {
  it('gives its files, with or without leading slashes, in any case of the name', async () => {
    const load = { kind: 'file', file: join(root, 'sip88xx.loads'), size: 4, purpose: 'folder' };
    for (const path of ['sip88xx.loads', '/sip88xx.loads', '//./sip88xx.loads', '/SIP88XX.LOADS']) expect(await find(path)).toEqual(load);
    expect(await find('/fw/rom.sbn')).toMatchObject({ kind: 'file', file: join(root, 'fw', 'Rom.SBN') });
    expect(await find('/latest')).toEqual(load);
  });

  it.each(['', '/', 'none', '/fw', '/fw/', '/FW/Rom.SBN', '/sip88xx.loads/x', 'loop', 'x'.repeat(512)])('has no %s', async (path) => {
    expect(await find(path)).toEqual(missing);
  });

  it.each([
    '../secret',
    '/../secret',
    'fw/../../secret',
    '..',
    'out',
    '/OUT',
    'up/secret',
    'up/files-beside',
    '..\\secret',
    'C:/x',
    'c:x',
    'a\0b',
  ])('does not let out by %j', async (path) => {
    expect(await find(path)).toEqual(outside);
  });

  it('that is not there has no files', async () => {
    expect(await folderSource(join(base, 'nowhere')).find({ transport: 'tftp', path: 'x', from: '127.0.0.1' })).toEqual(missing);
  });

  it('never gives anything outside, nor rejects', async () => {
    const piece = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('..', '.', '/', '\\', '\0', 'up', 'out', 'fw', 'secret', 'loop'));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const answer = await find(pieces.join('/'));
        if (answer.kind === 'file') expect(answer.file.startsWith(`${root}/`)).toBe(true);
      }),
      { numRuns: 1_000, seed: 1350 },
    );
  });
});
