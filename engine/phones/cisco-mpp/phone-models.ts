/** The models of the family: how people, labels and the phones themselves spell them, and how many lines each has. */
import models from '../../../resources/cisco-mpp/models.json' with { type: 'json' };
import { nearest } from '../../profiles/nearest.js';

const linesOf: ReadonlyMap<string, number> = new Map(models.map(({ model, lines }) => [model, lines]));

/** True for a model of the family by its short name ("8851"). */
export function isModel(model: string): boolean {
  return linesOf.has(model);
}

/** How many lines (extensions, line keys) a model has; undefined for one the family lacks. */
export function linesOn(model: string): number | undefined {
  return linesOf.get(model);
}

/**
 * Reads `8851`, `CP-8851-3PCC`, `CP-8851-K9=`, `cp 8851`, `CP-8865NR-K9`, with anything an order number adds behind. A radio-less
 * variant (NR) counts as its model: which name its firmware uses is not documented.
 */
export function readModel(text: string): { model: string } | { model?: undefined; suggestion: string | null } {
  const spelled = text
    .normalize('NFKC')
    .trim()
    .replace(/^cisco\s+/i, '')
    .replace(/^(?:ip )?phone\s+/i, '');
  const digits = /^(?:CP[-_ ]?)?(\d{4})(?:NR)?(?:-[0-9A-Z]+)*=*$/i.exec(spelled)?.[1];
  if (digits !== undefined && isModel(digits)) return { model: digits };
  const core = digits ?? spelled.replace(/^CP[-_ ]?/i, '').slice(0, 6);
  return { suggestion: nearest(core, linesOf.keys()) };
}
