/** TFTP without windows, as phones ask: DATA blocks per second of 48 clients that fetch 4 MiB with blocks of 1428 bytes. */
import type { Figure } from '../figure.js';
import { rate, tftpContestants } from './tftp-peers.js';

export const figure: Figure = {
  name: 'tftp-lockstep',
  unit: '1000 blocks/s',
  better: 'higher',
  must: { dnsmasq: 0.4, 'tftpd-hpa': 1, 'npm-tftp': 1.4 },
  aim: { dnsmasq: 1, 'tftpd-hpa': 1.5, 'npm-tftp': 3 },
  runs: 5,
  contestants: (lab) =>
    Promise.resolve(tftpContestants(lab, ['dnsmasq', 'tftpd-hpa', 'npm-tftp'], { clients: 48, file: 'firmware.bin', seconds: 2 }, rate)),
};
