/**
 * Which options of a read request are taken, and what is answered (RFC 2347; blksize RFC 2348; timeout and tsize RFC 2349; windowsize
 * RFC 7440).
 *
 * An option we do not know, or whose value makes no sense, is left out of the answer: the client then goes on without it.
 * RFC 2347 leaves the choice to the server, and no phone is worth failing over an option.
 */
import type { Options } from './packet.js';

export type Terms = {
  /** Bytes in every DATA packet but the last: 512 unless negotiated (RFC 1350 section 2). */
  readonly blockSize: number;
  /** DATA packets sent before an ACK is awaited: 1 unless negotiated (RFC 7440). */
  readonly windowSize: number;
  /** Seconds between retransmissions, where the client asked for its own. */
  readonly timeoutSeconds?: number;
  /** What the OACK says; empty: no OACK, DATA 1 is the answer (RFC 2347). */
  readonly accepted: Options;
};

const plainBlock = 512; // RFC 1350 section 2
const blocks = { least: 8, most: 65_464 }; // RFC 2348
const timeouts = { least: 1, most: 255 }; // RFC 2349, seconds
/** RFC 7440 allows 65535; what a phone's receive buffer takes in one go is far less, in packets and in bytes. */
const windows = { most: 65_535, granted: 32, bytes: 128 * 1024 };

/**
 * The terms of a transfer of `size` bytes. A block or a window above the largest is answered with the largest (RFC 2348: "less than
 * or equal"; RFC 7440 section 3 likewise).
 */
export function negotiate(asked: Options, size: number): Terms {
  const accepted = new Map<string, string>();
  let [blockSize, windowAsked] = [plainBlock, 1];
  let timeoutSeconds: number | undefined;
  for (const [name, text] of asked) {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : undefined;
    if (value === undefined) continue;
    if (name === 'blksize' && value >= blocks.least) {
      blockSize = Math.min(value, blocks.most);
      accepted.set(name, String(blockSize));
    } else if (name === 'timeout' && value >= timeouts.least && value <= timeouts.most) {
      timeoutSeconds = value;
      accepted.set(name, text); // RFC 2349: the same value, or none
    } else if (name === 'tsize') {
      accepted.set(name, String(size));
    } else if (name === 'windowsize' && value >= 1 && value <= windows.most) {
      windowAsked = value;
      accepted.set(name, text); // its place in the order; the value follows once the block size is known
    }
  }
  const windowSize = Math.max(1, Math.min(windowAsked, windows.granted, Math.floor(windows.bytes / blockSize)));
  if (accepted.has('windowsize')) accepted.set('windowsize', String(windowSize));
  return { blockSize, windowSize, accepted, ...(timeoutSeconds !== undefined && { timeoutSeconds }) };
}
