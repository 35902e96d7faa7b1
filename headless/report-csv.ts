/** The report as CSV: a line a phone and a line a row that waits for one. What scripts read comes first, words for people last. */
import type { DeviceView } from '../engine/bench/board.js';
import { csvText } from '../engine/bench/csv-text.js';
import { resultCells, resultHeading, withActivationCodes } from '../engine/bench/result-csv.js';
import { evidenceNames } from '../engine/contract/evidence.js';
import type { Row } from '../engine/profiles/job.js';
import { waitingRows } from './report-rows.js';
import { describeCode } from './words.js';
import { stateWords } from './words/phones.js';

/** Phones and rows in the order of the rows, phones outside them last, as `views` has them. */
export function reportCsv(views: readonly DeviceView[], rows: readonly Row[]): string {
  const names = new Map(rows.map(({ row, values }) => [row, values['name'] ?? '']));
  const lines = [
    ...views.map((view) => ({ row: view.row, cells: [...resultCells(view), names.get(view.row ?? 0) ?? '', whatToDo(view)] })),
    ...waitingRows(rows, views).map((row) => ({ row: row.row, cells: waitingCells(row) })),
  ];
  const inOrder = lines.toSorted((a, b) => (a.row ?? Infinity) - (b.row ?? Infinity) || 0);
  return csvText(withActivationCodes([...resultHeading, 'name', 'what_to_do'], inOrder, rows));
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
