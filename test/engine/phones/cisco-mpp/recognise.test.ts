import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { readModel } from '../../../../engine/phones/cisco-mpp/phone-models.js';
import { recognise } from '../../../../engine/phones/cisco-mpp/recognise.js';
import { readUserAgent } from '../../../../engine/phones/cisco-mpp/user-agent.js';

const cisco = 'c4c603731f67' as Mac;
const other = '001565123456' as Mac;

describe('a DHCP client', () => {
  it.each([
    [
      { mac: other, vendorClass: 'CP-7841-3PCC\0' },
      { kind: 'phone', model: '7841' },
    ],
    [
      { mac: cisco, vendorClass: 'Cisco Systems, Inc. IP Phone CP-8865NR-3PCC' },
      { kind: 'phone', model: '8865' },
    ],
    [
      { mac: cisco, vendorClass: 'CP-8851-3PCC', hostName: 'SEPC4C603731F67' },
      { kind: 'phone', model: '8851' },
    ],
    [{ mac: cisco, vendorClass: 'CP-9999-3PCC' }, { kind: 'phone' }],
    [{ mac: cisco }, { kind: 'phone' }],
    [{ mac: cisco, vendorClass: 'dslforum.org' }, { kind: 'phone' }],
    [
      { mac: cisco, vendorClass: 'Cisco Systems, Inc. IP Phone CP-8841\0' },
      { kind: 'wrong-image', sign: 'option-60', model: '8841' },
    ],
    [
      { mac: cisco, hostName: 'SEPC4C603731F67' },
      { kind: 'wrong-image', sign: 'host-name' },
    ],
    [{ mac: cisco, vendorClass: 'CISCO ATA191-MPP' }, { kind: 'stranger' }],
    [{ mac: cisco, vendorClass: 'Cisco C9200L' }, { kind: 'stranger' }],
    [{ mac: other }, { kind: 'stranger' }],
    [{ mac: other, vendorClass: 'MSFT 5.0', hostName: 'DESKTOP-1' }, { kind: 'stranger' }],
  ])('%j', (client, recognised) => expect(recognise(client)).toEqual(recognised));

  it('never throws', () => {
    const text = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('CP-8851', 'CP-8851-3PCC\0', 'SEPC4C603731F67')), {
      nil: undefined,
    });
    fc.assert(
      fc.property(text, text, fc.constantFrom(cisco, other), (vendorClass, hostName, mac) => {
        const { kind } = recognise({
          mac,
          ...(vendorClass === undefined ? {} : { vendorClass }),
          ...(hostName === undefined ? {} : { hostName }),
        });
        expect(['phone', 'wrong-image', 'stranger']).toContain(kind);
      }),
      { numRuns: 10_000, seed: 23 },
    );
  });
});

describe('a User-Agent', () => {
  it.each([
    ['Cisco-CP-8841-3PCC/11.0 (00562b043615)', { model: '8841', version: '11.0', mac: '00562b043615' }],
    ['Cisco-CP-6841-3PCC/12.0.1 (C4C603731F67)', { model: '6841', version: '12.0.1', mac: 'c4c603731f67' }],
    ['Cisco-CP-8865NR-3PCC/12.0.3', { model: '8865', version: '12.0.3' }],
    ['Cisco/ATA191-MPP-11-1-0-MSR4 (FCH2443D9R4)', undefined],
    ['curl/8.0', undefined],
    ['', undefined],
  ])('%s', (text, expected) => expect(readUserAgent(text)).toEqual(expected));

  it('never throws', () => {
    const parts = fc.array(fc.constantFrom('Cisco-', 'CP-', '8841', '-3PCC', '/', '12.0', ' (', '00562b043615', ')', '\0', ' '), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          parts.map((each) => each.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          readUserAgent(text);
        },
      ),
      { numRuns: 10_000, seed: 24 },
    );
  });
});

describe('a model', () => {
  it.each([
    '8851',
    'CP-8851-3PCC',
    'CP-8851-K9=',
    'cp-8851',
    ' 8851 ',
    'CP8851',
    'Cisco IP Phone 8851',
    'CP-8851-3PCC-K9=',
    '8851-3PCC',
    '８８５１',
    'CP-8851NR-K9',
    'CP-8851-3PW-NA-K9=',
  ])('is known however it is written: %s', (text) => expect(readModel(text)).toEqual({ model: '8851' }));

  it.each([
    ['8581', '8851'],
    ['CP-8815', '8811'],
    ['9951', null],
    ['SIP-T46G', null],
    ['', null],
    ['8851 or 8841', null],
  ])('that is none gets the nearest, where one is near: %s', (text, suggestion) => expect(readModel(text)).toEqual({ suggestion }));
});
