import { createHash } from 'node:crypto';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../engine/contract/secret.js';
import { readChallenges } from '../../../../engine/protocols/http/challenge.js';
import { nonceLifeMs } from '../../../../engine/services/http/door.js';
import type { WireMessage } from '../../../../engine/services/tap.js';
import { bytes, type Reply, Rig } from './rig.js';

const account = { user: 'bench', password: new Secret('s3cret:pass') };
let rig: Rig;
let seen: string[];

beforeEach(async () => {
  seen = [];
  const tap = ({ payload }: WireMessage) => void seen.push(Buffer.from(payload).toString('latin1'));
  rig = await Rig.start({ '/device/a.xml': bytes('profile', { account }), '/open': bytes('open') }, { tap });
});
afterEach(() => rig[Symbol.asyncDispose]());

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** The answer to a challenge, by the formula of RFC 7616 and not by our own code. */
function digest(reply: Reply, algorithm: 'MD5' | 'SHA-256', more: { password?: string; uri?: string; nc?: string; nonce?: string } = {}) {
  const challenges = readChallenges(reply.all.filter((line) => /^www-auth/i.test(line)).map((line) => line.slice(18)));
  const params = challenges.find((each) => each.params.get('algorithm') === algorithm)?.params;
  const { password = 's3cret:pass', uri = '/device/a.xml', nc = '00000001', nonce = params?.get('nonce') ?? '' } = more;
  const hash = (text: string) =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const response = hash(`${hash(`bench:${params?.get('realm')}:${password}`)}:${nonce}:${nc}:c0:auth:${hash(`GET:${uri}`)}`);
  return `Digest username="bench", realm="${params?.get('realm')}", nonce="${nonce}", uri="${uri}", algorithm=${algorithm}, qop=auth, nc=${nc}, cnonce="c0", response="${response}"`;
}

const get = (authorization?: string, path = '/device/a.xml') =>
  rig.ask(`GET ${path}`, authorization === undefined ? {} : { Authorization: authorization });

describe('a file that an account guards', () => {
  it('is refused with challenges to a phone without it, which is no wrong done', async () => {
    const reply = await get();
    expect(reply).toMatchObject({ status: 401, content: '401\n' });
    expect(reply.all.filter((line) => /^www-authenticate/i.test(line))).toEqual([
      expect.stringMatching(/Digest .*algorithm=SHA-256/),
      expect.stringMatching(/Digest .*algorithm=MD5/),
      expect.stringMatching(/Basic realm=/),
    ]);
    expect(rig.book.facts).toEqual([]);
    expect(await get(undefined, '/open')).toMatchObject({ status: 200 });
  });

  it.each(['MD5', 'SHA-256'] as const)('is given for a Digest with %s, once for each nc', async (algorithm) => {
    const first = await get();
    const answer = digest(first, algorithm);
    expect(await get(answer)).toMatchObject({ status: 200, content: 'profile' });
    const replayed = await get(answer);
    expect(replayed.status).toBe(401);
    expect(replayed.all.join()).toContain('stale=true');
    expect(await get(digest(first, algorithm, { nc: '00000002' }))).toMatchObject({ status: 200 });
    expect(await get(digest(first, algorithm, { nc: '00000001' }))).toMatchObject({ status: 401 });
    expect(rig.book.of('fileRefused')).toEqual([]);
  });

  it('is given for Basic, and only with the right password', async () => {
    expect(await get(basic('bench', 's3cret:pass'))).toMatchObject({ status: 200, content: 'profile' });
    expect(await get(basic('bench', 's3cret:pas'))).toMatchObject({ status: 401 });
    expect(await get(basic('other', 's3cret:pass'))).toMatchObject({ status: 401 });
    expect(rig.book.of('fileRefused')).toEqual([
      { kind: 'fileRefused', transport: 'http', path: '/device/a.xml', because: 'wrong-account' },
      { kind: 'fileRefused', transport: 'http', path: '/device/a.xml', because: 'wrong-account' },
    ]);
  });

  it('is not given for an answer to something else', async () => {
    const first = await get();
    for (const wrong of [
      digest(first, 'MD5', { password: 'other' }),
      digest(first, 'MD5', { uri: '/open' }),
      digest(first, 'MD5', { nonce: 'bm9uZQ' }),
      digest(first, 'MD5').replace('qop=auth, ', ''),
      digest(first, 'MD5').replace(/nc=\d+/, 'nc=zz'),
      digest(first, 'MD5').replace('username="bench"', 'username="bench", username="x"'),
      'Digest',
      'Bearer x',
      '',
    ])
      expect(await get(wrong), wrong).toMatchObject({ status: 401 });
  });

  it('is not given for a nonce that has lapsed, which is said to be stale and not wrong', async () => {
    const first = await get();
    rig.clock.pass(nonceLifeMs);
    const reply = await get(digest(first, 'SHA-256'));
    expect(reply.status).toBe(401);
    expect(reply.all.join()).toContain('stale=true');
    expect(rig.book.of('fileRefused')).toEqual([]);
    expect(await get(digest(reply, 'SHA-256'))).toMatchObject({ status: 200 });
  });

  it('shows the tap heads without credentials', async () => {
    const first = await get();
    await get(digest(first, 'MD5'));
    await get(basic('bench', 's3cret:pass'));
    const all = seen.join('\n');
    expect(all).toContain('GET /device/a.xml HTTP/1.1\r\n');
    expect(all).toContain('Authorization: Basic ********');
    expect(all).toContain('Authorization: Digest ********');
    expect(all).toMatch(/HTTP\/1\.1 200 OK\r\n/);
    expect(all).not.toContain('profile');
    expect(all).not.toContain(basic('bench', 's3cret:pass').slice(6));
    expect(all).not.toMatch(/response=/);
  });
});
