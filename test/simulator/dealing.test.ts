import { describe, expect, it } from 'vitest';
import { characterOf } from '../../simulator/character.js';
import { readCommand } from '../../simulator/command-line.js';
import { readList } from '../../simulator/csv.js';
import { dealFaults, faultKinds, luckOf } from '../../simulator/faults.js';
import { seeded } from '../../simulator/random.js';
import { rollPhones } from '../../simulator/roll.js';
import { delayOf, randomDelay } from '../../simulator/schedule.js';

const nobody = (count: number) => Array.from({ length: count }, () => ({ mac: undefined, model: undefined }));

describe('faults', () => {
  it.each([
    [24, 0.3, 7],
    [10, 1, 10],
    [10, 0, 0],
    [3, 0.5, 2],
  ])('%i phones at %f: %i faults, no kind twice before all had a turn', (phones, rate, expected) => {
    for (let seed = 0; seed < 50; seed++) {
      const dealt = dealFaults(phones, rate, seed).filter((fault) => fault !== undefined);
      expect(dealt).toHaveLength(expected);
      expect(new Set(dealt).size).toBe(Math.min(expected, faultKinds.length));
    }
  });

  it('never break three transfers running', () => {
    const luck = luckOf('packet-loss', seeded('luck'));
    const broken = Array.from({ length: 2000 }, () => (luck.breaksTransfer() ? 'x' : '.')).join('');
    expect(broken).toMatch(/xx/);
    expect(broken).not.toMatch(/xxx/);
  });
});

describe('a seed', () => {
  it('gives the same phones again, and another others', () => {
    expect(rollPhones(nobody(50), 7, 0.3)).toEqual(rollPhones(nobody(50), 7, 0.3));
    expect(rollPhones(nobody(50), 8, 0.3)).not.toEqual(rollPhones(nobody(50), 7, 0.3));
    expect(characterOf(seeded('7/1'))).toEqual(characterOf(seeded('7/1')));
  });

  it('deals every way a phone can be', () => {
    const all = Array.from({ length: 200 }, (_, i) => characterOf(seeded('ways', i)));
    for (const key of ['newRule', 'successLine', 'restart', 'http', 'syslog', 'login', 'vendorClass', 'keepsServip'] as const) {
      expect(new Set(all.map((one) => one[key])).size).toBe({ restart: 3, http: 3, syslog: 3, vendorClass: 3 }[key as string] ?? 2);
    }
  });

  it('gives MACs of their own, all five models, and leaves listed ones alone', () => {
    const phones = rollPhones([{ mac: 'f8a5c5000001', model: '8811' }, ...nobody(499)], 1, 0);
    expect(new Set(phones.map(({ mac }) => mac)).size).toBe(500);
    expect(phones[0]).toMatchObject({ mac: 'f8a5c5000001', model: '8811', fault: undefined });
    expect(new Set(phones.slice(1).map(({ model }) => model))).toEqual(new Set(['6841', '7841', '8841', '8851', '8865']));
  });
});

describe('a list of phones', () => {
  it.each([',', ';', '\t'])('separated by %j', (separator) => {
    const rows = [
      ['Name', 'MAC', 'Model'],
      [`"a${separator}""b"""`, 'F8:A5:C5:00:00:01', 'CP-8851-3PCC'],
      ['"two\nlines"', 'f8a5.c500.0002', '8841'],
      ['x', '', '7841-3PCC'],
      ['x', '1.23E+11', '7841'],
      ['x', 'f8-a5-c5-00-00-01', ''],
      ['x', 'F8A5C5000003', ''],
    ];
    expect(readList(`\uFEFF${rows.map((row) => row.join(separator)).join('\r\n')}\r\n\r\n`)).toEqual({
      phones: [
        { mac: 'f8a5c5000001', model: '8851' },
        { mac: 'f8a5c5000002', model: '8841' },
        { mac: undefined, model: '7841' },
        { mac: 'f8a5c5000003', model: undefined },
      ],
      leftOut: [6, 7],
    });
  });

  it('without either column is none', () => {
    expect(readList('name,number\na,1\n')).toBeUndefined();
  });
});

describe('delays', () => {
  const random = seeded('delays');
  it.each([
    ['3600', 0, 3_600_000],
    ['60,120,240', 1, 120_000],
    ['60,120,240', 9, 240_000],
    ['0', 0, Infinity],
    ['', 0, Infinity],
    ['soon', 0, Infinity],
  ])('%s, time %i', (text, nth, milliseconds) => {
    expect(delayOf(text, nth, random)).toBe(milliseconds);
  });

  it('with a random part', () => {
    const delay = delayOf('600+60', 0, random);
    expect(delay).toBeGreaterThanOrEqual(600_000);
    expect(delay).toBeLessThan(660_000);
    expect(randomDelay('2', random)).toBeLessThan(40_000);
    expect(randomDelay('0', random)).toBe(0);
  });
});

describe('the command line', () => {
  it('reads what the bench passes on', () => {
    expect(readCommand(['--relay', '127.0.0.1:6767', '--count', '3', '--seed', '9', '--fault', '0.3', '--speed', '20', '--json'])).toEqual({
      ok: true,
      command: {
        where: { kind: 'relay', address: '127.0.0.1', port: 6767 },
        csv: undefined,
        count: 3,
        seed: 9,
        fault: 0.3,
        speed: 20,
        json: true,
      },
    });
    expect(readCommand(['--interface', 'eth1'])).toMatchObject({
      ok: true,
      command: { where: { kind: 'interface', name: 'eth1' }, count: 24 },
    });
  });

  it.each([
    [[]],
    [['--relay', '127.0.0.1:67', '--interface', 'x']],
    [['--relay', '192.0.2.1:67']],
    [['--relay', '127.0.0.1']],
    [['--relay', '127.0.0.1:67', '--count', '0']],
    [['--relay', '127.0.0.1:67', '--fault', '2']],
    [['--relay', '127.0.0.1:67', '--speed', '0']],
    [['--relay', '127.0.0.1:67', '--what']],
    [['--relay', '127.0.0.1:67', 'word']],
  ])('refuses %j', (args) => {
    expect(readCommand(args)).toMatchObject({ ok: false });
  });
});
