import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnicast, macBytes, macFromBytes, parseMac, spellMac } from '../../../engine/contract/mac.js';

const bytes = fc.uint8Array({ minLength: 6, maxLength: 6 });

describe('a MAC', () => {
  it('is read back from every way of writing it', () => {
    fc.assert(
      fc.property(bytes, (six) => {
        const mac = macFromBytes(six)!;
        const pairs = mac.match(/../g)!;
        const spellings = [
          mac,
          mac.toUpperCase(),
          spellMac(mac),
          pairs.join('-'),
          pairs.join('.'),
          mac.match(/..../g)!.join('.'),
          ` ${spellMac(mac)} `,
        ];
        expect(spellings.map(parseMac)).toEqual(spellings.map(() => mac));
        expect([...macBytes(mac)]).toEqual([...six]);
      }),
    );
  });

  it('is refused where it is something else', () => {
    for (const other of ['', '0882658123456', '00:56:2b:04:36', '00:56-2b:04:36:15', '5.62E+10', 'FCH2443D9R4', '00562b04361g'])
      expect(parseMac(other)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseMac(text)));
  });

  it('belongs to one device', () => {
    expect(isUnicast(parseMac('00562b043615')!)).toBe(true);
    expect(isUnicast(parseMac('01005e000001')!)).toBe(false);
    expect(isUnicast(parseMac('000000000000')!)).toBe(false);
  });
});
