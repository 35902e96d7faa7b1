/** Profiles over HTTP: requests per second of a 20 KiB file on 64 kept connections. Ours is `run --files`, so with its observations. */
import type { Figure } from '../figure.js';
import { askForSeconds, httpContestants } from './http-peers.js';

export const figure: Figure = {
  name: 'http-profile',
  unit: 'requests/s',
  better: 'higher',
  must: { nginx: 0.6, fastify: 3 },
  aim: { nginx: 0.9, fastify: 6 },
  runs: 5,
  unable: (lab) => (lab.has('wrk') ? undefined : 'wrk is not installed'),
  contestants: (lab) =>
    httpContestants(lab, { file: 'profile.cfg', size: 20 * 1024, peers: ['nginx', 'fastify'] }, async (url) => {
      const { requests } = await askForSeconds(lab, url, 64);
      return requests;
    }),
};
