/**
 * `check` of a list of 10,000 rows with the recipe that comes with the product, every row tried on the whole catalogue, beside csv-parse
 * cutting the same text into cells and nothing else. Both in one process, milliseconds.
 */
import { parse } from 'csv-parse/sync';
import { readJob } from '../../../engine/profiles/read-job.js';
import type { Figure } from '../figure.js';
import { listOf, manyRows, office, timed } from './large-list.js';

export const figure: Figure = {
  name: 'check-list',
  unit: 'milliseconds',
  better: 'lower',
  must: { 'csv-parse': 8 },
  aim: { 'csv-parse': 4 },
  runs: 7,
  contestants: () => {
    const csv = listOf(manyRows);
    return Promise.resolve([
      { name: 'ours', run: () => timed(() => sound(readJob(csv, office).rows.length)) },
      { name: 'csv-parse', run: () => timed(() => sound(parse(Buffer.from(csv).toString('utf8')).length - 1)) },
    ]);
  },
};

function sound(rows: number): void {
  if (rows !== manyRows) throw new Error(`${rows} of ${manyRows} rows were read`);
}
