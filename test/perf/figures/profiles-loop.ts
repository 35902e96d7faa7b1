/** The longest the event loop is kept while 10,000 encrypted profiles are written beside it, in milliseconds. */
import type { Figure } from '../figure.js';
import { profileOrder, writeOurs } from './profile-peers.js';

export const figure: Figure = {
  name: 'profiles-loop',
  unit: 'ms',
  better: 'lower',
  must: { ms: 50 },
  aim: { ms: 20 },
  runs: 5,
  contestants(lab) {
    const order = profileOrder(lab, '{ gzip: true, encrypt: { digest: sha256 } }');
    return Promise.resolve([{ name: 'ours', run: async () => (await writeOurs(lab, order, true)).blockedMs }]);
  },
};
