/** A carton of 1,000 phones (consecutive MACs) switched on at once: seconds until all have their leases. A single NAK is a failure of ours. */
import type { Figure } from '../figure.js';
import { dhcpContestants, lacking } from './dhcp-peers.js';

const clients = 1_000;

export const figure: Figure = {
  name: 'dhcp-burst',
  unit: 'seconds',
  better: 'lower',
  must: { kea: 0.1 },
  aim: { kea: 0.02 },
  runs: 5,
  unable: (lab) => lacking(lab, true),
  contestants: (lab) =>
    Promise.resolve(
      dhcpContestants(lab, ['-n', String(clients), '-w', '0', '-o', '4000', '-t', '25'], ({ bound, seconds, naks }) => {
        if (bound < clients || naks > 0) throw new Error(`${bound} of ${clients} bound, ${naks} NAKs`);
        return seconds;
      }),
    ),
};
