import { spawnSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { decodeAes128gcm } from '../../../../engine/profiles/packing/content-encoding.js';
import { packFile, spelledIkm } from '../../../../engine/profiles/packing/pack-file.js';
import { newKeyPair } from '../../../../engine/profiles/phone-keys.js';

const file = Buffer.from('<flat-profile/>\n'.repeat(40));
const pair = newKeyPair();

it.each(['sha256', 'md5'] as const)('compresses, then encrypts: openssl opens it with %s and gunzip the rest', (digest) => {
  const { bytes, contentType, contentEncoding } = packFile(file, { gzip: true, encryption: { how: { form: 'salted', digest }, pair } });
  const args = ['enc', '-d', '-aes-256-cbc', '-md', digest, '-pass', 'env:KEY'];
  const opened = spawnSync('openssl', args, { input: bytes, env: { ...process.env, KEY: pair.key.reveal() } });
  expect(opened.error).toBeUndefined();
  expect(gunzipSync(opened.stdout)).toEqual(file);
  expect([contentType, contentEncoding]).toEqual(['application/octet-stream', undefined]);
});

it.each(['text', 'hex', 'base64url'] as const)('names the content coding; the key as the parameter spells it (%s) opens it', (ikm) => {
  const { bytes, contentEncoding } = packFile(file, { gzip: false, encryption: { how: { form: 'aes128gcm', ikm }, pair } });
  const key = Buffer.from(spelledIkm(pair, ikm), ikm === 'text' ? 'latin1' : ikm);
  expect(contentEncoding).toBe('aes128gcm');
  expect(Buffer.from(decodeAes128gcm(bytes, key) ?? [])).toEqual(file);
});

it('gives the same bytes for the same file, others for another, and leaves alone what is neither compressed nor encrypted', () => {
  const how = { form: 'salted', digest: 'sha256' } as const;
  const salts = [file, file, file.subarray(1)].map((each) =>
    Buffer.from(packFile(each, { gzip: false, encryption: { how, pair } }).bytes.subarray(8, 16)).toString('hex'),
  );
  expect(salts[0]).toBe(salts[1]);
  expect(salts[0]).not.toBe(salts[2]);
  expect(packFile(file, { gzip: false })).toEqual({ bytes: file });
});
