import { expect, it } from 'vitest';
import type { Load } from '../../engine/contract/calls.js';
import { loadText } from '../../headless/load-text.js';

const busy: Load = { transfers: 0, waiting: 0, queue: [], unfinished: 40, secondsLeft: null, suggestRandomDelay: null };

it.each<[Partial<Load>, string]>([
  [{ unfinished: 0, transfers: 3 }, ''],
  [{}, '40 phones not finished, time left: cannot be told yet'],
  [{ unfinished: 1, secondsLeft: 30, transfers: 1 }, '1 phone not finished, less than a minute left; 1 file being sent'],
  [
    { secondsLeft: 200, transfers: 12, waiting: 28, queue: [{ address: '10.77.0.9', mac: 'c4c603000001' }], suggestRandomDelay: 200 },
    '40 phones not finished, about 3 min left; 12 files being sent, 28 waiting their turn (next: c4c603000001). ' +
      'It could go more evenly: Resync_Random_Delay: 200 under “bootstrap” of the recipe',
  ],
  [
    { waiting: 1, queue: [{ address: '10.77.0.9', mac: null }] },
    '40 phones not finished, time left: cannot be told yet, 1 waiting their turn (next: 10.77.0.9)',
  ],
])('%o', (more, text) => expect(loadText({ ...busy, ...more })).toBe(text));
