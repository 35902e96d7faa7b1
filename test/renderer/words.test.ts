import { describe, expect, test } from 'vitest';
import { catalogues } from '../../renderer/i18n/catalogues.js';
import { harmless, shortened } from '../../renderer/words/foreign-text.js';
import { spellMac } from '../../renderer/words/spelled.js';
import { createWords } from '../../renderer/words/words.js';

const en = createWords('en', (key) => catalogues.en[key]);
const ja = createWords('ja', (key) => catalogues.ja[key]);

describe('codes in words', () => {
  test('call a column what the table of the columns calls it', () => {
    expect(ja.code('csv.column-taken', { word: 'mac' })).toContain('「MAC アドレス」として');
    expect(en.code('csv.column-taken', { word: 'mac' })).toContain('“MAC address”');
    expect(en.code('csv.column-taken', { word: 'nothing known' })).toContain('“nothing known”');
  });

  test('count, name states, spell MACs and units in each language', () => {
    expect([
      en.code('csv.too-many-rows', { limit: 1 }),
      en.code('csv.too-many-rows', { limit: 20_000 }),
      en.code('phone.unproven', { missing: 'word, readBack' }),
      en.code('mac.foreign-oui', { value: '00562b043615', oui: '00562b' }),
      en.code('fact.fileDelivered', { transport: 'tftp', purpose: 'device', path: '/device/00562b043615.xml', bytes: 8421 }),
      ja.code('fact.fileDelivered', { transport: 'tftp', purpose: 'device', path: '/device/00562b043615.xml', bytes: 8421 }),
      ja.code('phone.unproven', { missing: 'word, readBack' }),
      en.code('phone.silent-before-delivery', { state: 'bootstrap' }),
      en.code('port.privilege', { protocol: 'udp', port: 67, first: 1024, platform: 'darwin' }),
      en.code('something.new', { a: 1 }),
      en.t('board.proofs', { done: 2, all: 5 }),
    ]).toMatchInlineSnapshot(`
      [
        "The list has more than 1 row. Cut it into several jobs",
        "The list has more than 20,000 rows. Cut it into several jobs",
        "Time ran out; what was not seen: its own word that it took it (does a firewall here block UDP 514?), its settings, read back. Unplug it and plug it in again. Twice the same: set it aside",
        "00:56:2B:04:36:15 does not begin like a MAC of these phones (00562b). Compare with the label",
        "Got its profile, 8.4 kB: /device/00562b043615.xml (TFTP)",
        "プロファイルを受け取りました、8.4 kB: /device/00562b043615.xml(TFTP)",
        "時間切れです。確認できなかったこと: 電話機からの成功報告(このパソコンのファイアウォールが UDP 514 を止めていませんか)、設定の読み戻し。抜いて差し直してください。2 度続いたら脇によけてください",
        "The phone fell silent before it took its profile (first contact). Check cable and power; unplug it and plug it in again",
        "udp port 67 needs a privilege. Ask whoever manages this computer",
        "something.new (a 1)",
        "2 of 5 proofs",
      ]
    `);
  });

  test('as a sentence end with a full stop, but not after a path', () => {
    expect([
      en.sentence('interface.wired', {}),
      ja.sentence('interface.wired', {}),
      en.sentence('key.readable-by-others', { file: '/k' }),
      en.sentence('csv.too-large', { bytes: 3e7 }),
    ]).toEqual([
      'It is no Wi-Fi.',
      'Wi-Fi ではありません。',
      'Other people can read the key that locks passwords. Whoever manages this computer can run: chmod 600 /k',
      'The list is larger than anything a bench can prepare (30 MB). Is it the right file?',
    ]);
  });

  test('bytes carry their unit, MACs are written as on labels', () => {
    expect([en.bytes(999), en.bytes(1432), en.bytes(7_654_321), spellMac('00562b043615')]).toEqual([
      '999 B',
      '1.4 kB',
      '7.7 MB',
      '00:56:2B:04:36:15',
    ]);
  });
});

describe('text from the network', () => {
  test('has nothing hidden in it', () => {
    expect([
      harmless('a\u0000b\u001B[31m\r\n'),
      harmless('photo\u202Egnp.exe\u202C'),
      harmless('x\u2066y\u2069\u200B\uFEFF'),
      harmless('␛[0m'),
      harmless('<script>alert(1)</script>'),
      harmless('山田 Zoë'),
    ]).toEqual([
      'a⟦U+0000⟧b⟦U+001B⟧[31m⟦U+000D⟧⟦U+000A⟧',
      'photo⟦U+202E⟧gnp.exe⟦U+202C⟧',
      'x⟦U+2066⟧y⟦U+2069⟧⟦U+200B⟧⟦U+FEFF⟧',
      '⟦U+001B⟧[0m',
      '<script>alert(1)</script>',
      '山田 Zoë',
    ]);
  });

  test('that runs from right to left is kept apart from what stands beside it', () => {
    expect(harmless('שלום')).toBe('\u2068שלום\u2069');
  });

  test('is cut, never through a character', () => {
    expect([shortened('abc', 3), shortened('abcd', 3), shortened('ab😀d', 3)]).toEqual(['abc', 'abc…', 'ab…']);
  });

  test('reaches a sentence harmless, and is not taken for a text of ours', () => {
    expect(en.code('fact.fileMissing', { path: '/{transport}[\u202E{path}]$t(nav.start)', transport: 'http' })).toBe(
      'Asks for a file that is not here: /{transport}[⟦U+202E⟧{path}]$t(nav.start) (HTTP)',
    );
  });
});
