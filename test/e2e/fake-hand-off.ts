/** What a phone leaves with, made up. */
import type { HandOffRow } from '../../engine/contract/hand-off-calls.js';

const values = (state: HandOffRow['state']): readonly HandOffRow[] => [
  { tag: 'Syslog_Server', onBench: '192.168.77.1', after: '', by: 'factory', place: null, state },
  { tag: 'Resync_Periodic', onBench: '30', after: '86400', by: 'recipe', place: 'handOff.Resync_Periodic', state },
  { tag: 'GPP_A', onBench: '********', after: '********', by: 'key', place: null, state },
  { tag: 'GPP_P', onBench: '…', after: '', by: 'factory', place: null, state },
];

export const fakeHandOff = values('waiting');
export const provenHandOff = values('gone');
