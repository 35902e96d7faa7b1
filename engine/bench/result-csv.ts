/**
 * A job's result as CSV: a line a phone and a line a row that waits for one, in the order of the rows. What scripts read comes first, words
 * for people last. One writer for the window and the command line, so that nobody holds two results of one job.
 */
import { describe } from '../contract/english/describe.js';
import { phoneTexts, stateWords } from '../contract/english/phones.js';
import { evidenceNames } from '../contract/evidence.js';
import { spellMac } from '../contract/mac.js';
import type { Row } from '../profiles/job.js';
import type { DeviceView } from './board.js';
import { csvText } from './csv-text.js';

/** Without it spreadsheets read the names of a UTF-8 file in the letters of the country. */
const byteOrderMark = '\uFEFF';

const heading: readonly string[] = [
  'row',
  'mac',
  'model',
  'address',
  'state',
  'verdict',
  ...evidenceNames,
  'problem',
  'name',
  'extension',
  'what_to_do',
];

/** `rows` are those of the job; none where its key is gone, for then nobody can read them. */
export function resultCsv(views: readonly DeviceView[], rows: readonly Row[]): string {
  const ofRow = new Map(rows.map(({ row, values }) => [row, values]));
  const phones = views.toSorted(byRow).map((view) => ({ row: view.row, cells: phoneCells(view, ofRow.get(view.row ?? 0) ?? {}) }));
  const waiting = waitingRows(rows, views).map((row) => ({ row: row.row, cells: waitingCells(row) }));
  const lines = [...phones, ...waiting].toSorted((a, b) => (a.row ?? Infinity) - (b.row ?? Infinity) || 0);
  return `${byteOrderMark}${csvText(withActivationCodes(lines, rows))}`;
}

/** Rows first, in their order; phones outside the rows after them. */
export function byRow(a: DeviceView, b: DeviceView): number {
  return (a.row ?? Infinity) - (b.row ?? Infinity) || a.mac.localeCompare(b.mac);
}

/** Rows no phone belongs to yet. */
export function waitingRows(rows: readonly Row[], views: readonly DeviceView[]): readonly Row[] {
  const taken = new Set(views.map(({ row }) => row));
  return rows.filter(({ row }) => !taken.has(row));
}

function phoneCells(view: DeviceView, values: Row['values']): readonly string[] {
  const { row, mac, model, address, state, verdict, evidence, problem } = view;
  const code = problem === null ? [] : [problem.code, ...Object.entries(problem.params).map(([key, value]) => `${key}=${value}`)];
  const proven = evidenceNames.map((each) => evidence[each]?.at ?? '');
  const about = [row === null ? '' : String(row), spellMac(mac), model ?? '', address ?? '', state, verdict];
  return [...about, ...proven, code.join(' '), ...person(values), whatToDo(view)];
}

function waitingCells({ row, model, values }: Row): readonly string[] {
  const proven = evidenceNames.map(() => '');
  return [String(row), '', model, '', 'expected', 'pending', ...proven, '', ...person(values), 'plug in a phone of this model'];
}

function person(values: Row['values']): readonly string[] {
  return [values['name'] ?? '', values['extension'] ?? ''];
}

function whatToDo({ row, state, verdict, problem }: DeviceView): string {
  if (problem !== null) return describe(phoneTexts, problem.code, problem.params);
  if (row === null) return 'not in the list: it is left alone';
  if (verdict === 'pass') return stateWords.handedOff;
  return state === 'expected' ? 'plug it in' : 'not finished: leave it plugged in while the bench runs';
}

/** The lines with their heading; a last column has the activation codes where the list has any, for they are printed and typed in by hand. */
function withActivationCodes(
  lines: readonly { readonly row: number | null; readonly cells: readonly string[] }[],
  rows: readonly Row[],
): readonly (readonly string[])[] {
  const codes = new Map(rows.flatMap(({ row, values }) => (values['activation_code'] ? [[row, values['activation_code']] as const] : [])));
  if (codes.size === 0) return [heading, ...lines.map(({ cells }) => cells)];
  return [[...heading, 'activation_code'], ...lines.map(({ row, cells }) => [...cells, codes.get(row ?? 0) ?? ''])];
}
