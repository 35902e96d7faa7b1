/** A thousand phones that fetch their profile of 20 KiB over TFTP in the same moment: seconds until the last has it; nobody of ours may have to ask again. */
import type { Figure } from '../figure.js';
import { tftpContestants } from './tftp-peers.js';

export const figure: Figure = {
  name: 'tftp-burst',
  unit: 's',
  better: 'lower',
  must: { dnsmasq: 0.3 },
  aim: { dnsmasq: 0.16 },
  runs: 5,
  unable: (lab) => (lab.rmemMax < 4 * 1024 * 1024 ? `net.core.rmem_max is ${lab.rmemMax}` : undefined),
  contestants: (lab) =>
    Promise.resolve(
      tftpContestants(lab, ['dnsmasq'], { clients: 1_000, file: 'profile.cfg', seconds: 30 }, ({ ok, secs, rex, err }, name) => {
        if (ok !== 1_000) throw new Error(`${ok} of 1000 have it: ${err}`);
        if (name === 'ours' && rex > 0) throw new Error(`${rex} packets were sent again`);
        return secs;
      }),
    ),
};
