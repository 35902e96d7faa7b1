import { describe, expect, it } from 'vitest';
import { identify } from '../../simulator/identity.js';
import { seeded } from '../../simulator/random.js';
import { discoveryUrls, optionValues, readUrl, resolveRule, type Url } from '../../simulator/rules.js';

const identity = identify('001234ab45de', '8851', seeded('rules'));
const spell = ({ scheme, host, port, path }: Url): string => `${scheme}://${host}:${port}${path}`;
const walk = (value: string): string[] => discoveryUrls(value, '/8851-3PCC.xml', identity).map((url) => spell(url));
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('the value of a DHCP option leads', () => {
  it.each([
    [
      'http://10.0.0.1/prov',
      ['http://10.0.0.1:80/prov', 'http://10.0.0.1:80/prov/8851-3PCC.xml', 'http://10.0.0.1:80/prov/Cisco/CP-8851-3PCC/001234ab45de.cfg'],
    ],
    ['http://10.0.0.1:8080', ['http://10.0.0.1:8080/8851-3PCC.xml', 'http://10.0.0.1:8080/Cisco/CP-8851-3PCC/001234ab45de.cfg']],
    [
      '10.0.0.1',
      ['tftp://10.0.0.1:69', 'http://10.0.0.1:80', 'https://10.0.0.1:443'].flatMap((server) => [
        `${server}/8851-3PCC.xml`,
        `${server}/Cisco/CP-8851-3PCC/001234ab45de.cfg`,
      ]),
    ],
    ['TFTP://10.0.0.1', ['tftp://10.0.0.1:69/8851-3PCC.xml', 'tftp://10.0.0.1:69/Cisco/CP-8851-3PCC/001234ab45de.cfg']],
    ['', []],
    ['ftp://10.0.0.1', []],
  ])('%s', (value, urls) => {
    expect(walk(value)).toEqual(urls);
  });

  it('a trailing slash to a doubled one, as CSCvi50100 says', () => {
    expect(walk('http://10.0.0.1/p/')[1]).toBe('http://10.0.0.1:80/p//8851-3PCC.xml');
  });
});

describe('DHCP options', () => {
  const options = new Map<number, Uint8Array>([
    [150, Buffer.of(10, 0, 0, 3, 10, 0, 0, 4, 9)],
    [160, latin1('http://10.0.0.2')],
    [66, latin1('tftp://10.0.0.1;10.0.0.9\0')],
    [43, latin1('x')],
  ]);

  it('are walked as DHCP_Option_To_Use says, lists left to right', () => {
    expect(optionValues('66,160,159,150,60,43,125', options)).toEqual([
      'tftp://10.0.0.1',
      '10.0.0.9',
      'http://10.0.0.2',
      '10.0.0.3',
      '10.0.0.4',
    ]);
    expect(optionValues('150, 160', options)).toEqual(['10.0.0.3', '10.0.0.4', 'http://10.0.0.2']);
    expect(optionValues('', options)).toEqual([]);
  });
});

describe('a rule', () => {
  const found = { scheme: 'http', host: '10.0.0.1', port: 8080 } as const;

  it.each([
    ['http://10.0.0.5/a.xml', 'http://10.0.0.5:80/a.xml'],
    ['/device/1.xml', 'http://10.0.0.1:8080/device/1.xml'],
    ['10.0.0.7/a.xml', 'tftp://10.0.0.7:69/a.xml'],
    ['tftp://10.0.0.7:6900/a b.xml', undefined],
    ['[--key x] http://10.0.0.5/a.xml', undefined],
    ['($PN = "x")? http://10.0.0.5/a.xml', undefined],
    ['http://10.0.0.5', undefined],
    ['gds://', undefined],
  ])('%s', (rule, url) => {
    const resolved = resolveRule(rule, found);
    expect(resolved && spell(resolved)).toBe(url);
  });

  it('has no server before DHCP led to one', () => {
    expect(resolveRule('/device/1.xml', undefined)).toBeUndefined();
  });

  it('never throws, whatever it says', () => {
    for (const text of ['http://', 'http://[::1]/x', 'http://a:99999/x', '://', 'tftp:///x', '\0']) expect(readUrl(text)).toBeUndefined();
  });
});
