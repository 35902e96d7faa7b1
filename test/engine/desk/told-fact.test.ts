/** Facts as they are told: a code for each kind, scalar parameters, texts of the network no longer than they may be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import type { Fact } from '../../../engine/contract/observation.js';
import { toldFact } from '../../../engine/desk/told-fact.js';

describe('a told fact', () => {
  it.each<[Fact, string, object]>([
    [{ kind: 'dhcpOffer', address: '10.0.0.5' }, 'fact.dhcpOffer', { address: '10.0.0.5' }],
    [
      { kind: 'word', step: 'resync', outcome: 'failed', error: 'E' },
      'fact.word.failed',
      { step: 'resync', outcome: 'failed', error: 'E' },
    ],
    [{ kind: 'resyncAsked', stage: 'handOff', ok: true, status: 200 }, 'fact.resyncAsked', { stage: 'handOff', ok: 'true', status: 200 }],
    [{ kind: 'secondPhone', addresses: ['10.0.0.5', '10.0.0.6'] }, 'fact.secondPhone', { addresses: '10.0.0.5, 10.0.0.6' }],
    [
      { kind: 'identityDisagrees', by: 'lease', claims: [{ source: 'userAgent', mac: '00562b043615' as Mac }] },
      'fact.identityDisagrees',
      { by: 'lease', claims: 'userAgent 00562b043615' },
    ],
    [{ kind: 'bound', row: 3, model: '8851', terms: { readableAfter: true, leavesBench: true } }, 'fact.bound', { row: 3, model: '8851' }],
    [
      { kind: 'fileDelivered', transport: 'tftp', path: '/a', purpose: 'folder', bytes: 3000, blocks: 3, retransmits: 0, seconds: 1.5 },
      'fact.fileDelivered',
      { transport: 'tftp', path: '/a', purpose: 'folder', bytes: 3000, blocks: 3, retransmits: 0, seconds: 1.5, rate: 2000 },
    ],
    [
      {
        kind: 'fileBroken',
        transport: 'tftp',
        path: '/a',
        purpose: 'device',
        bytes: 512,
        blocks: 1,
        retransmits: 7,
        seconds: 0.01,
        because: 'reset',
      },
      'fact.fileBroken',
      { transport: 'tftp', path: '/a', purpose: 'device', bytes: 512, blocks: 1, retransmits: 7, seconds: 0.01, because: 'reset' },
    ],
    [
      { kind: 'readBack', stage: 'device', marker: 'equal', differing: [], left: [] },
      'fact.readBack.equal',
      { stage: 'device', marker: 'equal', differing: '', left: '' },
    ],
    [
      { kind: 'readBack', stage: 'device', marker: 'absent', differing: [], left: [] },
      'fact.readBack.differs',
      { stage: 'device', marker: 'absent', differing: '', left: '' },
    ],
    [
      { kind: 'readBack', stage: 'handOff', marker: 'absent', differing: [], left: [] },
      'fact.readBack.equal',
      { stage: 'handOff', marker: 'absent', differing: '', left: '' },
    ],
    [
      { kind: 'readBack', stage: 'handOff', marker: 'absent', differing: [], left: ['GPP_P', 'Report_Rule'] },
      'fact.readBack.differs',
      { stage: 'handOff', marker: 'absent', differing: '', left: 'GPP_P, Report_Rule' },
    ],
  ])('%j', (fact, code, params) => {
    expect(toldFact(fact)).toEqual({ code, params });
  });

  it('is never long and always well-formed, whatever the network says', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 1000 }), fc.constantFrom('\ud800', 'x'.repeat(10_000), '😀'.repeat(400)));
    fc.assert(
      fc.property(text, text, (vendorClass, path) => {
        const facts: Fact[] = [
          { kind: 'dhcpDiscover', vendorClass },
          { kind: 'fileMissing', transport: 'http', path, userAgent: vendorClass },
        ];
        for (const value of facts.flatMap((fact) => Object.values(toldFact(fact).params))) {
          expect(String(value).length).toBeLessThanOrEqual(300);
          expect(String(value).isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
