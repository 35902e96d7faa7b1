/**
 * Keeps a phone that repeats itself from filling the journal, without touching the evidence.
 *
 * Words are of a kind: step, outcome, purpose. Each kind of each device has a token bucket of its own, so that a flood of one does not
 * drown another; the first of a kind, and every change between failure and success of a step and purpose, passes whatever the bucket holds.
 */
import type { Word } from '../../phones/pack.js';

/** Words of a kind that pass at once, and how long one takes to come back. A phone in trouble says each every 30 s. */
const gateLimits = { burst: 10, refillMs: 2_000 } as const;
/** Addresses remembered; a forgotten one begins anew, which lets too much pass rather than too little. */
const mostDevices = 4_096;

type Bucket = { tokens: number; since: number };
type Heard = { readonly buckets: Map<string, Bucket>; readonly results: Map<string, Word['outcome']> };

export class WordGate {
  readonly #devices = new Map<string, Heard>();

  /** Whether a word of the device at `address` is to be kept; `now` in milliseconds. */
  admits(address: string, { step, outcome, purpose }: Pick<Word, 'step' | 'outcome' | 'purpose'>, now: number): boolean {
    const { buckets, results } = this.#heard(address);
    const turns = outcome !== 'requesting' && results.get(`${step} ${purpose ?? ''}`) !== outcome;
    if (outcome !== 'requesting') results.set(`${step} ${purpose ?? ''}`, outcome);
    const kind = `${step} ${outcome} ${purpose ?? ''}`;
    const bucket = buckets.get(kind);
    if (bucket === undefined) {
      buckets.set(kind, { tokens: gateLimits.burst - 1, since: now });
      return true;
    }
    // a clock that was set back refills nothing, and is believed from then on
    bucket.tokens = Math.min(gateLimits.burst, bucket.tokens + Math.max(0, now - bucket.since) / gateLimits.refillMs);
    bucket.since = now;
    if (bucket.tokens < 1) return turns;
    bucket.tokens -= 1;
    return true;
  }

  #heard(address: string): Heard {
    const known = this.#devices.get(address);
    if (known !== undefined) return known;
    if (this.#devices.size >= mostDevices) this.#devices.delete(this.#devices.keys().next().value ?? '');
    const heard: Heard = { buckets: new Map(), results: new Map() };
    this.#devices.set(address, heard);
    return heard;
  }
}
