/**
 * Whether one name is used by two who speak in turn. What one of them says may change, as a phone's transaction does when it begins anew,
 * but it does not go back: A, B, A, B within a short time are two.
 */
import { Lately } from './lately.js';

type Turn = { readonly voice: string; readonly at: number };

export class TwoVoices {
  readonly #withinMs: number;
  readonly #turns: Lately<string, readonly Turn[]>;

  /** At most `most` names are remembered. */
  constructor({ withinMs, most = 8_192 }: { readonly withinMs: number; readonly most?: number }) {
    this.#withinMs = withinMs;
    this.#turns = new Lately(most);
  }

  /** Takes what was said at `now` (milliseconds); true when by now there must be two of the name, and then it is forgotten. */
  hear(name: string, voice: string, now: number): boolean {
    const before = this.#turns.get(name) ?? [];
    const last = before.at(-1);
    const kept = last?.voice === voice ? before.slice(0, -1) : before.slice(-3);
    const turns = [...kept, { voice, at: now }];
    const isTwo = this.#alternate(turns);
    if (isTwo) this.#turns.delete(name);
    else this.#turns.set(name, turns);
    return isTwo;
  }

  #alternate([one, other, again, otherAgain]: readonly Turn[]): boolean {
    if (one === undefined || other === undefined || again === undefined || otherAgain === undefined) return false;
    return one.voice === again.voice && other.voice === otherAgain.voice && otherAgain.at - one.at <= this.#withinMs;
  }
}
