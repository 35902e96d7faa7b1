import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWord } from '../../../../engine/phones/cisco-mpp/syslog.js';

const mac = '000e08abcdef';

describe("the phone's word", () => {
  it.each([
    [
      'CP-68xx-3PCC 00:0e:08:ab:cd:ef -- Requesting resync tftp://192.168.1.200/basic.txt',
      { step: 'resync', outcome: 'requesting', mac, path: '/basic.txt' },
    ],
    [
      'CP-8851-3PCC 00:0e:08:ab:cd:ef -- Successful resync http://10.0.0.1:8080/8851-3PCC.xml',
      { step: 'resync', outcome: 'successful', mac, path: '/8851-3PCC.xml', purpose: 'bootstrap' },
    ],
    [
      `CP-8851-3PCC 00:0e:08:ab:cd:ef –- Successful resync tftp://10.0.0.1:/device/${mac}.xml`,
      { step: 'resync', outcome: 'successful', mac, path: `/device/${mac}.xml`, purpose: 'device' },
    ],
    [
      `CP-8851-3PCC 00:0e:08:ab:cd:ef — Successful resync tftp://10.0.0.1/handoff/${mac}.xml`,
      { step: 'resync', outcome: 'successful', mac, path: `/handoff/${mac}.xml`, purpose: 'handOff' },
    ],
    [
      `CP-8851-3PCC 00:0e:08:ab:cd:ef -- Requesting resync http://$SERVIP:80/device/${mac}.xml`,
      { step: 'resync', outcome: 'requesting', mac, path: `/device/${mac}.xml`, purpose: 'device' },
    ],
    [
      'CP-8851-3PCC 00:0e:08:ab:cd:ef -- Resync failed: http_get failed',
      { step: 'resync', outcome: 'failed', mac, error: 'http_get failed' },
    ],
    ['CP-8851-3PCC 00:0e:08:ab:cd:ef -- Upgrade failed: ', { step: 'upgrade', outcome: 'failed', mac }],
    [
      'CP-8851-3PCC 00:0e:08:ab:cd:ef -- Successful upgrade http://10.0.0.1:80/sip88xx.loads  -- ok',
      { step: 'upgrade', outcome: 'successful', mac, path: '/sip88xx.loads' },
    ],
    [
      `<134>Apr 11 18:16:44 10.0.0.9 000E08ABCDEF CP-8851-3PCC 00:0e:08:ab:cd:ef -- Requesting resync http://10.0.0.1/${mac}.xml`,
      { step: 'resync', outcome: 'requesting', mac, path: `/${mac}.xml`, purpose: 'bootstrap' },
    ],
    ['IP Phone 7861 000e08abcdef -- Successful resync', { step: 'resync', outcome: 'successful', mac }],
    [`Successful resync http://10.0.0.1/report/${mac}`, { step: 'resync', outcome: 'successful', path: `/report/${mac}` }],
  ])('%s', (line, word) => expect(readWord(line)).toEqual(word));

  it('is short, and none for any other line', () => {
    expect(readWord(`Resync failed: ${'x'.repeat(5000)}`)?.error).toHaveLength(200);
    expect(readWord(`Requesting resync http://h/${'x'.repeat(2000)}`)?.path).toHaveLength(256);
    expect(readWord(`${'x'.repeat(4000)} Resync failed: y`)).toBeUndefined();
    expect(readWord('NOT Apr 11 18:16:44.288201 (1745-1842) voice-registered')).toBeUndefined();
    expect(readWord('')).toBeUndefined();
  });

  it('never throws', () => {
    const parts = fc.array(
      fc.constantFrom(
        '<13>',
        'CP-8851-3PCC',
        '00:0e:08:ab:cd:ef',
        mac,
        ' -- ',
        '—',
        'Requesting ',
        'Successful ',
        'resync ',
        'upgrade ',
        'Resync failed: ',
        'http://',
        '$SERVIP',
        ':80',
        '/device/',
        '\0',
        '\n',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          parts.map((each) => each.join('')),
          fc.string({ unit: 'binary', maxLength: 200 }),
        ),
        (line) => {
          const word = readWord(line);
          expect(word?.error?.length ?? 0).toBeLessThanOrEqual(200);
        },
      ),
      { numRuns: 10_000, seed: 22 },
    );
  });
});
