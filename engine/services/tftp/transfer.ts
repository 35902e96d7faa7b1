/**
 * One read transfer as a state machine (RFC 1350 section 2 and 6, windows by RFC 7440), apart from sockets, files and clocks: times
 * come as milliseconds of whoever asks.
 *
 * The rule that keeps it alive on a busy switch: only an ACK of something unacknowledged moves it on, and only the time that is over or an
 * ACK in the middle of a window (its successor is missing, RFC 7440 section 4) makes it send again. A duplicated or late ACK therefore
 * never causes a DATA packet (RFC 1123 section 4.2.3.1, "Sorcerer's Apprentice Syndrome").
 * Blocks are counted without end here; on the wire they are 16 bit and roll over to 0. Block 0 is the OACK.
 */
import type { Terms } from '../../protocols/tftp/options.js';
import { RoundTrip } from './round-trip.js';

/** Milliseconds without any progress after which a client is given up, whatever it was sent meanwhile. */
const patience = 20_000;
/** With a time-out of the client's own (RFC 2349): for three of them, but nobody holds a place for minutes. */
const own = { tries: 3, mostWait: 30_000, mostPatience: 90_000 };

export class Transfer {
  readonly #terms: Terms;
  readonly #size: number;
  /** The first block that is shorter than the others, empty where the size is a multiple (RFC 1350 section 6). */
  readonly last: number;
  readonly #trip = new RoundTrip();
  /** First block that is not acknowledged. */
  #base: number;
  /** Next block to send. */
  #next: number;
  /** Last block that was ever sent; blocks up to `#doubtful` were sent more than once, or may have been. */
  #highest: number;
  #doubtful = -1;
  #sentAt = 0;
  #progressAt: number;
  #again = 0;

  constructor(terms: Terms, size: number, now: number) {
    this.#terms = terms;
    this.#size = size;
    this.last = Math.floor(size / terms.blockSize) + 1;
    this.#base = terms.accepted.size > 0 ? 0 : 1;
    this.#next = this.#base;
    this.#highest = this.#base - 1;
    this.#progressAt = now;
  }

  /** The block that may be sent now; -1 while an ACK is awaited. */
  get due(): number {
    const end = this.#base === 0 ? 0 : Math.min(this.last, this.#base + this.#terms.windowSize - 1);
    return this.#next <= end ? this.#next : -1;
  }

  /** When time is over unless something is heard; only meaningful while an ACK is awaited. */
  get deadline(): number {
    const { timeoutSeconds } = this.#terms;
    return this.#sentAt + (timeoutSeconds === undefined ? this.#trip.wait : Math.min(own.mostWait, timeoutSeconds * 1_000));
  }

  /** Packets sent again. */
  get retransmits(): number {
    return this.#again;
  }

  /** DATA packets that are acknowledged. */
  get blocks(): number {
    return Math.max(0, this.#base - 1);
  }

  /** Bytes the client has acknowledged. */
  get acknowledged(): number {
    return Math.min(this.#size, this.blocks * this.#terms.blockSize);
  }

  /** Where in the content a block begins; it ends where the next begins, or with the content. */
  startOf(block: number): number {
    return Math.min(this.#size, (block - 1) * this.#terms.blockSize);
  }

  /** `due` has left; true when it had been sent before. */
  sent(now: number): boolean {
    const again = this.#next <= this.#highest;
    if (again) {
      this.#again++;
      this.#doubtful = Math.max(this.#doubtful, this.#next);
    } else this.#highest = this.#next;
    this.#next++;
    this.#sentAt = now;
    return again;
  }

  /** An ACK, its block as on the wire. */
  ack(block: number, now: number): 'moved' | 'ignored' | 'delivered' {
    const acked = this.#base - 1 + ((block - (this.#base - 1)) & 0xffff);
    if (acked < this.#base || acked > this.#highest) return 'ignored'; // a duplicate, late, or of what was never sent
    if (acked === this.#next - 1 && acked > this.#doubtful) this.#trip.sample(now - this.#sentAt);
    this.#base = acked + 1;
    this.#next = acked + 1; // in the middle of a window: from there on again (RFC 7440 section 4)
    this.#progressAt = now;
    return acked === this.last ? 'delivered' : 'moved';
  }

  /** Time is over: the window goes out again, or the client is given up. */
  expire(now: number): 'again' | 'timeout' {
    const { timeoutSeconds } = this.#terms;
    const limit =
      timeoutSeconds === undefined ? patience : Math.min(own.mostPatience, Math.max(patience, own.tries * timeoutSeconds * 1_000));
    if (now - this.#progressAt >= limit) return 'timeout';
    this.#next = this.#base;
    this.#trip.backOff();
    return 'again';
  }
}
