/** What a call of the contract comes to: a value, or an expected failure with its code. */
import type { CallError, CallName, Input, Output } from '../contract/calls.js';
import type { Params, Refusal } from '../contract/problem.js';

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };

/** What the desk does for each call, once its input is known to be sound. */
export type Handlers = { readonly [Name in CallName]: (input: Input<Name>) => Reply<Output<Name>> | Promise<Reply<Output<Name>>> };

export function done<T>(value: T): Reply<T> {
  return { ok: true, value };
}

export function failed(code: string, params: Params = {}): { readonly ok: false; readonly error: CallError } {
  return { ok: false, error: { code, params: { ...params } } };
}

export function refused({ code, params }: Refusal): { readonly ok: false; readonly error: CallError } {
  return failed(code, params);
}
