/**
 * Plain profiles of 10,000 rows: files per second, beside a script with jinja2, and how fast one core writes such files at all. Ours are
 * counted from the rows, read and checked; the script's from its open list, which it reads row by row and does not check.
 */
import type { Figure } from '../figure.js';
import { profileOrder, script, writeLimit, writeOurs } from './profile-peers.js';

export const figure: Figure = {
  name: 'profiles-plain',
  unit: 'files/s',
  better: 'higher',
  must: { 'jinja2-script': 3, 'one-core': 0.25 },
  aim: { 'jinja2-script': 4.5, 'one-core': 0.35 },
  runs: 5,
  contestants(lab) {
    const order = profileOrder(lab, '{ transport: http }');
    const ours = { name: 'ours', run: async () => (await writeOurs(lab, order)).perSecond };
    return Promise.resolve([ours, script(lab, 'jinja2-script', order, 'plain'), writeLimit(lab, order)]);
  },
};
