import { spawnSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAes128gcm, encodeAes128gcm } from '../../../../engine/profiles/packing/content-encoding.js';
import { gzip } from '../../../../engine/profiles/packing/gzip.js';
import { decryptSalted, encryptSalted } from '../../../../engine/profiles/packing/openssl.js';

const profile = Buffer.from('<flat-profile>\n<GPP_A>12345678</GPP_A>\n</flat-profile>\n');
const salt = Buffer.from('0001020304050607', 'hex');
const passphrase = 'SecretPhrase1234';
const bytes = fc.uint8Array({ maxLength: 300 });

describe('the form of openssl enc', () => {
  it.each([
    [
      'sha256',
      '53616c7465645f5f000102030405060779bb38bce888bc532ef1fcaf6605165a2e9471d81a11e0720cd196b999acc2f0bcabf4dc58f0ff07220160cba2237fb887cb14cfc5810131e3852b1cbd57f3bc',
    ],
    [
      'md5',
      '53616c7465645f5f00010203040506071341f5074f7f9f2986934dbd87b05112bc35f758da5cfc16885fc595a8d9ee422883fbf14be5a2417b934aac9ee9d819990feb1e29bb1a468810bbe2df1f6b3a',
    ],
  ] as const)('has the bytes of the known file with %s', (digest, wanted) => {
    expect(Buffer.from(encryptSalted(profile, passphrase, salt, digest)).toString('hex')).toBe(wanted);
  });

  it.each(['sha256', 'md5'] as const)('is opened by openssl itself, with %s', (digest) => {
    const packed = encryptSalted(gzip(profile), 'a pass phrase', salt, digest);
    const opened = spawnSync('openssl', ['enc', '-d', '-aes-256-cbc', '-md', digest, '-k', 'a pass phrase'], { input: packed });
    expect(opened.error).toBeUndefined();
    expect(gunzipSync(opened.stdout)).toEqual(profile);
  });

  it('gives the file back, and nothing under another passphrase but by the chance of a padding', () => {
    fc.assert(
      fc.property(bytes, fc.string({ maxLength: 40 }), fc.uint8Array({ minLength: 8, maxLength: 8 }), (file, secret, own) => {
        const packed = encryptSalted(file, secret, own, 'sha256');
        expect(Buffer.from(decryptSalted(packed, secret, 'sha256') ?? [])).toEqual(Buffer.from(file));
        const other = decryptSalted(packed, `${secret}x`, 'sha256');
        expect(other === undefined || Buffer.compare(other, file) !== 0 || file.length === 0).toBe(true);
      }),
    );
  });

  it('opens nothing that is not of it, and throws at nothing', () => {
    fc.assert(
      fc.property(bytes, (noise) => {
        expect(decryptSalted(noise, 'x', 'md5')).toBeUndefined();
        decryptSalted(Buffer.concat([Buffer.from('Salted__'), noise]), 'x', 'md5');
      }),
    );
  });
});

describe('aes128gcm', () => {
  const url = (text: string): Buffer => Buffer.from(text, 'base64url');

  it.each([
    ['yqdlZ-tYemfogSmv7Ws5PQ', 'I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg'],
    ['BO3ZVPxUlnLORbVGMpbT1Q', 'uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA'],
  ])('opens the example of RFC 8188 section 3 with the key %s', (ikm, body) => {
    expect(Buffer.from(decodeAes128gcm(url(body), url(ikm)) ?? []).toString()).toBe('I am the walrus');
  });

  it('writes the first example as the RFC does', () => {
    const body = url('I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg');
    const own = { ikm: url('yqdlZ-tYemfogSmv7Ws5PQ'), salt: body.subarray(0, 16) };
    expect(Buffer.from(encodeAes128gcm(Buffer.from('I am the walrus'), own))).toEqual(body);
  });

  it('gives the content back, in records of any size, and nothing when a bit is changed or the end is missing', () => {
    const own = fc.record({
      ikm: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      salt: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      recordSize: fc.integer({ min: 18, max: 100 }),
      keyId: fc.string({ maxLength: 20 }),
    });
    fc.assert(
      fc.property(bytes, own, fc.nat(), (content, how, where) => {
        const packed = encodeAes128gcm(content, how);
        expect(Buffer.from(decodeAes128gcm(packed, how.ikm) ?? [])).toEqual(Buffer.from(content));
        const body = packed.length - 21 - Buffer.byteLength(how.keyId);
        const changed = Buffer.from(packed);
        const at = packed.length - 1 - (where % body);
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(decodeAes128gcm(changed, how.ikm)).toBeUndefined();
        expect(decodeAes128gcm(packed.subarray(0, packed.length - 1 - (where % body)), how.ikm)).toBeUndefined();
      }),
    );
  });

  it('throws at no input', () => {
    fc.assert(fc.property(bytes, bytes, (noise, ikm) => void decodeAes128gcm(noise, ikm)));
  });
});
