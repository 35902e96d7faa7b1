/** The phones' own means of opening files, against files made by openssl and by RFC 8188's examples. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { openFile } from '../../simulator/decrypt.js';
import { splitOptions } from '../../simulator/rules.js';

const profile = Buffer.from('<flat-profile><GPP_A>x</GPP_A></flat-profile>\n');
const lock = (digest: string): Buffer =>
  spawnSync('openssl', ['enc', '-aes-256-cbc', '-md', digest, '-k', 'SecretPhrase1234'], { input: profile }).stdout;
const texts = ({ candidates }: Awaited<ReturnType<typeof openFile>>): string[] => candidates.map((each) => Buffer.from(each).toString());

it.each(['sha256', 'md5'])('opens what openssl wrote with %s, and nothing under another key', async (digest) => {
  const file = { ok: true, bytes: lock(digest) } as const;
  expect(texts(await openFile(file, { key: 'SecretPhrase1234', ikm: '' }))).toContain(profile.toString());
  expect(texts(await openFile(file, { key: 'secretPhrase1234', ikm: '' }))).not.toContain(profile.toString());
  vi.stubEnv('PATH', '/nowhere');
  expect(texts(await openFile(file, { key: 'SecretPhrase1234', ikm: '' }))).toContain(profile.toString());
  vi.unstubAllEnvs();
});

it('opens the examples of RFC 8188 section 3 where the response names the coding', async () => {
  const bodies = [
    ['yqdlZ-tYemfogSmv7Ws5PQ', 'I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg'],
    ['BO3ZVPxUlnLORbVGMpbT1Q', 'uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA'],
  ] as const;
  for (const [ikm, body] of bodies) {
    const file = { ok: true, bytes: Buffer.from(body, 'base64url'), coding: 'aes128gcm' } as const;
    expect(texts(await openFile(file, { key: undefined, ikm }))).toEqual(['I am the walrus']);
    expect(await openFile(file, { key: undefined, ikm: '' })).toEqual({ candidates: [], locked: true });
  }
});

it('takes a plain file as it is without a key, and not at all with one; noise never throws', async () => {
  const plain = { ok: true, bytes: profile } as const;
  expect(await openFile(plain, { key: undefined, ikm: '' })).toEqual({ candidates: [profile], locked: false });
  expect(await openFile(plain, { key: 'k', ikm: '' })).toEqual({ candidates: [], locked: true });
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (noise) => {
      await openFile({ ok: true, bytes: noise, coding: 'aes128gcm' }, { key: undefined, ikm: 'abcd' });
      await openFile({ ok: true, bytes: noise }, { key: 'k', ikm: '' });
    }),
  );
});

it('reads the options in front of a rule', () => {
  const read = (rule: string): unknown => {
    const { options, rest } = splitOptions(rule);
    return [Object.fromEntries(options), rest.trim()];
  };
  expect(read('[--key MyOwnSecret ] tftp://192.168.1.200/basic.cfg')).toEqual([{ key: 'MyOwnSecret' }, 'tftp://192.168.1.200/basic.cfg']);
  expect(read('[--key "a b" --uid user --pwd pass] https://h/x')).toEqual([{ key: 'a b', uid: 'user', pwd: 'pass' }, 'https://h/x']);
  expect(read('[--key ] http://h//x')).toEqual([{ key: '' }, 'http://h//x']);
  expect(read('http://h/x')).toEqual([{}, 'http://h/x']);
});
