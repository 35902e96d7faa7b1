import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../engine/profiles/csv-records.js';
import { finish, finishInSlices } from '../../../engine/profiles/slices.js';

const read = (text: string, most = 10_000) => finish(readRecords(text, most));
const cellsOf = (text: string): readonly (readonly string[])[] => read(text).records.map(({ cells }) => cells);

describe('records', () => {
  it('are cut as csv-parse cuts them, for whatever a spreadsheet writes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '8', 'é', '受', ' ', ',', ';', '\t', '"', '\n', "'", '='), maxLength: 8 });
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (rows, delimiter, end) => {
        const heading = rows[0]?.map((_, i) => `h${i}`) ?? [];
        const quoted = (text: string): string => (/[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
        const text = [heading, ...rows].map((cells) => cells.map(quoted).join(delimiter)).join(end) + end;
        const ours = read(text);
        // A field whose later lines look like rows is taken for two stray quotes: that is told, not read.
        fc.pre(ours.problems.length === 0);
        const peer = parse(text, { delimiter, skip_empty_lines: true, record_delimiter: end })
          .map((cells) => cells.map((each) => each.trim()))
          .filter((cells) => cells.some((each) => each !== ''));
        expect(ours.records.map(({ cells }) => cells)).toEqual(peer);
      }),
      { numRuns: 3000, seed: 21 },
    );
  });

  it('never throw, never get a line number wrong, and end', () => {
    const part = fc.constantFrom('a,b', '"', '""', ',', ';', '\t', '\n', '\r\n', '\r', 'sep=;\n', 'x', ' ');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const lines = text.split(/\r\n|\r|\n/);
        let last = 0;
        for (const { line, cells } of read(text).records) {
          expect(line).toBeGreaterThan(last);
          last = line;
          const first = cells.find((each) => each !== '') ?? '';
          expect(lines.slice(line - 1).join('\n')).toContain(first.split('\n')[0]?.replaceAll('"', '""').trim());
        }
      }),
      { numRuns: 5000, seed: 22 },
    );
  });

  it.each(['sep=;\n', 'SEP=;\r\n', '\n\nsep=;\n'])('know the line %j, by which spreadsheets tell the delimiter', (line) =>
    expect(cellsOf(`${line}a,b;c\n1;2\n`)).toEqual([
      ['a,b', 'c'],
      ['1', '2'],
    ]),
  );

  it('say which columns had blanks around their values, and where first', () => {
    const { padded } = read('a,b,c\n1, 2,3\n4, 5 ,6\n7,"8 ",\u200b9\n');
    expect([...padded]).toEqual([
      [1, { line: 2, cells: 3 }],
      [2, { line: 4, cells: 1 }],
    ]);
  });

  it('are given up where nothing ends', () => {
    const open = `a,b\n1,"${'x'.repeat(2 << 20)}\n`;
    expect(read(open).problems).toMatchObject([{ code: 'csv.row-too-long', line: 2 }]);
    expect(read(`a,b\n${'x'.repeat(2 << 20)}\n1,2\n`)).toMatchObject({
      problems: [{ code: 'csv.row-too-long', line: 2 }],
      records: [{}, { line: 3 }],
    });
  });

  it('come in slices just as at once, and others get their turn meanwhile', async () => {
    const text = `a,b\n${'1,"2"\n'.repeat(60_000)}`;
    let turns = 0;
    const turn = setInterval(() => (turns += 1), 1);
    const sliced = await finishInSlices(readRecords(text, 100_000));
    clearInterval(turn);
    expect(sliced).toEqual(read(text, 100_000));
    expect(turns).toBeGreaterThan(0);
  });
});
