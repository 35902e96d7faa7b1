/** The report as CSV: a line a phone and a line a row that waits for one. What scripts read comes first, words for people last. */
import type { DeviceView } from '../engine/bench/board.js';
import { csvText } from '../engine/bench/csv-text.js';
import { evidenceNames } from '../engine/contract/evidence.js';
import { spellMac } from '../engine/contract/mac.js';
import type { Row } from '../engine/profiles/job.js';
import { waitingRows } from './report-rows.js';
import { describeCode } from './words.js';
import { stateWords } from './words/phones.js';

const heading = ['row', 'mac', 'model', 'address', 'state', 'verdict', ...evidenceNames, 'problem', 'name', 'what_to_do'];

/** Phones and rows in the order of the rows, phones outside them last, as `views` has them. */
export function reportCsv(views: readonly DeviceView[], rows: readonly Row[]): string {
  const names = new Map(rows.map(({ row, values }) => [row, values['name'] ?? '']));
  const lines = [
    ...views.map((view) => ({ row: view.row, cells: [...cells(view), names.get(view.row ?? 0) ?? '', whatToDo(view)] })),
    ...waitingRows(rows, views).map((row) => ({ row: row.row, cells: waitingCells(row) })),
  ];
  const codes = new Map(rows.map(({ row, values }) => [row, values['activation_code'] ?? '']));
  const hasCodes = [...codes.values()].some((code) => code !== '');
  const withCode = (cells: readonly string[], row: number | null, code = codes.get(row ?? 0) ?? ''): readonly string[] =>
    hasCodes ? [...cells, code] : cells;
  return csvText([
    withCode(heading, null, 'activation_code'),
    ...lines.toSorted((a, b) => (a.row ?? Infinity) - (b.row ?? Infinity) || 0).map((line) => withCode(line.cells, line.row)),
  ]);
}

function cells({ row, mac, model, address, state, verdict, evidence, problem }: DeviceView): readonly string[] {
  const code = problem === null ? [] : [problem.code, ...Object.entries(problem.params).map(([name, value]) => `${name}=${value}`)];
  const proven = evidenceNames.map((name) => evidence[name]?.at ?? '');
  return [row === null ? '' : String(row), spellMac(mac), model ?? '', address ?? '', state, verdict, ...proven, code.join(' ')];
}

function waitingCells({ row, model, values }: Row): readonly string[] {
  const proven = evidenceNames.map(() => '');
  return [String(row), '', model, '', 'expected', 'pending', ...proven, '', values['name'] ?? '', 'plug in a phone of this model'];
}

function whatToDo({ row, state, verdict, problem }: DeviceView): string {
  if (problem !== null) return describeCode(problem.code, problem.params);
  if (row === null) return 'not in the list: it is left alone';
  if (verdict === 'pass') return stateWords.handedOff;
  return state === 'expected' ? 'plug it in' : 'not finished: leave it plugged in while the bench runs';
}
