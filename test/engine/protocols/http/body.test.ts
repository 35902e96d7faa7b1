import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyReader } from '../../../../engine/protocols/http/body.js';

const chunked = { kind: 'chunked' } as const;

/** Pushes text in pieces of these lengths, the last for the rest. */
function readAll(reader: BodyReader, text: string, cuts: readonly number[] = []) {
  const bytes = Buffer.from(text, 'latin1');
  let content = '';
  let at = 0;
  for (const cut of [...cuts, bytes.length]) {
    const given = bytes.subarray(at, Math.min(bytes.length, at + Math.max(1, cut)));
    const step = reader.push(given);
    content += Buffer.concat(step.pieces).toString('latin1');
    at += step.used;
    if (step.state !== 'more') return { content, state: step.state, rest: bytes.subarray(at).toString('latin1') };
  }
  return { content, state: 'more' as const, rest: '' };
}

describe('the content of a request', () => {
  it.each([
    [{ kind: 'none' } as const, 'GET', { content: '', state: 'more', rest: '' }],
    [{ kind: 'length', bytes: 3 } as const, 'abcGET', { content: 'abc', state: 'done', rest: 'GET' }],
    [chunked, '3\r\nabc\r\n2;x="y"\r\nde\r\n0\r\nA: b\r\n\r\nGET', { content: 'abcde', state: 'done', rest: 'GET' }],
    [chunked, '0\r\n\r\n', { content: '', state: 'done', rest: '' }],
    [chunked, '3\r\nab', { content: 'ab', state: 'more', rest: '' }],
    [chunked, '3\nabc', { state: 'bad' }],
    [chunked, '3\r\nabcd\r\n', { state: 'bad' }],
    [chunked, '-3\r\nabc', { state: 'bad' }],
    [chunked, '0x3\r\nabc', { state: 'bad' }],
    [chunked, ' 3\r\nabc', { state: 'bad' }],
    [chunked, '1000000000000\r\n', { state: 'bad' }],
    [chunked, `3;${'x'.repeat(600)}`, { state: 'bad' }],
    [chunked, `0\r\n${`A: ${'b'.repeat(400)}\r\n`.repeat(20)}`, { state: 'bad' }],
  ])('%j of %j', (framing, text, expected) => {
    const reader = new BodyReader(framing);
    expect(framing.kind === 'none' ? { ...readAll(reader, ''), state: 'more' } : readAll(reader, text)).toMatchObject(expected);
  });

  it('comes out as it went in, however the bytes are cut', () => {
    const content = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { maxLength: 6 });
    fc.assert(
      fc.property(content, fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 80 }), (chunks, cuts) => {
        const bytes = (each: string) => Buffer.from(each, 'latin1');
        const coded = `${chunks.map((each) => `${bytes(each).length.toString(16)}\r\n${bytes(each).toString('latin1')}\r\n`).join('')}0\r\n\r\nnext`;
        const whole = chunks.map((each) => bytes(each).toString('latin1')).join('');
        expect(readAll(new BodyReader(chunked), coded, cuts)).toEqual({
          content: whole,
          state: 'done',
          rest: expect.stringMatching(/^(next)?/),
        });
      }),
      { numRuns: 2_000, seed: 9112 },
    );
  });
});
