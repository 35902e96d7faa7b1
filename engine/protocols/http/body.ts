/**
 * The content of a request, taken out of the stream of bytes (RFC 9112 sections 6 and 7.1).
 *
 *   4;name=value CRLF  <4 bytes> CRLF  0 CRLF  [trailers] CRLF          chunked; extensions and trailers are read past
 *
 * It keeps nothing but its place: pieces are parts of the bytes it is given.
 */
import type { Framing } from './request-head.js';

export type BodyStep = {
  readonly pieces: readonly Buffer[];
  /** Bytes that belong to the content or its framing; what follows is the next request. */
  readonly used: number;
  readonly state: 'more' | 'done' | 'bad';
};

/** A line of the chunked coding, its extensions included, and all trailers together. */
const mostLine = 512;
const mostTrailers = 4096;

/** Reads one content; `push` with the bytes as they come until its state is no longer `more`. Never throws. */
export class BodyReader {
  #left: number;
  #state: 'data' | 'size' | 'after' | 'trailers' | 'done' | 'bad';
  readonly #chunked: boolean;
  /** The start of a line whose end has not come yet. */
  #line = '';
  #trailers = 0;

  constructor(framing: Framing) {
    this.#chunked = framing.kind === 'chunked';
    this.#left = framing.kind === 'length' ? framing.bytes : 0;
    this.#state = this.#chunked ? 'size' : this.#left > 0 ? 'data' : 'done';
  }

  push(bytes: Buffer): BodyStep {
    const pieces: Buffer[] = [];
    let at = 0;
    while (at < bytes.length && this.#state !== 'done' && this.#state !== 'bad') {
      if (this.#state !== 'data') {
        at = this.#readLine(bytes, at);
        continue;
      }
      const taken = Math.min(this.#left, bytes.length - at);
      pieces.push(bytes.subarray(at, at + taken));
      at += taken;
      this.#left -= taken;
      if (this.#left === 0) this.#state = this.#chunked ? 'after' : 'done';
    }
    return { pieces, used: at, state: this.#state === 'done' || this.#state === 'bad' ? this.#state : 'more' };
  }

  #readLine(bytes: Buffer, from: number): number {
    const eol = bytes.indexOf(10, from);
    const stop = eol === -1 ? bytes.length : eol + 1;
    if (this.#line.length + stop - from > mostLine) {
      this.#state = 'bad';
      return from;
    }
    this.#line += bytes.toString('latin1', from, stop);
    if (eol === -1) return stop;
    const line = this.#line;
    this.#line = '';
    this.#take(line.endsWith('\r\n') ? line.slice(0, -2) : undefined);
    return stop;
  }

  #take(line: string | undefined): void {
    if (line === undefined) this.#state = 'bad';
    else if (this.#state === 'size') this.#takeSize(line);
    else if (this.#state === 'after') this.#state = line === '' ? 'size' : 'bad';
    else if (line === '') this.#state = 'done';
    else if ((this.#trailers += line.length) > mostTrailers) this.#state = 'bad';
  }

  #takeSize(line: string): void {
    const size = /^([0-9a-f]{1,12})(?:[ \t]*;[^\0\r]*)?$/i.exec(line)?.[1];
    if (size === undefined) {
      this.#state = 'bad';
      return;
    }
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left === 0 ? 'trailers' : 'data';
  }
}
