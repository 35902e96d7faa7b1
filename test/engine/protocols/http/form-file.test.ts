import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, FormFile } from '../../../../engine/protocols/http/form-file.js';

const form = (content: string, boundary = 'xX') =>
  `--${boundary}\r\nContent-Disposition: form-data; name="mac"\r\n\r\n00562b043615\r\n--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="../prt.tar.gz"\r\nContent-Type: application/gzip\r\n\r\n${content}\r\n--${boundary}--\r\n`;

function read(text: string, cuts: readonly number[] = [], boundary = 'xX') {
  const reader = new FormFile(boundary);
  const bytes = Buffer.from(text, 'latin1');
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const cut of [...cuts, bytes.length]) {
    pieces.push(...reader.push(bytes.subarray(at, at + cut)));
    at += cut;
  }
  return { content: Buffer.concat(pieces).toString('latin1'), whole: reader.isWhole, bad: reader.isBad };
}

describe('the file of a form', () => {
  it('is the part with a file name', () => {
    expect(read(form('\x1f\x8babc'))).toEqual({ content: '\x1f\x8babc', whole: true, bad: false });
  });

  it('is not whole before its boundary', () => {
    expect(read(form('abc').slice(0, -10))).toMatchObject({ whole: false });
    expect(read('nothing of the kind')).toMatchObject({ content: '', whole: false });
  });

  it('has heads of reasonable size and a reasonable number of parts', () => {
    expect(read(`--xX\r\nA: ${'b'.repeat(5000)}`)).toMatchObject({ bad: true });
    expect(read('--xX\r\nA: b\r\n\r\n\r\n'.repeat(40))).toMatchObject({ bad: true });
  });

  it('comes out as it went in, however it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 }), (text, cuts) => {
        const content = Buffer.from(text, 'latin1').toString('latin1');
        fc.pre(!content.includes('\r\n--xX'));
        expect(read(form(content), cuts)).toEqual({ content, whole: true, bad: false });
      }),
      { numRuns: 2_000, seed: 7578 },
    );
  });

  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=utf-8; boundary="a b"', 'a b'],
    ['application/x-www-form-urlencoded', undefined],
    ['multipart/form-data', undefined],
    [`multipart/form-data; boundary=${'x'.repeat(80)}`, undefined],
  ])('has its boundary in %s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary);
  });
});
