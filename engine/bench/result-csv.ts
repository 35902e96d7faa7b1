/** A job's result as CSV: a line a phone, in the order of the rows. */
import { evidenceNames } from '../contract/evidence.js';
import { spellMac } from '../contract/mac.js';
import type { Row } from '../profiles/job.js';
import type { DeviceView } from './board.js';
import { csvText } from './csv-text.js';

export const resultHeading: readonly string[] = ['row', 'mac', 'model', 'address', 'state', 'verdict', ...evidenceNames, 'problem'];

/** One line of a result; `row` is null for a phone outside the list. */
export type ResultLine = { readonly row: number | null; readonly cells: readonly string[] };

/** What the window saves. `rows` are those of the job; none where its key is gone. */
export function resultCsv(views: readonly DeviceView[], rows: readonly Row[]): string {
  const names = new Map(rows.map(({ row, values }) => [row, values['name'] ?? '']));
  const lines = views.toSorted(byRow).map((view) => ({ row: view.row, cells: [...resultCells(view), names.get(view.row ?? 0) ?? ''] }));
  return csvText(withActivationCodes([...resultHeading, 'name'], lines, rows));
}

/** Rows first, in their order; phones outside the rows after them. */
export function byRow(a: DeviceView, b: DeviceView): number {
  return (a.row ?? Infinity) - (b.row ?? Infinity) || a.mac.localeCompare(b.mac);
}

/** The cells of a phone, as `resultHeading` names them. */
export function resultCells({ row, mac, model, address, state, verdict, evidence, problem }: DeviceView): readonly string[] {
  const code = problem === null ? [] : [problem.code, ...Object.entries(problem.params).map(([name, value]) => `${name}=${value}`)];
  const proven = evidenceNames.map((name) => evidence[name]?.at ?? '');
  return [row === null ? '' : String(row), spellMac(mac), model ?? '', address ?? '', state, verdict, ...proven, code.join(' ')];
}

/** The lines with their heading; a last column has the activation codes where the list has any, for they are printed and typed in by hand. */
export function withActivationCodes(
  heading: readonly string[],
  lines: readonly ResultLine[],
  rows: readonly Row[],
): readonly (readonly string[])[] {
  const codes = new Map(rows.flatMap(({ row, values }) => (values['activation_code'] ? [[row, values['activation_code']] as const] : [])));
  if (codes.size === 0) return [heading, ...lines.map(({ cells }) => cells)];
  return [[...heading, 'activation_code'], ...lines.map(({ row, cells }) => [...cells, codes.get(row ?? 0) ?? ''])];
}
