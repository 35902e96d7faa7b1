/**
 * What the bench may say of a phone, from what it saw.
 *
 * Pure: the same evidence gives the same verdict, whatever the clock, the order of packets or the screen.
 * The rule everything hangs on: missing evidence is never a pass.
 */
import { type Evidence, type EvidenceName, evidenceNames } from '../contract/evidence.js';

/** Something seen that a good phone does not do. */
export type Contradiction =
  | 'resync-failed'
  | 'marker-differs'
  | 'parameter-differs'
  | 'wrong-image'
  | 'other-model'
  | 'second-phone-with-this-mac'
  | 'reset-after-hand-off'
  | 'silent-before-delivery';

export type Seen = {
  readonly evidence: Evidence;
  readonly contradiction?: Contradiction;
  /** The clock observed that the phone has had its time for the current stage. */
  readonly overdue: boolean;
};

export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'fail'; readonly because: Contradiction }
  | { readonly kind: 'unverified'; readonly missing: readonly EvidenceName[] }
  | { readonly kind: 'pending'; readonly waitingFor: EvidenceName };

/** Judges one phone. A contradiction outweighs any evidence: a phone that later takes its profile clears it by being seen anew. */
export function verdict({ evidence, contradiction, overdue }: Seen): Verdict {
  if (contradiction !== undefined) return { kind: 'fail', because: contradiction };
  const missing = evidenceNames.filter((name) => evidence[name] === undefined);
  const [next] = missing;
  if (next === undefined) return { kind: 'pass' };
  if (!overdue) return { kind: 'pending', waitingFor: next };
  return evidence.delivery === undefined ? { kind: 'fail', because: 'silent-before-delivery' } : { kind: 'unverified', missing };
}
