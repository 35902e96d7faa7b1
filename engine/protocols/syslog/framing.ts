/**
 * Syslog messages out of a TCP stream (RFC 6587), frame by frame:
 *
 *   octet counting (3.4.1)       MSG-LEN SP SYSLOG-MSG     "29 <13>CP-8851-3PCC ... -- hello"
 *   non-transparent (3.4.2)      SYSLOG-MSG LF             also NUL and CR LF, as senders have it
 *
 * A sender may mix them: what begins with a number, a blank and "<" is counted, everything else ends with its line.
 */
const [lf, nul, blank, bracket] = [0x0a, 0x00, 0x20, 0x3c];
const [zero, one, nine] = [0x30, 0x31, 0x39];
/** Digits of a length that is believed; 9,999,999 bytes of a message are no message of a phone, but may be skipped. */
const mostDigits = 7;

/** What is missing of the frame at hand: nothing known yet, so many counted bytes, or the end of the line. */
type Within = { readonly kind: 'start' } | { readonly kind: 'counted'; left: number } | { readonly kind: 'line' };

export class Framer {
  readonly #most: number;
  readonly #say: (frame: Buffer) => void;
  #within: Within = { kind: 'start' };
  /** Bytes of a frame that has begun, no more than `most`. */
  #kept: Buffer[] = [];
  #size = 0;

  /** `say` gets each frame without its delimiter, cut after `most` bytes; empty lines are none. */
  constructor(most: number, say: (frame: Buffer) => void) {
    this.#most = most;
    this.#say = say;
  }

  /** Bytes held back until their frame ends; never more than `most` and a length. */
  get waiting(): number {
    return this.#size;
  }

  /** Takes what the stream brought. Never throws; every byte sequence is frames of some kind. */
  take(bytes: Uint8Array): void {
    let chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (chunk.length > 0) {
      const within = this.#within;
      if (within.kind === 'start') chunk = this.#begin(chunk);
      else if (within.kind === 'counted') chunk = this.#count(within, chunk);
      else chunk = this.#line(chunk);
    }
  }

  /** The stream has ended: what was begun is a frame too. */
  end(): void {
    this.#finish();
  }

  /** Decides how the frame that begins here is framed; what is too short to tell waits for more. */
  #begin(chunk: Buffer): Buffer {
    const head = this.#size === 0 ? chunk : Buffer.concat([...this.#kept, chunk]);
    this.#drop();
    const counted = lengthOf(head);
    if (counted === 'more') {
      this.#keep(head);
      return head.subarray(head.length);
    }
    this.#within = counted === undefined ? { kind: 'line' } : { kind: 'counted', left: counted.bytes };
    return head.subarray(counted?.digits ?? 0);
  }

  #count(within: { left: number }, chunk: Buffer): Buffer {
    const part = chunk.subarray(0, within.left);
    this.#keep(part);
    within.left -= part.length;
    if (within.left === 0) this.#finish();
    return chunk.subarray(part.length);
  }

  #line(chunk: Buffer): Buffer {
    const end = lineEnd(chunk);
    this.#keep(chunk.subarray(0, end ?? chunk.length));
    if (end === undefined) return chunk.subarray(chunk.length);
    this.#finish();
    return chunk.subarray(end + 1);
  }

  #keep(part: Buffer): void {
    const room = this.#most - this.#size;
    if (room <= 0 || part.length === 0) return;
    this.#kept.push(Buffer.from(part.subarray(0, room))); // a view would keep the whole chunk in memory
    this.#size += Math.min(room, part.length);
    // many tiny chunks cost more than their bytes
    if (this.#kept.length > 64) this.#kept = [Buffer.concat(this.#kept)];
  }

  #finish(): void {
    const frame = Buffer.concat(this.#kept);
    this.#drop();
    this.#within = { kind: 'start' };
    if (frame.some((byte) => byte !== lf && byte !== nul && byte !== 0x0d)) this.#say(frame);
  }

  #drop(): void {
    this.#kept = [];
    this.#size = 0;
  }
}

/** The length at the head of a counted frame and the bytes it takes there; undefined for another frame, `more` while that can't be said. */
function lengthOf(head: Buffer): { bytes: number; digits: number } | 'more' | undefined {
  let at = 0;
  while (at < head.length && at <= mostDigits && isDigit(head[at], at === 0 ? one : zero)) at += 1;
  if (at === 0 || at > mostDigits) return undefined;
  if (at === head.length) return 'more';
  if (head[at] !== blank) return undefined;
  if (at + 1 === head.length) return 'more';
  return head[at + 1] === bracket ? { bytes: Number(head.toString('latin1', 0, at)), digits: at + 1 } : undefined;
}

function isDigit(byte: number | undefined, least: number): boolean {
  return byte !== undefined && byte >= least && byte <= nine;
}

/** Where the first LF or NUL stands. */
function lineEnd(chunk: Buffer): number | undefined {
  const found = chunk.indexOf(lf);
  const early = (found === -1 ? chunk : chunk.subarray(0, found)).indexOf(nul);
  const end = early === -1 ? found : early;
  return end === -1 ? undefined : end;
}
