import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChallenges } from '../../../../engine/protocols/http/challenge.js';
import { authorization, chooseChallenge, isStale } from '../../../../engine/protocols/http/digest.js';

const mufasa = { user: 'Mufasa', password: 'Circle of Life' };
const rfc7616 = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
const request = { method: 'GET', target: '/dir/index.html', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ', count: 1 };
const answer = (header: string, more = request, account = mufasa) =>
  authorization(chooseChallenge(readChallenges([header]))!, account, more);

describe('Digest', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('gives the value of RFC 7616 section 3.9.1 for %s', (algorithm, response) => {
    expect(answer(rfc7616(algorithm))).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", algorithm=${algorithm}, qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", response="${response}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
    );
  });

  it('gives the value of RFC 2617 section 3.5', () => {
    const header =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
    const text = answer(header, { ...request, cnonce: '0a4f113b' }, { user: 'Mufasa', password: 'Circle Of Life' });
    expect(text).toContain('response="6629fae49393a05397450978507c4ef1"');
    expect(text).not.toContain('algorithm');
  });

  it('without qop leaves out count and client nonce (RFC 2069)', () => {
    const text = answer('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"', request, {
      user: 'Mufasa',
      password: 'CircleOfLife',
    });
    expect(text).toContain('response="1949323746fe6a43ef61f9606e7febea"'); // RFC 2069 section 2.4, as corrected by its erratum 749
    expect(text).not.toMatch(/nc=|cnonce=|qop=/);
  });

  it('MD5-sess mixes both nonces into the account', () => {
    expect(answer(rfc7616('MD5-sess'))).toContain('response="e783283f46242139c486a698fec7211d"');
  });
});

describe('the challenge to answer', () => {
  const chosen = (...headers: string[]) => chooseChallenge(readChallenges(headers));

  it('is Digest before Basic, SHA-256 before MD5, in one header or several', () => {
    expect(chosen('Basic realm="p", Digest realm="p", nonce="1", qop="auth"')).toMatchObject({ scheme: 'digest' });
    expect(
      chosen('Digest realm="p", nonce="1", algorithm=MD5', 'Digest realm="p", nonce="2", algorithm="SHA-256"')?.params.get('nonce'),
    ).toBe('2');
    expect(chosen('Negotiate', 'basic realm=p')).toEqual({ scheme: 'basic', params: new Map([['realm', 'p']]) });
  });

  it('passes over what nobody here can answer', () => {
    expect(chosen('Digest realm="p", nonce="1", qop="auth-int"', 'Basic realm="p"')).toMatchObject({ scheme: 'basic' });
    expect(chosen('Digest realm="p", nonce="1", algorithm=SHA-512-256')).toBeUndefined();
    expect(chosen('Digest realm="p"')).toBeUndefined();
    expect(chosen('Bearer')).toBeUndefined();
    expect(chosen()).toBeUndefined();
  });

  it('is read as embedded servers write it', () => {
    expect(readChallenges(['DIGEST Realm = "a \\"b\\", c" ,NONCE=xyz,stale=TRUE, Basic realm="never ends'])).toEqual([
      {
        scheme: 'digest',
        params: new Map([
          ['realm', 'a "b", c'],
          ['nonce', 'xyz'],
          ['stale', 'TRUE'],
        ]),
      },
      { scheme: 'basic', params: new Map([['realm', 'never ends']]) },
    ]);
    expect(isStale(readChallenges(['Digest nonce=1, stale=TRUE'])[0]!)).toBe(true);
  });

  it('Basic carries user and password in UTF-8 (RFC 7617)', () => {
    expect(answer('Basic realm="p"', request, { user: 'test', password: '123£' })).toBe('Basic dGVzdDoxMjPCow==');
  });

  it('never throws and always ends, whatever a server writes', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('Digest ', 'Basic ', 'nonce=', 'realm="', '"', '\\', ',', ' ', 'qop=auth', 'algorithm=MD5'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const challenge = chooseChallenge(readChallenges([pieces.join('')]));
        if (challenge) expect(authorization(challenge, mufasa, request)).toMatch(/^(Digest|Basic) /);
      }),
      { numRuns: 10_000, seed: 7616 },
    );
  });

  it('is read in reasonable time from a hostile header', () => {
    for (const unit of ['"', '\\"', 'a', ',', ' ', 'a=', 'a="']) expect(readChallenges([unit.repeat(100_000)]).length).toBeLessThan(5_000);
  });
});
