/**
 * Whether one name is used by two who speak in turn. What one of them says may change, as a phone's transaction does when it begins anew,
 * but it does not go back: A, B, A, B within a short time are two.
 */
import { Lately } from './lately.js';

/** What was said at `at` (milliseconds), and what another voice said before. */
export type Turn = { readonly voice: string | number; readonly at: number; before: Turn | undefined };

/** The turns with one more; no more than are needed are kept. */
export function takeTurn(last: Turn | undefined, voice: Turn['voice'], at: number): Turn {
  if (last?.voice === voice) return { voice, at, before: last.before };
  const third = last?.before?.before;
  if (third !== undefined) third.before = undefined;
  return { voice, at, before: last };
}

/** True when by now there must be two. */
export function alternate(newest: Turn, withinMs: number): boolean {
  const again = newest.before;
  const other = again?.before;
  const one = other?.before;
  if (again === undefined || other === undefined || one === undefined) return false;
  return one.voice === again.voice && other.voice === newest.voice && newest.at - one.at <= withinMs;
}

export class TwoVoices {
  readonly #withinMs: number;
  readonly #turns: Lately<string, Turn>;

  /** At most `most` names are remembered. */
  constructor({ withinMs, most = 8_192 }: { readonly withinMs: number; readonly most?: number }) {
    this.#withinMs = withinMs;
    this.#turns = new Lately(most);
  }

  /** Takes what was said at `now` (milliseconds); true when by now there must be two of the name, and then it is forgotten. */
  hear(name: string, voice: string, now: number): boolean {
    const turn = takeTurn(this.#turns.get(name), voice, now);
    const isTwo = alternate(turn, this.#withinMs);
    if (isTwo) this.#turns.delete(name);
    else this.#turns.set(name, turn);
    return isTwo;
  }
}
