import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPath } from '../../../../engine/protocols/http/target.js';

describe('the path of a request target', () => {
  it.each([
    ['/8851-3PCC.xml', '/8851-3PCC.xml'],
    ['/a%20b', '/a b'],
    ['/device/%24MA.xml?x=/y#z', '/device/$MA.xml'],
    ['/%E3%81%82', '/あ'],
    ['/%zz%4', '/%zz%4'],
    ['/%ff', '/\ufffd'],
    ['http://10.0.0.1:80/x', '/x'],
    ['http://10.0.0.1', ''],
    ['/%2e%2e/x', '/../x'],
    ['*', '*'],
    ['', ''],
  ])('%s is %s', (target, path) => {
    expect(readPath(target)).toBe(path);
  });

  it('is read back from every path that was percent-encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (path) => {
        expect(readPath(`/${encodeURIComponent(path.toWellFormed())}`)).toBe(`/${path.toWellFormed()}`);
      }),
      { numRuns: 10_000, seed: 9112 },
    );
  });

  it('never throws', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('%', '%4', '%ff', '%00', '?', '#', '://', '/'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => void readPath(pieces.join(''))),
      { numRuns: 10_000, seed: 9112 },
    );
  });
});
