import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../../engine/protocols/syslog/message.js';

const read = (text: string) => decode(Buffer.from(text, 'utf8'));
const resync = 'CP-8851-3PCC 00:0e:08:ab:cd:ef -- Successful resync http://10.0.0.1:80/device/000e08abcdef.xml -- ';

describe('a syslog message', () => {
  it('of RFC 5424 is taken apart (section 6.5, examples 1 to 4)', () => {
    expect(
      read("<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \ufeff'su root' failed for lonvick on /dev/pts/8"),
    ).toEqual({
      priority: 34,
      time: '2003-10-11T22:14:15.003Z',
      host: 'mymachine.example.com',
      app: 'su',
      text: "'su root' failed for lonvick on /dev/pts/8",
    });
    expect(
      read('<165>1 2003-10-11T22:14:15.003Z h evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="A\\]p\\"p"][x@1 y="]"] An event')
        .text,
    ).toBe('An event');
    expect(read('<165>1 2003-10-11T22:14:15.003Z h evntslog - ID47 [exampleSDID@32473 iut="3"]')).toMatchObject({
      app: 'evntslog',
      text: '',
    });
    expect(read('<13>1 - - - - - - x')).toEqual({ priority: 13, text: 'x' });
  });

  it('of RFC 3164 keeps host and tag in its text, and names them', () => {
    expect(read("<34>Oct 11 22:14:15 mymachine su: 'su root' failed")).toEqual({
      priority: 34,
      time: 'Oct 11 22:14:15',
      host: 'mymachine',
      app: 'su',
      text: "mymachine su: 'su root' failed",
    });
    expect(read('<13>Aug  1 09:00:00 bench logger[71]: x')).toMatchObject({ host: 'bench', app: 'logger' });
  });

  it.each([
    ['bare', resync, { text: resync }],
    ['with PRI alone', `<142>${resync}`, { priority: 142, text: resync }],
    ['with a time alone', `Aug  1 09:00:00 ${resync}`, { time: 'Aug  1 09:00:00', text: resync }],
    [
      'with an identifier after the time',
      `<142>Aug 12 09:00:00.123456 bench-7 ${resync}`,
      { priority: 142, time: 'Aug 12 09:00:00.123456', text: `bench-7 ${resync}` },
    ],
    ['with a year', `<142>Aug 12 2026 09:00:00: ${resync}`, { priority: 142, time: 'Aug 12 2026 09:00:00', text: resync }],
    ['with a time of ISO 8601', `2026-08-12T09:00:00.5+09:00 ${resync}`, { time: '2026-08-12T09:00:00.5+09:00', text: resync }],
    [
      'as the phone\u2019s own log',
      'NOT Apr 11 18:16:44.288201 (1745-1842) voice-x',
      { text: 'NOT Apr 11 18:16:44.288201 (1745-1842) voice-x' },
    ],
    [
      'with the macro nobody expanded',
      'CP-8851-3PCC -- Requesting resync http://$SERVIP:80/x',
      { text: 'CP-8851-3PCC -- Requesting resync http://$SERVIP:80/x' },
    ],
    ['with a PRI that is none', '<192>x', { text: '<192>x' }],
    ['of a version to come', `<13>2 ${resync}`, { priority: 13, text: `2 ${resync}` }],
    ['with half a header of RFC 5424', '<13>1 2026-08-12T09:00:00Z host app', { priority: 13, text: '1 2026-08-12T09:00:00Z host app' }],
    ['with ends of line and NUL', `<13>${resync.trim()}\r\n\0`, { priority: 13, text: resync.trim() }],
    ['empty', '', { text: '' }],
  ])('from a phone: %s', (_, datagram, message) => {
    expect(read(datagram)).toEqual(message);
  });

  it('never loses its end, whatever stands before it', () => {
    const before = fc.array(
      fc.constantFrom('<13>', '1 ', '- ', 'Aug 12 09:00:00 ', '2026-08-12T09:00:00Z ', 'host ', 'app: ', 'NOT ', '[x] ', '"'),
      { maxLength: 8 },
    );
    const message = fc.string({ unit: fc.constantFrom(...Array.from('abc -:/.$')), minLength: 1 }).map((text) => `CP ${text}z`);
    fc.assert(
      fc.property(before, message, (parts, text) => {
        expect(read(parts.join('') + text).text.endsWith(text)).toBe(true);
      }),
      { numRuns: 10_000, seed: 5424 },
    );
  });

  it('never throws, whatever arrives', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 50 }),
      fc.constantFrom('<13>1 ', '[a b="', '\\"', '"]', 'Aug 12 09:00:00 ', '<').map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => void decode(Buffer.concat(pieces))),
      { numRuns: 10_000, seed: 5424 },
    );
  });

  it('is read at every length, and in reasonable time', () => {
    const whole = Buffer.from('<165>1 2003-10-11T22:14:15.003Z h evntslog - ID47 [exampleSDID@32473 iut="3"] An event');
    for (let length = 0; length <= whole.length; length++)
      expect(decode(whole.subarray(0, length)).text.length).toBeLessThanOrEqual(length);
    for (const unit of ['[', '["', '[]', '\\"', 'a ', '<1>']) decode(Buffer.from(`<13>1 - - - - - [${unit.repeat(8_000)}`));
  });
});
