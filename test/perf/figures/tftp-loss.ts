/** 48 clients that fetch 4 MiB in windows of 16 blocks while 1 % of all packets is lost: seconds until the last has it; none of ours may fail. */
import type { Figure } from '../figure.js';
import { tftpContestants } from './tftp-peers.js';

export const figure: Figure = {
  name: 'tftp-loss',
  unit: 's',
  better: 'lower',
  must: { atftpd: 2 },
  aim: { atftpd: 1 },
  runs: 5,
  contestants: (lab) =>
    Promise.resolve(
      tftpContestants(
        lab,
        ['atftpd'],
        { clients: 48, file: 'firmware.bin', window: 16, seconds: 60, loss: 1 },
        ({ ok, fail, secs, err }, name) => {
          if (ok !== 48 && name === 'ours') throw new Error(`${ok} of 48 have it, ${fail} failed: ${err}`);
          return secs; // of a peer that fails some, until the last that has it
        },
      ),
    ),
};
