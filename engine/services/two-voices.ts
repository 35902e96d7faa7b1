/**
 * Whether one name is used by two who speak in turn. What one of them says may change, as a phone's transaction does when it begins anew,
 * but it does not go back: A, B, A, B within a short time are two.
 */

type Turn = { readonly voice: string; readonly at: number };

export class TwoVoices {
  readonly #withinMs: number;
  readonly #most: number;
  readonly #turns = new Map<string, readonly Turn[]>();

  /** `most` names are remembered; the one longest silent goes first. */
  constructor({ withinMs, most = 4_096 }: { readonly withinMs: number; readonly most?: number }) {
    this.#withinMs = withinMs;
    this.#most = most;
  }

  /** Takes what was said at `now` (milliseconds); true when by now there must be two of the name, and then it is forgotten. */
  hear(name: string, voice: string, now: number): boolean {
    const before = this.#turns.get(name) ?? [];
    const last = before.at(-1);
    const turns = last?.voice === voice ? [...before.slice(0, -1), { voice, at: now }] : [...before, { voice, at: now }].slice(-4);
    this.#turns.delete(name);
    const [one, other, again, otherAgain] = turns;
    const isTwo =
      one !== undefined && again?.voice === one.voice && otherAgain?.voice === other?.voice && otherAgain !== undefined
        ? otherAgain.at - one.at <= this.#withinMs
        : false;
    if (isTwo) return true;
    this.#turns.set(name, turns);
    const [oldest] = this.#turns.keys();
    if (this.#turns.size > this.#most && oldest !== undefined) this.#turns.delete(oldest);
    return false;
  }
}
