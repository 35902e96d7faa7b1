/**
 * Lists that people, spreadsheets and other programs have broken, each with the exact list of what is told of it. Beside every
 * `broken/NN-name.csv` stands `NN-name.json`: one line a problem, `severity code line column -> suggestion`, in the order they are told.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { texts } from '../../../headless/words.js';
import { readJob } from '../../../engine/profiles/read-job.js';

const folder = join(import.meta.dirname, 'broken');
const recipe = readFileSync(resolve(import.meta.dirname, '../../../resources/starter/office.yaml'), 'utf8');
const lists = readdirSync(folder).filter((name) => name.endsWith('.csv'));

type Expected = { readonly problems: readonly string[]; readonly rows: number; readonly fatal: boolean };

describe('broken lists', () => {
  it('are fifty at least', () => expect(lists.length).toBeGreaterThanOrEqual(50));

  it.each(lists)('%s', (name) => {
    const expected = JSON.parse(readFileSync(join(folder, name.replace(/csv$/, 'json')), 'utf8')) as Expected;
    const { problems, rows, fatal } = readJob(readFileSync(join(folder, name)), recipe);
    const told = problems.map(({ severity, code, line, column, suggestion }) =>
      [severity, code, line ?? '-', column ?? '-', ...(suggestion === null ? [] : ['->', suggestion])].join(' '),
    );
    expect({ problems: told, rows: rows.length, fatal }).toEqual(expected);
    expect(problems.filter(({ code }) => texts[code] === undefined)).toEqual([]);
    expect(JSON.stringify(problems)).not.toMatch(/Otter|Maple|8\.13/); // passwords
  });
});
