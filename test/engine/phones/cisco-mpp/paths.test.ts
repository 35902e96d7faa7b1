import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPath } from '../../../../engine/phones/cisco-mpp/paths.js';

const mac = '00562b043615';

describe('a file name', () => {
  it.each([
    ['8851-3PCC.xml', '8851', undefined],
    ['8851.xml', '8851', undefined],
    ['CP-8851-3PCC.xml', '8851', undefined],
    ['CP-8851-3PCC.cfg', '8851', undefined],
    ['8865NR-3PCC.xml', '8865', undefined],
    [`Cisco/CP-8851-3PCC/${mac}.cfg`, '8851', mac],
    [`Cisco/CP-8851-3PCC/${mac}.xml`, '8851', mac],
    [`CP-8851-3PCC${mac}.cfg`, '8851', mac],
    [`Cisco/${mac}.cfg`, undefined, mac],
    [`${mac}.xml`, undefined, mac],
    [`${mac}.cfg`, undefined, mac],
    [`spa${mac}.xml`, undefined, mac],
  ])('asks for the bootstrap, with or without slash, in any case: %s', (name, model, owner) => {
    const asked = { purpose: 'bootstrap', ...(model === undefined ? {} : { model }), ...(owner === undefined ? {} : { mac: owner }) };
    for (const spelled of [name, `/${name}`, `//${name}`, name.toUpperCase(), `/${name.toLowerCase()}`])
      expect(readPath(spelled)).toEqual(asked);
  });

  it.each([
    [`/device/${mac}.xml`, { purpose: 'device', mac }],
    [`device/${mac.toUpperCase()}.XML`, { purpose: 'device', mac }],
    ['/device/00:56:2b:04:36:15.xml', { purpose: 'device', mac }],
    [`/handoff/${mac}.xml`, { purpose: 'handOff', mac }],
    [`/handOff/${mac}.xml`, { purpose: 'handOff', mac }],
    ['part/8851.XML', { purpose: 'part', part: 'model', model: '8851' }],
    ['/part/customer.xml', { purpose: 'part', part: 'customer' }],
    [`/report/${mac}`, { purpose: 'report', mac }],
    [`/report/${mac}.xml`, { purpose: 'report', mac }],
    ['/SEP00562B043615.cnf.xml', { purpose: 'wrong-image', sign: 'file-name', mac }],
    ['CTLSEP00562B043615.tlv', { purpose: 'wrong-image', sign: 'file-name', mac }],
    ['ITLSEP00562B043615.tlv', { purpose: 'wrong-image', sign: 'file-name', mac }],
    ['ITLFile.tlv', { purpose: 'wrong-image', sign: 'file-name' }],
    ['XMLDefault.cnf.xml', { purpose: 'wrong-image', sign: 'file-name' }],
  ])('%s', (name, asked) => expect(readPath(name)).toEqual(asked));

  it.each([
    '',
    '/',
    '1234.xml',
    '/device/',
    '/device/$MA.xml',
    '/part/other.xml',
    '/part/common.xml', // the bootstrap brings it, or the model's
    '/part/../8851.xml',
    '/device/00562b04361.xml',
    `/../device/${mac}.xml`,
    'sip88xx.loads',
    `x/device/${mac}.xml`,
    `/device/${mac}.xml/`,
  ])('is not one of ours: %s', (name) => expect(readPath(name)).toBeUndefined());

  it('never throws', () => {
    const parts = fc.array(
      fc.constantFrom('/', 'device', 'handoff', 'CP-', '8851', '-3PCC', mac, '.xml', '.cfg', 'SEP', '..', '\\', '\0', '%', 'Cisco/'),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          parts.map((each) => each.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (path) => {
          const asked = readPath(path);
          if (asked !== undefined && 'mac' in asked && asked.mac !== undefined) expect(asked.mac).toMatch(/^[0-9a-f]{12}$/);
        },
      ),
      { numRuns: 10_000, seed: 21 },
    );
  });
});
