import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headLimits, readHead } from '../../../../engine/protocols/http/request-head.js';

const read = (text: string) => readHead(Buffer.from(text, 'latin1'));
const statusOf = (text: string): number | string => {
  const got = read(text);
  return got.kind === 'bad' ? got.status : got.kind;
};

describe('the head of a request', () => {
  it('is read with its fields, wherever it begins', () => {
    const text = 'POST /report/x HTTP/1.1\r\nhost: a\r\nX-A: 1\r\nx-a:  2 \r\nContent-Length: 5\r\n\r\nhello';
    const bytes = Buffer.from(`abc\r\n\r\n${text}`);
    const got = readHead(bytes, 3);
    expect(got).toMatchObject({
      kind: 'head',
      start: 7,
      end: bytes.length - 5,
      head: { method: 'POST', target: '/report/x', minor: 1, framing: { kind: 'length', bytes: 5 }, persistent: true },
    });
    if (got.kind === 'head') expect(Object.fromEntries(got.head.fields)).toEqual({ host: 'a', 'x-a': '1, 2', 'content-length': '5' });
  });

  it.each([
    ['GET / HTTP/1.1\r\n\r\n', true],
    ['GET / HTTP/1.0\r\n\r\n', false],
    ['GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n', true],
    ['GET / HTTP/1.1\r\nConnection: x , close\r\n\r\n', false],
  ])('%j keeps the connection: %j', (text, persistent) => {
    expect(read(text)).toMatchObject({ head: { persistent } });
  });

  it.each([
    ['GET / HTTP/1.1\nHost: a\n\n', 'more'],
    ['GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nX: a\rb\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nX: a\0b\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nX : a\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nX\r\n\r\n', 400],
    ['GET  / HTTP/1.1\r\n\r\n', 400],
    ['GET /a b HTTP/1.1\r\n\r\n', 400],
    ['GET / HTTP/1.1 \r\n\r\n', 400],
    ['GET /\r\n\r\n', 400],
    ['GET / HTTP/2.0\r\n\r\n', 505],
    ['PRI * HTTP/2.0\r\n\r\n', 505],
    ['\x16\x03\x01', 400],
    ['POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nContent-Length: 5, 5\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nContent-Length: 0x5\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    ['POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n', 501],
    ['POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nTransfer-Encoding: \x0bchunked\r\n\r\n', 501],
    ['GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
    [`GET /${'x'.repeat(headLimits.bytes)} HTTP/1.1\r\n\r\n`, 414],
    [`GET / HTTP/1.1\r\nX: ${'x'.repeat(headLimits.bytes)}\r\n\r\n`, 431],
    [`GET / HTTP/1.1\r\nX: ${'x'.repeat(headLimits.bytes)}`, 431],
    [`GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(headLimits.fields + 1)}\r\n`, 431],
    ['', 'more'],
    ['\r\n', 'more'],
    ['GET / HT', 'more'],
  ])('%# %j: %s', (text, expected) => {
    expect(statusOf(text)).toBe(expected);
  });

  it('is the same however its bytes come, and never throws', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        'GET ',
        '/x',
        ' HTTP/1.1',
        '\r\n',
        '\r\n\r\n',
        'Host: a',
        'Content-Length: 3',
        ': ',
        '\n',
        '\r',
        'Transfer-Encoding: chunked',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''), 'latin1');
        const whole = readHead(bytes);
        // A decision once made does not change with what follows it.
        for (let cut = 0; cut <= bytes.length; cut += 1) {
          const part = readHead(bytes.subarray(0, cut));
          if (part.kind !== 'more') expect(part).toEqual(whole);
          if (part.kind !== 'more') break;
        }
      }),
      { numRuns: 5_000, seed: 9112 },
    );
  });
});
