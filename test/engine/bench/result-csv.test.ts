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
  verdict: 'pending',
  evidence: { lease: { at }, delivery: null, word: null, readBack: null, handOff: null },
  problem: null,
};
const row = (values: Row['values']): Row => ({ row: 2, line: 3, mac: null, model: '8851', values });
const line = `2,00:56:2b:04:36:15,8851,192.168.77.10,verify,pending,${at},,,,,`;
const heading = 'row,mac,model,address,state,verdict,lease,delivery,word,readBack,handOff,problem';

test('a result has the name beside its phone, and the activation code beside its phone, and no such column where the list has none', () => {
  const coded = resultCsv([view, { ...view, row: null, mac: '00562b043616' as Mac }], [row({ activation_code: '1234567890123456' })]);
  expect(coded.split('\r\n').slice(0, 2)).toEqual([`${heading},name,activation_code`, `${line},,1234567890123456`]);
  expect(coded).toMatch(/,00:56:2b:04:36:16,.*,,,\r\n$/);
  expect(resultCsv([view], [row({ name: 'Desk' })])).toBe(`${heading},name\r\n${line},Desk\r\n`);
});
