import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../engine/profiles/csv.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const codes = (text: string | Uint8Array, encoding?: string): string[] =>
  readCsv(typeof text === 'string' ? bytes(text) : text, encoding === undefined ? {} : { encoding }).problems.map(
    ({ code, line, column }) => [code, line, column].join(' '),
  );

describe('a CSV', () => {
  it.each([',', ';', '\t'])('is read with the delimiter its heading uses: %j', (delimiter) => {
    expect(readCsv(bytes(['mac', 'Model', ' Room '].join(delimiter) + '\n' + ['', '8851', '"1, or; 2"'].join(delimiter))).rows).toEqual([
      { row: 1, line: 2, values: { mac: '', model: '8851', Room: '1, or; 2' } },
    ]);
  });

  it('keeps line numbers true over empty lines, lines of commas, all line ends and fields of several lines', () => {
    const text = '\r\n\nmodel,name\r\n\r\n8851,"two\r\nlines"\n,\r\n\n7841,x\r8851,y\n';
    expect(readCsv(bytes(text))).toMatchObject({
      headings: ['model', 'name'],
      rows: [
        { row: 1, line: 5, values: { name: 'two\nlines' } },
        { row: 2, line: 9, values: { name: 'x' } },
        { row: 3, line: 10, values: { name: 'y' } },
      ],
      problems: [],
    });
  });

  it('loses only the damaged row to a stray quote', () => {
    const rows = Array.from({ length: 50 }, (_, i) => `8851,"name ${i}"`);
    rows[10] = '8851,"never closed';
    rows[20] = '8851,"clo"sed early"';
    rows[30] = '8851,5" screen';
    rows[49] = '8851,"open at the end';
    const read = readCsv(bytes(['model,name', ...rows].join('\n')));
    expect(read.problems.map(({ code, line }) => [code, line])).toEqual([
      ['csv.quote', 12],
      ['csv.quote', 22],
      ['csv.quote', 32],
      ['csv.quote', 51],
    ]);
    expect(read.rows.map(({ line }) => line)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 2).filter((line) => ![12, 22, 32, 51].includes(line)),
    );
    expect(read.rows.at(-1)).toMatchObject({ row: 49, line: 50 });
  });

  it('does not let two stray quotes of the right width swallow the rows between', () => {
    const read = readCsv(bytes('model,name,x\n8851,a,"b\n7841,c,d\n6841,e,f"\n8841,g,"two\nlines"\n'));
    expect(read.problems.map(({ code, line }) => [code, line])).toEqual([
      ['csv.quote', 2],
      ['csv.quote', 4],
    ]);
    expect(read.rows.map(({ line }) => line)).toEqual([3, 5]);
  });

  it('is told from a workbook, and has rows', () => {
    expect(codes(Buffer.from('PK\u0003\u0004rest', 'latin1'))).toEqual(['csv.workbook  ']);
    expect(codes(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toEqual(['csv.workbook  ']);
    expect(codes('\nmodel,name\n\n')).toEqual(['csv.no-rows 2 ']);
    expect(codes('model,name\n"8851\n')).toEqual(['csv.quote 2 ']);
  });

  it('that is UTF-8 or has a byte-order mark is read so, whatever is named, and says so', () => {
    expect(codes('model,name\n8851,Zoë\n', 'windows-1252')).toEqual(['csv.encoding-ignored  ']);
    expect(readCsv(bytes('model,name\n8851,Zoë\n'), { encoding: 'cp932' })).toMatchObject({
      encoding: 'utf-8',
      rows: [{ values: { name: 'Zoë' } }],
      problems: [{ severity: 'warning', params: { encoding: 'cp932', used: 'utf-8' } }],
    });
    expect(codes(Buffer.from('\uFEFFmodel\n8851\n', 'utf16le'), 'shift_jis')).toEqual(['csv.encoding-ignored  ']);
    expect(codes('model,name\n8851,Zoë\n', 'UTF8')).toEqual([]);
    expect(codes('model,name\n8851,Zoe\n', 'windows-1252')).toEqual([]);
    expect(readCsv(Buffer.from('model,name\n8851,Zoë\n', 'utf16le'), { encoding: 'utf-16le' })).toMatchObject({ encoding: 'utf-16le' });
  });

  it.each(['cp932', 'CP932', 'ms932', 'windows-31j', 'sjis', 'Shift_JIS'])('takes %s for Shift_JIS', (name) => {
    const list = Buffer.concat([bytes('model,name\n8851,'), Uint8Array.of(0x93, 0xfa, 0x96, 0x7b), bytes('\n')]);
    expect(readCsv(list, { encoding: name })).toMatchObject({ encoding: 'shift_jis', rows: [{ values: { name: '日本' } }], problems: [] });
  });

  it('whose letters were lost, or are none of the encoding named, is not read as if nothing was', () => {
    expect(codes('model,na\uFFFDme\n8851,x\n')).toEqual(['csv.heading-lost-letter 1 na\uFFFDme']);
    expect(codes('model,name\n8851,Zo\uFFFD\n')).toEqual(['csv.lost-letter 2 name']);
    expect(codes(Buffer.from('model,name\n8851,\x81\x40\n', 'latin1'), 'windows-1252')).toEqual(['csv.encoding  ']);
  });

  it('names rows of another width, NUL bytes, and headings that are missing, empty or there twice', () => {
    expect(codes('model,name,x\n8851,a\n8851,a,b,c\n8851,a\0,b\n')).toEqual([
      'csv.too-few-fields 2 x',
      'csv.too-many-fields 3 x',
      'csv.nul 4 name',
    ]);
    expect(codes('mac,mac,\n1,2,3')).toEqual(['csv.heading-twice 1 mac', 'csv.heading-empty 1 ', 'csv.heading-missing 1 model']);
    expect(codes('')).toEqual(['csv.empty  ']);
    expect(codes('\n , ,\n')).toEqual(['csv.empty  ']);
    expect(codes('"model,name\n8851,x\n')).toEqual(['csv.quote 1 ']);
  });

  it('is UTF-8 or has a mark, or a person says what it is', () => {
    const japanese = [
      0x6d, 0x6f, 0x64, 0x65, 0x6c, 0x2c, 0x6e, 0x61, 0x6d, 0x65, 0x0a, 0x38, 0x38, 0x35, 0x31, 0x2c, 0x8e, 0xf3, 0x95, 0x74,
    ];
    expect(codes(Uint8Array.from(japanese))).toEqual(['csv.encoding  ']);
    expect(codes(Uint8Array.from(japanese), 'klingon')).toEqual(['csv.encoding-unknown  ']);
    expect(readCsv(Uint8Array.from(japanese), { encoding: 'Shift_JIS' })).toMatchObject({
      encoding: 'shift_jis',
      rows: [{ values: { name: '受付' } }],
    });
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('model\tname\n8851\tÄ', 'utf16le')]);
    expect(readCsv(utf16)).toMatchObject({ encoding: 'utf-16le', rows: [{ values: { name: 'Ä' } }] });
    expect(readCsv(bytes('\uFEFFmodel\n8851')).headings).toEqual(['model']);
  });

  it('has its limits', () => {
    expect(codes(new Uint8Array((16 << 20) + 1))).toEqual(['csv.too-large  ']);
    expect(codes(`model\n${'8851\n'.repeat(50_001)}`)).toEqual(['csv.too-many-rows 1 ']);
    expect(codes(`model,name\n8851,${'x'.repeat(20_000)}`)).toEqual(['csv.cell-too-long 2 name']);
    expect(codes(`model,name\n${'8851,"x"y\n'.repeat(300)}`).at(-1)).toMatch(/^csv\.too-damaged/);
  });

  it('never throws, whatever the bytes', () => {
    const text = fc
      .array(
        fc.constantFrom('model', 'mac', ',', ';', '\t', '"', '\n', '\r\n', '\r', '8851', '\0', '\uFEFF', ' ', 'ä', '__proto__', '=', "'"),
        { maxLength: 40 },
      )
      .map((parts) => bytes(parts.join('')));
    fc.assert(
      fc.property(
        fc.oneof(text, fc.uint8Array({ maxLength: 64 })),
        fc.constantFrom(undefined, 'shift_jis', 'utf-16le', 'x'),
        (input, encoding) => {
          const { rows, problems } = readCsv(input, encoding === undefined ? {} : { encoding });
          for (const { line } of rows) expect(line).toBeGreaterThan(1);
          expect(rows.length + problems.length).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 10_000, seed: 11 },
    );
  });
});

describe('what is no list at all', () => {
  it('is told in a word, and takes no time', () => {
    const wide = Buffer.from(`${Array.from({ length: 50_000 }, (_, i) => `Foo_${i}_`).join(',')}\n${'x,'.repeat(49_999)}x\n`);
    const started = performance.now();
    const { problems, headings } = readCsv(wide);
    expect([problems.map(({ code, params }) => [code, params]), headings]).toEqual([
      [['csv.too-many-columns', { columns: 50_000, limit: 1000 }]],
      [],
    ]);
    expect(performance.now() - started).toBeLessThan(2000);
    const codes = (bytes: Buffer): unknown =>
      readCsv(bytes).problems.map(({ code, params, suggestion }) => [code, params['kind'], suggestion]);
    expect(codes(gzipSync('mac,model\n'))).toEqual([['csv.other-file', 'GZIP, 7z, RAR', null]]);
    expect(codes(Buffer.from([0xff, 0xfe, 0, 0, 0x6d, 0, 0, 0]))).toEqual([['csv.encoding', undefined, null]]);
    expect(codes(Buffer.from('mac,model\n', 'utf16le'))).toEqual([['csv.encoding', undefined, 'utf-16le']]);
  });
});

it('takes | for the separator where the headings have no other', () => {
  const rows = (text: string): unknown => readCsv(bytes(text)).rows.map(({ values }) => values);
  expect(rows('model|name\n8851|"A|B"\n')).toEqual([{ model: '8851', name: 'A|B' }]);
  expect(rows('model,a|b|c\n8851,x\n')).toEqual([{ model: '8851', 'a|b|c': 'x' }]);
});
