/** What is found wrong with a value. An error is one the phone would drop or misread in silence, a warning one somebody may regret. */
import type { Params } from '../../contract/problem.js';

export type Finding = {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly params?: Params;
  readonly suggestion?: string | null;
};

export function error(code: string, params: Params = {}, suggestion: string | null = null): Finding {
  return { severity: 'error', code, params, suggestion };
}

export function warning(code: string, params: Params = {}, suggestion: string | null = null): Finding {
  return { severity: 'warning', code, params, suggestion };
}
