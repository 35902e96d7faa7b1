import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Framer } from '../../../../engine/protocols/syslog/framing.js';

const most = 64;

/** The frames of a stream that came in these pieces. */
function framesOf(pieces: readonly (string | Uint8Array)[], limit = most): string[] {
  const said: string[] = [];
  const framer = new Framer(limit, (frame) => said.push(frame.toString('latin1')));
  for (const piece of pieces) framer.take(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
  framer.end();
  return said;
}

/** The same bytes, cut at the places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

describe('syslog over TCP', () => {
  it.each<[string, string, string[]]>([
    ['counted', '9 <13>hello12 <13>one\ntwo!', ['<13>hello', '<13>one\ntwo!']],
    ['a line each', '<13>one\n<13>two\r\n<13>three\0', ['<13>one', '<13>two\r', '<13>three']],
    ['both in turn', '<13>one\n7 <13>two<13>three\n', ['<13>one', '<13>two', '<13>three']],
    ['a line that only looks counted', '42 is the answer\n', ['42 is the answer']],
    ['the last one without its end', '<13>one\n<13>tw', ['<13>one', '<13>tw']],
    ['a count that is never filled', '900 <13>half', ['<13>half']],
    ['nothing but ends', '\n\r\n\0\n', []],
    ['a number that is no length', '00012 <13>x\n99999999 <13>y\n', ['00012 <13>x', '99999999 <13>y']],
  ])('%s', (_, stream, frames) => expect(framesOf([stream])).toEqual(frames));

  it('frames are the same however the stream is cut, and never longer than they may be', () => {
    const counted = fc.string({ unit: 'binary-ascii', maxLength: 80 }).map((text) => {
      const message = `<13>${text}`;
      return { wire: `${message.length} ${message}`, message };
    });
    const line = fc
      .string({ unit: 'binary-ascii', maxLength: 80 })
      .map((text) => `<13>${text.replaceAll(/[\n\0]/g, ' ')}`)
      .map((message) => ({ wire: `${message}\n`, message }));
    fc.assert(
      fc.property(fc.array(fc.oneof(counted, line), { maxLength: 12 }), fc.array(fc.nat(2_000), { maxLength: 20 }), (sent, places) => {
        const bytes = Buffer.from(sent.map(({ wire }) => wire).join(''), 'latin1');
        const expected = sent.map(({ message }) => message.slice(0, most));
        expect(framesOf(cut(bytes, places))).toEqual(expected);
      }),
    );
  });

  it('any bytes at all are frames of some kind, and little is held back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (pieces) => {
        const frames: Buffer[] = [];
        const framer = new Framer(most, (frame) => frames.push(frame));
        for (const piece of pieces) {
          framer.take(piece);
          expect(framer.waiting).toBeLessThanOrEqual(most);
        }
        framer.end();
        expect(frames.every((frame) => frame.length > 0 && frame.length <= most)).toBe(true);
      }),
    );
  });
});
