/** The same phone, number or person in two rows. Which of the two is right nobody here can know. */
import type { Mac } from '../contract/mac.js';
import type { Problem } from '../contract/problem.js';
import type { Row } from './job.js';
import { errorAt, shown, warningAt } from './problems.js';

type Named = { readonly line: number; readonly values: Row['values'] };

/** MACs of several rows: an error at each of them, the first too, for whoever leaves bad rows out must not serve the wrong one. */
export function duplicateMacs(rows: readonly { readonly mac: Mac | null; readonly line: number }[], heading: string): Problem[] {
  return twins(rows, ({ mac }) => mac ?? '').flatMap(({ line, other, value }) =>
    errorAt('mac.duplicate', { line, column: heading }, { value, line: other }),
  );
}

/** Extensions and users of several rows: perhaps a shared line, so a warning at every later row. The value is told where people read it aloud. */
export function duplicateNumbers(rows: readonly Named[], column: 'extension' | 'user', heading: string): Problem[] {
  return twins(rows, ({ values }) => values[column] ?? '')
    .filter(({ isFirst }) => !isFirst)
    .map(({ line, other, value }) => warningAt(numberCodes[column], { line, column: heading }, { value: shown(value), line: other }));
}

const numberCodes = { extension: 'extension.duplicate', user: 'user.duplicate' } as const;

type Twin = { readonly line: number; readonly other: number; readonly value: string; readonly isFirst: boolean };

/** Every row whose value another has, the first of them too, once. */
function twins<T extends { readonly line: number }>(rows: readonly T[], valueOf: (row: T) => string): Twin[] {
  const first = new Map<string, number>();
  const told = new Set<string>();
  const found: Twin[] = [];
  for (const row of rows) {
    const value = valueOf(row);
    if (value === '') continue;
    const other = first.get(value);
    if (other === undefined) {
      first.set(value, row.line);
      continue;
    }
    found.push({ line: row.line, other, value, isFirst: false });
    if (!told.has(value)) found.push({ line: other, other: row.line, value, isFirst: true });
    told.add(value);
  }
  return found;
}
