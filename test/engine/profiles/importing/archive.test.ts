import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive } from '../../../../engine/profiles/importing/archive.js';
import { offer } from '../../../../engine/profiles/importing/offered.js';
import { zipOf } from './zip-of.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchtone-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An archive by the program people use. */
function zipped(files: Record<string, string | Uint8Array>, ...options: string[]): Buffer {
  const inside = mkdtempSync(join(folder, 'kit-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(inside, name)), { recursive: true });
    writeFileSync(join(inside, name), content);
  }
  const path = `${inside}.zip`;
  execFileSync('zip', ['-q', '-r', ...options, path, '.'], { cwd: inside });
  return readFileSync(path);
}

const profile = '<flat-profile><Proxy_1_>%BWHOST-1%</Proxy_1_></flat-profile>';
const refusals = async (bytes: Uint8Array) => {
  const offered = await offer('kit.zip', bytes);
  return offered.ok ? Object.fromEntries(offered.files.map(({ name, refused }) => [name, refused])) : offered.code;
};

describe('a kit', () => {
  it('of compressed files comes to no more than there is room for', async () => {
    const bomb = gzipSync(Buffer.alloc(4 << 20, ' '));
    const offered = await offer('kit.zip', zipOf(Array.from({ length: 50 }, (_, i) => ({ name: `${i}.xml.gz`, content: bomb }))));
    if (!offered.ok) throw new Error(offered.code);
    const read = offered.files.filter(({ text }) => text !== null);
    expect(read.length).toBe(5); // of 24 MiB
    expect(new Set(offered.files.filter(({ text }) => text === null).map(({ refused }) => refused))).toEqual(new Set(['import.zip-large']));
  });

  it('is offered file by file, with what is in an archive within it', async () => {
    const inner = zipped({ 'files/8851.xml': profile, 'describe.xml': '<d/>' });
    const kit = zipped({
      'dtaf/8851.zip': inner,
      'readme.txt': 'Read me.',
      'logo.png': new Uint8Array([0x89, 0x50, 0, 0]),
      'latin.txt': new Uint8Array([0xe9, 0x20]),
    });
    expect(await refusals(kit)).toEqual({
      'dtaf/8851.zip/files/8851.xml': null,
      'dtaf/8851.zip/describe.xml': null,
      'readme.txt': null,
      'logo.png': 'import.binary',
      'latin.txt': 'import.encoding',
    });
    const offered = await offer('kit.zip', kit);
    expect(offered.ok && offered.files.find(({ name }) => name.endsWith('8851.xml'))?.text).toBe(profile);
  });

  it('with a name in it twice is not asked which is meant', async () => {
    const twice = zipOf([
      { name: 'a.xml', content: profile },
      { name: 'b.xml', content: profile },
      { name: 'a.xml', content: profile.replace('BWHOST', 'EVIL') },
    ]);
    expect(await refusals(twice)).toEqual({ 'a.xml': 'import.zip-twice', 'b.xml': null });
  });

  it('is read in the letters its files say or show', async () => {
    const text = async (bytes: Uint8Array): Promise<unknown> => {
      const offered = await offer('a.xml', bytes);
      return offered.ok ? offered.files[0]?.text : offered.code;
    };
    const declared = (name: string): string => `<?xml version="1.0" encoding="${name}"?><flat-profile><A>Müller</A></flat-profile>`;
    expect(await text(Buffer.from(declared('ISO-8859-1'), 'latin1'))).toBe(declared('ISO-8859-1'));
    expect(await text(Buffer.from(declared('UTF-16'), 'utf16le'))).toBe(declared('UTF-16'));
    expect(await text(Buffer.from(declared('ISO-8859-1')))).toBe(declared('ISO-8859-1')); // saved as UTF-8 since
    expect(await text(Buffer.from(declared('UTF-8'), 'latin1'))).toBe('import.encoding');
    expect(await text(Buffer.from(declared('none'), 'latin1'))).toBe('import.encoding');
  });

  it('names what is encrypted', async () => {
    expect(await refusals(zipped({ 'a.xml': profile }, '-P', 'secret'))).toEqual({ 'a.xml': 'import.zip-encrypted' });
  });

  it.each(['../../etc/a.xml', '/etc/a.xml', 'C:\\a.xml', 'a\u0000b.xml'])('names a path that leads out of it: %j', async (name) => {
    expect(Object.values(await refusals(zipOf([{ name, content: profile }])))).toEqual(['import.zip-path']);
  });

  it('names an entry that is too large, a bomb of many, and one that lies about its size', async () => {
    const zeros = new Uint8Array(5 << 20);
    expect(await refusals(zipOf([{ name: 'a.xml', content: zeros }]))).toEqual({ 'a.xml': 'import.zip-entry-large' });
    const bomb = zipOf(Array.from({ length: 40 }, (_, i) => ({ name: `${i}.xml`, content: zeros })));
    expect(await refusals(bomb)).toBe('import.zip-large');
    expect(await refusals(zipOf(Array.from({ length: 2500 }, (_, i) => ({ name: `${i}`, content: '' }))))).toBe('import.zip-many');
    expect(await refusals(zipOf([{ name: 'a.xml', content: zeros, claims: 10 }]))).toEqual({ 'a.xml': 'import.zip-damaged' });
    expect(await refusals(zipOf([{ name: 'a.xml', content: profile, method: 99 }]))).toEqual({ 'a.xml': 'import.zip-method' });
  });

  it('that is a workbook is told as one', async () => {
    expect(await refusals(zipped({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<w/>' }))).toBe('import.workbook');
  });

  it('holds nothing, or is cut off', async () => {
    expect(await refusals(zipOf([]))).toEqual({});
    expect(await refusals(zipped({ 'a.xml': profile }).subarray(0, -10))).toBe('import.zip-damaged');
  });

  it('never throws, whatever was changed in it', async () => {
    const good = zipOf([
      { name: 'a.xml', content: profile },
      { name: 'b/c.txt', content: 'Proxy[1] "a";' },
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(good.length),
        async (changes, cut) => {
          const bytes = Buffer.from(good);
          for (const [at, byte] of changes) bytes[at] = byte;
          for (const each of [bytes, bytes.subarray(0, cut)]) {
            const opened = await openArchive(each);
            if (opened.ok) for (const { name } of opened.archive.entries) await opened.archive.read(name);
            await offer('x', each);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a file by itself', () => {
  it.each([
    ['a profile', Buffer.from(profile), { ok: true, files: [{ text: profile }] }],
    ['one that is compressed', gzipSync(profile), { ok: true, files: [{ text: profile }] }],
    ['one that is encrypted', Buffer.from('Salted__12345678abcdefgh'), { ok: false, code: 'import.encrypted' }],
    ['one of bytes', new Uint8Array([1, 0, 2]), { ok: false, code: 'import.binary' }],
    ['one of other letters', new Uint8Array([0x3c, 0xe9]), { ok: false, code: 'import.encoding' }],
    ['a bomb', gzipSync(new Uint8Array(64 << 20)), { ok: false, code: 'import.gzip-damaged' }],
    ['damaged gzip', deflateRawSync(profile).fill(0x1f, 0, 1).fill(0x8b, 1, 2), { ok: false, code: 'import.gzip-damaged' }],
  ])('is offered or refused: %s', async (_, bytes, wanted) => {
    expect(await offer('acme.xml', bytes)).toMatchObject(wanted);
  });
});
