/**
 * One read transfer as a state machine (RFC 1350 section 2 and 6), apart from sockets, files and time.
 *
 * The rule that keeps it alive on a busy switch: only the ACK that is awaited moves it on, and only the timer sends a packet again.
 * A duplicated or late ACK therefore never causes a DATA packet (RFC 1123 section 4.2.3.1, "Sorcerer's Apprentice Syndrome").
 * Blocks are counted without end here; on the wire they are 16 bit and roll over to 0.
 */
import type { Terms } from '../../protocols/tftp/options.js';

export type Transfer = {
  readonly terms: Terms;
  /** Bytes to send. */
  readonly size: number;
  /** Block whose ACK is awaited; 0 is the ACK of the OACK (RFC 2347). */
  readonly awaiting: number;
  /** How often the awaited packet was sent again. */
  readonly resent: number;
};

export type Heard =
  | { readonly kind: 'ack'; readonly block: number }
  /** The client gave up, for a reason of its own. */
  | { readonly kind: 'error' }
  /** The time for the awaited ACK is over. */
  | { readonly kind: 'expired' };

/** What is to be sent: the OACK, or a DATA packet with the bytes `from` to `to` of the content. */
export type Outgoing =
  | { readonly kind: 'optionAck' }
  | { readonly kind: 'data'; readonly block: number; readonly from: number; readonly to: number };

export type Step =
  /** Send, and let the transfer hear `expired` after `wait` milliseconds. */
  | { readonly kind: 'send'; readonly transfer: Transfer; readonly send: Outgoing; readonly wait: number }
  /** Nothing to do: not what was awaited. The timer runs on. */
  | { readonly kind: 'ignore' }
  | { readonly kind: 'ended'; readonly because: 'delivered' | 'error' | 'timeout' };

/** Milliseconds until a packet is sent again, one for each try; a wired bench answers in single milliseconds (RFC 1123 section 4.2.3.2: back off). */
const waits = [500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000];

/** With a time-out of the client's own (RFC 2349) it is always that, for about as long in all, and three times at least. */
const ownTimeoutSpan = 20_000;

/** The first step: OACK where an option was taken, else DATA 1. */
export function begin(terms: Terms, size: number): Step & { kind: 'send' } {
  return sendAwaited({ terms, size, awaiting: terms.accepted.size > 0 ? 0 : 1, resent: 0 });
}

export function advance(transfer: Transfer, heard: Heard): Step {
  switch (heard.kind) {
    case 'ack':
      if (heard.block !== wireBlock(transfer.awaiting)) return { kind: 'ignore' };
      if (transfer.awaiting === lastBlock(transfer)) return { kind: 'ended', because: 'delivered' };
      return sendAwaited({ ...transfer, awaiting: transfer.awaiting + 1, resent: 0 });
    case 'error':
      return { kind: 'ended', because: 'error' };
    case 'expired':
      if (transfer.resent + 1 >= tries(transfer.terms)) return { kind: 'ended', because: 'timeout' };
      return sendAwaited({ ...transfer, resent: transfer.resent + 1 });
  }
}

/** Bytes the client has acknowledged. */
export function acknowledged({ terms, size, awaiting }: Transfer): number {
  return Math.min(size, Math.max(0, awaiting - 1) * terms.blockSize);
}

/** A block number as it is on the wire: after 65535 comes 0. */
export function wireBlock(block: number): number {
  return block & 0xffff;
}

/** The first block that is shorter than the others, empty where the size is a multiple (RFC 1350 section 6). */
function lastBlock({ terms, size }: Transfer): number {
  return Math.floor(size / terms.blockSize) + 1;
}

function sendAwaited(transfer: Transfer): Step & { kind: 'send' } {
  const { terms, size, awaiting, resent } = transfer;
  const wait = terms.timeoutSeconds === undefined ? (waits[resent] ?? 4_000) : 1_000 * terms.timeoutSeconds;
  if (awaiting === 0) return { kind: 'send', transfer, send: { kind: 'optionAck' }, wait };
  const from = (awaiting - 1) * terms.blockSize;
  const to = Math.min(size, from + terms.blockSize);
  return { kind: 'send', transfer, send: { kind: 'data', block: awaiting, from, to }, wait };
}

function tries({ timeoutSeconds }: Terms): number {
  return timeoutSeconds === undefined ? waits.length : Math.max(3, Math.floor(ownTimeoutSpan / (1_000 * timeoutSeconds)));
}
