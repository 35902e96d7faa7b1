/** The longest the event loop is held while a list of 10,000 rows is read and judged as the window has it, in milliseconds. */
import { jobSteps } from '../../../engine/profiles/read-job.js';
import { finishInSlices } from '../../../engine/profiles/slices.js';
import type { Figure } from '../figure.js';
import { listOf, longestHold, manyRows, office } from './large-list.js';

export const figure: Figure = {
  name: 'list-hold',
  unit: 'milliseconds',
  better: 'lower',
  must: { milliseconds: 50 },
  aim: { milliseconds: 25 },
  runs: 7,
  contestants: () => {
    const csv = listOf(manyRows);
    return Promise.resolve([{ name: 'ours', run: () => longestHold(() => finishInSlices(jobSteps(csv, office))) }]);
  },
};
