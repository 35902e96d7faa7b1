/**
 * How long to wait before a packet is sent again: RFC 6298, from the round trips seen.
 *
 * A wired bench answers in single milliseconds, so the floor is 200 ms and not a second; the wait doubles with each silence
 * (section 5.5) and stays doubled until an answer can be told apart from one to the packet before (Karn's rule, section 3).
 */
const first = 500; // before anything was seen
const floor = 200;
const most = 4_000;

export class RoundTrip {
  #smoothed = -1;
  #variation = 0;
  #wait = first;

  /** Milliseconds until a packet is sent again. */
  get wait(): number {
    return this.#wait;
  }

  /** A round trip of `ms`, of a packet that was sent once only. */
  sample(ms: number): void {
    if (this.#smoothed < 0) {
      this.#smoothed = ms; // RFC 6298 section 2.2
      this.#variation = ms / 2;
    } else {
      this.#variation += (Math.abs(this.#smoothed - ms) - this.#variation) / 4; // section 2.3
      this.#smoothed += (ms - this.#smoothed) / 8;
    }
    this.#wait = Math.min(most, Math.max(floor, this.#smoothed + 4 * this.#variation));
  }

  /** Nothing was heard for as long as `wait`. */
  backOff(): void {
    this.#wait = Math.min(most, 2 * this.#wait);
  }
}
