import { expect, test } from 'vitest';
import type { DeviceView } from '../../../engine/bench/board.js';
import { resultCsv } from '../../../engine/bench/result-csv.js';
import type { Mac } from '../../../engine/contract/mac.js';
import type { Row } from '../../../engine/profiles/job.js';

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
const row = (number: number, values: Row['values']): Row => ({ row: number, line: number + 1, mac: null, model: '8851', values });
const heading = '\uFEFFrow,mac,model,address,state,verdict,lease,delivery,word,readBack,handOff,problem,name,extension,what_to_do';

test('a result has a line for each phone and each row that waits, with the name and what to do', () => {
  const stranger: DeviceView = { ...view, row: null, state: 'leased', verdict: 'pending', problem: null };
  expect(resultCsv([stranger, view], [row(1, { name: 'Reception', extension: '2001' }), row(2, { name: 'Desk' })]).split('\r\n')).toEqual([
    heading,
    '1,,8851,,expected,pending,,,,,,,Reception,2001,plug in a phone of this model',
    `2,00:56:2b:04:36:15,8851,192.168.77.10,verify,fail,${at},,,,,phone.marker-differs,Desk,,the phone holds another profile than the one it was sent. Unplug it and plug it in again. Twice the same: set it aside`,
    `,00:56:2b:04:36:15,8851,192.168.77.10,leased,pending,${at},,,,,,,,not in the list: it is left alone`,
    '',
  ]);
});

test('the activation code stands beside its phone, also beside one that is not here yet, and there is no such column where no row has one', () => {
  const lines = resultCsv(
    [view, { ...view, row: null, mac: '00562b043616' as Mac }],
    [row(1, { activation_code: '1234567890123456' }), row(2, { activation_code: '6543210987654321' })],
  ).split('\r\n');
  expect([lines[0], ...lines.slice(1, 4).map((line) => line.slice(line.lastIndexOf(',')))]).toEqual([
    `${heading},activation_code`,
    ',1234567890123456',
    ',6543210987654321',
    ',',
  ]);
  expect(resultCsv([view], []).split('\r\n')[0]).toBe(heading);
});
