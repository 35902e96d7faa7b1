import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNetascii } from '../../../../engine/protocols/tftp/netascii.js';
import { negotiate } from '../../../../engine/protocols/tftp/options.js';

const asked = (options: Record<string, string>) => negotiate(new Map(Object.entries(options)), 1_000);

describe('TFTP options', () => {
  it('without any there is no OACK and the block has 512 bytes', () => {
    expect(asked({})).toEqual({ blockSize: 512, windowSize: 1, accepted: new Map() });
  });

  it.each([
    ['8', 8],
    ['1428', 1428],
    ['65464', 65_464],
    ['65465', 65_464],
  ])('blksize %s is taken as %i', (value, blockSize) => {
    expect(asked({ blksize: value })).toEqual({ blockSize, windowSize: 1, accepted: new Map([['blksize', String(blockSize)]]) });
  });

  it.each([
    { blksize: '7' },
    { blksize: '-1' },
    { blksize: '1e3' },
    { blksize: '' },
    { timeout: '0' },
    { timeout: '256' },
    { timeout: 'x' },
    { tsize: 'x' },
    { windowsize: '0' },
    { windowsize: '65536' },
  ])('left out: %o', (options) => {
    expect(asked(options as unknown as Record<string, string>)).toEqual({ blockSize: 512, windowSize: 1, accepted: new Map() });
  });

  it.each([
    [{ windowsize: '1' }, 1],
    [{ windowsize: '16' }, 16],
    [{ windowsize: '65535' }, 32],
    [{ windowsize: '16', blksize: '1428' }, 16],
    [{ windowsize: '16', blksize: '65464' }, 2],
  ])('of %o a window is taken as %i', (options, windowSize) => {
    const terms = asked(options);
    expect([terms.windowSize, terms.accepted.get('windowsize')]).toEqual([windowSize, String(windowSize)]);
  });

  it('never throw, and never give more than was asked for', () => {
    const name = fc.oneof(fc.constantFrom('blksize', 'timeout', 'tsize', 'windowsize'), fc.string());
    const options = fc.array(fc.tuple(name, fc.oneof(fc.string(), fc.nat().map(String))));
    fc.assert(
      fc.property(options, fc.nat(), (entries, size) => {
        const wanted = new Map(entries);
        const { accepted, blockSize, windowSize } = negotiate(wanted, size);
        for (const each of accepted.keys()) expect(wanted.has(each)).toBe(true);
        if (accepted.has('blksize')) expect(blockSize).toBeLessThanOrEqual(Number(wanted.get('blksize')));
        else expect(blockSize).toBe(512);
        if (accepted.has('windowsize')) expect(windowSize).toBeLessThanOrEqual(Number(wanted.get('windowsize')));
        else expect(windowSize).toBe(1);
      }),
      { numRuns: 10_000, seed: 1350 },
    );
  });
});

describe('netascii', () => {
  it('is undone by the client to the same bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(10, 13, 0), fc.nat(255))), (bytes) => {
        const wire = Buffer.from(toNetascii(Uint8Array.from(bytes))).toString('latin1');
        const back = wire.replaceAll(/\r([\n\0])/g, (_, second: string) => (second === '\n' ? '\n' : '\r'));
        expect(Array.from(Buffer.from(back, 'latin1'))).toEqual(bytes);
      }),
      { numRuns: 10_000, seed: 1350 },
    );
  });
});
