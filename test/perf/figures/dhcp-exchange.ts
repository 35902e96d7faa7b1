/** DISCOVER, OFFER, REQUEST, ACK: how many of these exchanges a second, 64 clients at a time, leases on disk before each ACK. */
import type { Figure } from '../figure.js';
import { dhcpContestants, lacking } from './dhcp-peers.js';

const clients = 4_000;

export const figure: Figure = {
  name: 'dhcp-exchange',
  unit: 'exchanges/s',
  better: 'higher',
  must: { kea: 1.2 },
  aim: { kea: 2.4 },
  runs: 5,
  unable: (lab) => lacking(lab, false),
  contestants: (lab) =>
    Promise.resolve(
      dhcpContestants(lab, ['-h', '-n', String(clients), '-w', '64', '-o', '1000', '-t', '15'], ({ bound, rate, naks }) => {
        if (bound < clients || naks > 0) throw new Error(`${bound} of ${clients} bound, ${naks} NAKs`);
        return rate;
      }),
    ),
};
