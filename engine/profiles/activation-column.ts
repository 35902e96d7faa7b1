/**
 * Activation codes (facts section 2.3): 16 digits that the phone's user types once, when its rule is `gds://`. A code opens one phone and
 * no other, so two rows never have the same.
 */
import type { Problem } from '../contract/problem.js';
import type { Row } from './job.js';
import { errorAt, shown } from './problems.js';

/** The digits of a code however they are grouped; undefined for what is none. */
export function activationDigits(text: string): string | undefined {
  const digits = text.normalize('NFKC').replaceAll(/[\s-]/g, '');
  return /^\d{16}$/.test(digits) ? digits : undefined;
}

/** Codes that are none, and codes of two rows. The code is told to nobody here. */
export function activationProblems(rows: readonly Pick<Row, 'line' | 'values'>[], heading: string): Problem[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ line, values }) => {
    const written = values['activation_code'] ?? '';
    if (written === '') return [];
    const digits = activationDigits(written);
    if (digits === undefined) return errorAt('activation.digits', { line, column: heading }, { value: shown(written) });
    const other = first.get(digits);
    if (other !== undefined) return errorAt('activation.duplicate', { line, column: heading }, { line: other });
    first.set(digits, line);
    return [];
  });
}
