import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskCredentials, readCredentials } from '../../../../engine/protocols/http/credentials.js';

describe('credentials', () => {
  it('of Basic, with colons and letters of any script in the password', () => {
    const token = Buffer.from('bench:a:b\u3042').toString('base64');
    expect(readCredentials(`Basic ${token}`)).toEqual({ scheme: 'basic', user: 'bench', password: 'a:b\u3042' });
    expect(readCredentials(`bAsIc   ${token}`)).toMatchObject({ user: 'bench' });
  });

  it('of Digest, quoted or not, escapes undone', () => {
    const read = readCredentials('Digest username="a\\"b", nc=00000001,qop=auth , uri="/x,y=z"');
    expect(read?.scheme === 'digest' && Object.fromEntries(read.params)).toEqual({
      username: 'a"b',
      nc: '00000001',
      qop: 'auth',
      uri: '/x,y=z',
    });
  });

  it.each([
    '',
    'Basic',
    'Basic !!!',
    `Basic ${Buffer.from('nocolon').toString('base64')}`,
    'Bearer x',
    'Digest a="b',
    'Digest a=b a=c',
    'Digest a=1, a=2',
    `Digest a="${'x'.repeat(5000)}"`,
  ])('none in %j', (value) => {
    expect(readCredentials(value)).toBeUndefined();
  });

  it('never throw', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('Digest ', 'Basic ', 'a="', '\\', '", ', '=', 'nc=1'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => void readCredentials(pieces.join(''))),
      { numRuns: 5_000, seed: 7616 },
    );
  });
});

describe('a head as it is kept', () => {
  it.each([
    ['Authorization: Basic YTpi\r\nHost: x', 'Authorization: Basic ********\r\nHost: x'],
    ['A: 1\r\nauthorization:Digest username="a", response="b"\r\n', 'A: 1\r\nauthorization:Digest ********\r\n'],
    ['Proxy-Authorization: YTpi\r\n', 'Proxy-Authorization: ********\r\n'],
    ['Authorization: Strange secret words\r\n', 'Authorization: ********\r\n'],
    ['X-Authorization: kept\r\n', 'X-Authorization: kept\r\n'],
  ])('%j is %j', (head, masked) => {
    expect(maskCredentials(head)).toBe(masked);
  });
});
