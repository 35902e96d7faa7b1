import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../engine/contract/mac.js';
import { duplicateMacs } from '../../../engine/profiles/duplicates.js';
import { readMac } from '../../../engine/profiles/mac-column.js';

const isPlausible = (mac: Mac): boolean => mac.startsWith('00562') || mac.startsWith('000e08');
const read = (cell: string) => {
  const { mac, problems } = readMac(cell, 7, isPlausible);
  for (const { line, column } of problems) expect([line, column]).toEqual([7, 'mac']);
  return [mac, ...problems.map(({ code, severity, suggestion }) => `${severity} ${code}${suggestion === null ? '' : ` -> ${suggestion}`}`)];
};

describe('the MAC column', () => {
  it.each([
    '00:56:2b:04:36:15',
    '00-56-2B-04-36-15',
    '0056.2b04.3615',
    '00562B043615',
    ' 00562b043615 ',
    '00 56 2b 04 36 15',
    '00562b-043615',
  ])('is read as usually spelled: %s', (cell) => expect(read(cell)).toEqual(['00562b043615']));

  it.each([
    ['', null],
    ['   ', null],
    ['5.62E+10', null, 'error mac.scientific'],
    ['1,23E+11', null, 'error mac.scientific'],
    ['5E+09', null, 'error mac.scientific'],
    ['0562b043615', null, 'error mac.lost-zeros -> 00562b043615'],
    ['562b043615', null, 'error mac.lost-zeros -> 00562b043615'],
    ['562043615', null, 'error mac.lost-zeros'],
    ['0:56:2b:4:36:15', null, 'error mac.lost-zeros -> 00562b043615'],
    ['4006381333931', null, 'error mac.barcode'],
    ['088265812345', '088265812345', 'warning mac.foreign-oui'],
    ['036000291452', null, 'error mac.barcode'],
    ['FCH2130E1ZX', null, 'error mac.serial'],
    ['01:00:5e:00:00:01', null, 'error mac.multicast'],
    ['ffffffffffff', null, 'error mac.multicast'],
    ['00:00:00:00:00:00', null, 'error mac.zero'],
    ['00562b04361', null, 'error mac.length'],
    ['00562b0436155', null, 'error mac.length'],
    ['OO562bO43615', null, 'error mac.letters -> 00562b043615'],
    ['00562b0436l5', null, 'error mac.letters -> 00562b043615'],
    ['562104361512,00', null, 'error mac.number-format'],
    ['562104361512.0', null, 'error mac.number-format'],
    ['5621043615,00', null, 'error mac.number-format -> 005621043615'],
    ['5,621,043,615', null, 'error mac.number-format -> 005621043615'],
    ['########', null, 'error mac.number-format'],
    ['SEP00562B043615', null, 'error mac.letters -> 00562b043615'],
    ['MAC: 00:56:2B:04:36:15', null, 'error mac.letters -> 00562b043615'],
    ['SEP00562B043615 SEP00562B043616', null, 'error mac.letters'],
    ['pending', null, 'error mac.letters'],
    ['00562b04361g', null, 'error mac.letters'],
    ['００５６２ｂ０４３６１５', '00562b043615', 'warning mac.full-width'],
    ["'00562b043615", '00562b043615', 'warning mac.quotes'],
    ['“00562b043615”', '00562b043615', 'warning mac.quotes'],
    ['="00562b043615"', '00562b043615', 'warning mac.quotes'],
    ['00–56–2b–04–36–15', '00562b043615'],
    ['\u200b00562b043615', '00562b043615'],
    ['001565123457', '001565123457', 'warning mac.foreign-oui'],
  ])('names what happened to %j', (cell, ...expected) => expect(read(cell)).toEqual(expected));

  it('tells both rows of each other when they name the same phone', () => {
    const mac = '00562b043615' as Mac;
    const problems = duplicateMacs(
      [
        { mac, line: 2 },
        { mac: null, line: 3 },
        { mac, line: 4 },
        { mac, line: 5 },
        { mac: null, line: 6 },
      ],
      'MAC Address',
    );
    expect(problems.map(({ column }) => column)).toEqual(['MAC Address', 'MAC Address', 'MAC Address']);
    expect(problems.map(({ line, severity, params }) => [line, severity, params['line']])).toEqual([
      [4, 'error', 2],
      [2, 'error', 4],
      [5, 'error', 2],
    ]);
  });

  it('never throws, and reads nothing but a unicast address', () => {
    const parts = fc.array(fc.constantFrom('0', 'f', 'O', 'l', ':', '-', '.', ' ', 'E+', "'", '“', '０', '56', '2b'), { maxLength: 16 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          parts.map((each) => each.join('')),
        ),
        (cell) => {
          const { mac, problems } = readMac(cell, 1, isPlausible);
          if (mac !== null) expect(mac).toMatch(/^[0-9a-f][02468ace][0-9a-f]{10}$/);
          else if (cell.trim() !== '' && problems.length === 0) expect(cell.normalize('NFKC')).not.toMatch(/[0-9a-z]/i);
        },
      ),
      { numRuns: 10_000, seed: 12 },
    );
  });
});
