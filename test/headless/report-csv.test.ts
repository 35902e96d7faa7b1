import { expect, test } from 'vitest';
import type { DeviceView } from '../../engine/bench/board.js';
import type { Mac } from '../../engine/contract/mac.js';
import type { Row } from '../../engine/profiles/job.js';
import { reportCsv } from '../../headless/report-csv.js';

const at = '2026-11-22T03:18:33.662Z';
const view: DeviceView = {
  mac: '00562b043615' as Mac,
  model: '8851',
  row: 2,
  address: '192.168.77.10',
  state: 'verify',
  verdict: 'fail',
  evidence: { lease: { at }, delivery: null, word: null, readBack: null, handOff: null },
  problem: { code: 'phone.marker-differs', params: {} },
};
const row = (number: number, name: string): Row => ({ row: number, line: number + 1, mac: null, model: '8851', values: { name } });

test('a report has a line for each phone and each row that waits, with the name and what to do', () => {
  const stranger: DeviceView = { ...view, row: null, state: 'leased', verdict: 'pending', problem: null };
  expect(reportCsv([view, stranger], [row(1, 'Reception'), row(2, 'Desk')]).split('\r\n')).toEqual([
    'row,mac,model,address,state,verdict,lease,delivery,word,readBack,handOff,problem,name,what_to_do',
    '1,,8851,,expected,pending,,,,,,,Reception,plug in a phone of this model',
    `2,00:56:2b:04:36:15,8851,192.168.77.10,verify,fail,${at},,,,,phone.marker-differs,Desk,the phone holds another profile than the one it was sent. Unplug it and plug it in again. Twice the same: set it aside`,
    `,00:56:2b:04:36:15,8851,192.168.77.10,leased,pending,${at},,,,,,,not in the list: it is left alone`,
    '',
  ]);
});
