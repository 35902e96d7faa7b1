/** Firmware over HTTP: MB per second of a 60 MB file, eight phones at a time. Ours is `run --files`, so with its observations. */
import type { Figure } from '../figure.js';
import { askForSeconds, httpContestants } from './http-peers.js';

export const figure: Figure = {
  name: 'http-firmware',
  unit: 'MB/s',
  better: 'higher',
  must: { nginx: 0.9 },
  aim: { nginx: 1.6 },
  runs: 5,
  unable: (lab) => (lab.has('wrk') ? undefined : 'wrk is not installed'),
  contestants: (lab) =>
    httpContestants(lab, { file: 'firmware.bin', size: 60_000_000, peers: ['nginx'] }, async (url) => {
      const { bytes } = await askForSeconds(lab, url, 8);
      return bytes / 1e6;
    }),
};
