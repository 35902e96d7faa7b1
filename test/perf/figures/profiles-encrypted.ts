/** Compressed and encrypted profiles of 10,000 rows: files per second, beside a script with one `openssl` a file, and what one core can do in C. */
import type { Figure } from '../figure.js';
import { profileOrder, script, writeOurs, zipLimit } from './profile-peers.js';

export const figure: Figure = {
  name: 'profiles-encrypted',
  unit: 'files/s',
  better: 'higher',
  must: { 'openssl-script': 20, 'one-core': 0.25 },
  aim: { 'openssl-script': 38, 'one-core': 0.45 },
  runs: 5,
  contestants(lab) {
    const order = profileOrder(lab, '{ gzip: true, encrypt: { digest: md5 } }');
    const ours = { name: 'ours', run: async () => (await writeOurs(lab, order)).perSecond };
    return Promise.resolve([ours, script(lab, 'openssl-script', order, 'aes'), zipLimit(lab, order)]);
  },
};
