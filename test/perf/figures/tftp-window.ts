/** TFTP with windows of 16 blocks (RFC 7440): DATA blocks per second of 48 clients that fetch 4 MiB with blocks of 1428 bytes. */
import type { Figure } from '../figure.js';
import { rate, tftpContestants } from './tftp-peers.js';

export const figure: Figure = {
  name: 'tftp-window',
  unit: '1000 blocks/s',
  better: 'higher',
  must: { atftpd: 0.6 },
  aim: { atftpd: 1 },
  runs: 5,
  contestants: (lab) =>
    Promise.resolve(tftpContestants(lab, ['atftpd'], { clients: 48, file: 'firmware.bin', window: 16, seconds: 2 }, rate)),
};
