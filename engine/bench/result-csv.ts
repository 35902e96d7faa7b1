/** A job's result as CSV: a line a phone, in the order of the rows. */
import { evidenceNames } from '../contract/evidence.js';
import { spellMac } from '../contract/mac.js';
import type { DeviceView } from './board.js';
import { csvText } from './csv-text.js';

export function resultCsv(views: readonly DeviceView[]): string {
  const heading = ['row', 'mac', 'model', 'address', 'state', 'verdict', ...evidenceNames, 'problem'];
  return csvText([heading, ...views.toSorted(byRow).map(cells)]);
}

/** Rows first, in their order; phones outside the rows after them. */
export function byRow(a: DeviceView, b: DeviceView): number {
  return (a.row ?? Infinity) - (b.row ?? Infinity) || a.mac.localeCompare(b.mac);
}

function cells(view: DeviceView): readonly string[] {
  return [
    view.row === null ? '' : String(view.row),
    spellMac(view.mac),
    view.model ?? '',
    view.address ?? '',
    view.state,
    view.verdict,
    ...evidenceNames.map((name) => view.evidence[name]?.at ?? ''),
    view.problem === null
      ? ''
      : [view.problem.code, ...Object.entries(view.problem.params).map(([name, value]) => `${name}=${value}`)].join(' '),
  ];
}
