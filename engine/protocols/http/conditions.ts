/**
 * Conditional requests and ranges of one representation (RFC 9110 sections 13 and 14), by strong entity tags alone.
 *
 * Dates are not looked at: a bench's clock is set by whoever unpacked the laptop. One range is answered in part; several, which no
 * phone asks for, are answered whole, as section 14.2 allows.
 */

export type Selection =
  | { readonly kind: 'whole' }
  /** Bytes `from` to `to`, the last not included. */
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  | { readonly kind: 'notModified' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'unsatisfiable' };

const whole = { kind: 'whole' } as const;

type Conditions = {
  readonly fields: ReadonlyMap<string, string>;
  /** Of the representation as it is now, quoted; undefined where it has none. */
  readonly etag: string | undefined;
  readonly size: number;
};

/** What a GET or HEAD is to be given, in the order of RFC 9110 section 13.2.2. */
export function select({ fields, etag, size }: Conditions): Selection {
  if (fields.size === 0) return whole;
  const ifMatch = fields.get('if-match');
  if (ifMatch !== undefined && !matches(ifMatch, etag, 'strong')) return { kind: 'failed' };
  const ifNoneMatch = fields.get('if-none-match');
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, etag, 'weak')) return { kind: 'notModified' };
  const range = fields.get('range');
  if (range === undefined) return whole;
  const ifRange = fields.get('if-range');
  return ifRange === undefined || (etag !== undefined && ifRange === etag) ? readRange(range, size) : whole;
}

/** RFC 9110 section 14.1.2: one range of bytes; what is no such range is ignored. */
export function readRange(value: string, size: number): Selection {
  const parts = /^bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})$/i.exec(value.trim());
  if (parts === null) return whole;
  const [, first = '', last = ''] = parts;
  if (first === '' && last === '') return whole;
  if (first === '') {
    const suffix = Math.min(Number(last), size);
    return suffix === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', from: size - suffix, to: size };
  }
  const from = Number(first);
  const to = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < from) return whole;
  return from >= size ? { kind: 'unsatisfiable' } : { kind: 'part', from, to };
}

/** Whether a list of entity tags, or `*`, has this one. Strong comparison takes no weak tag for equal (section 8.8.3.2). */
function matches(list: string, etag: string | undefined, comparison: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true;
  if (etag === undefined) return false;
  for (const [, weak, tag] of list.matchAll(/(W\/)?("[^"]*")/g)) {
    if (tag === etag && (comparison === 'weak' || weak === undefined)) return true;
  }
  return false;
}
