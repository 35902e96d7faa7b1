/**
 * Datagrams handed to the system some at a time (sendmmsg(2)) through koffi, for each call of it costs Node about as much as the system's
 * own work. The structures are those of native-batch.ts, Linux on 64 bit little-endian alone.
 */
import { addressNumber } from '../protocols/dhcp/ipv4.js';
import { batchable, block, field, size } from './native-batch.js';

type To = { readonly address: string; readonly port: number };

/** What could not be sent with the others: to be tried by itself, which tells why. */
export type Unsent<T> = (bytes: Uint8Array, to: To, note: T) => void;

export type Outbox<T> = {
  /** Takes a datagram to send at the end of this turn at the latest, in the order of taking; false where it is too long for it. */
  add(bytes: Uint8Array, to: To, note: T): boolean;
  /** Sends what was taken; before the socket is closed. */
  flush(): void;
};

const atOnce = 16;
/** No DHCP message is longer (fit.ts). */
const most = 1_500;
const AF_INET = 2;
const MSG_DONTWAIT = 0x40;

type Send = (fd: number, messages: Uint8Array, count: number, flags: number) => number;

/** An outbox of a socket; undefined where it can't be: the caller sends one at a time. */
export async function outboxOf<T>(fd: number, unsent: Unsent<T>): Promise<Outbox<T> | undefined> {
  if (!batchable()) return undefined;
  try {
    const { default: koffi } = await import('koffi');
    const send = koffi.load(null).func('int sendmmsg(int, void *, unsigned int, int)') as Send;
    return outboxWith(
      (messages, count) => send(fd, messages, count, MSG_DONTWAIT),
      (bytes) => koffi.address(bytes),
      unsent,
    );
  } catch {
    return undefined; // no build of koffi for this system
  }
}

function outboxWith<T>(
  send: (messages: Uint8Array, count: number) => number,
  addressOf: (bytes: Uint8Array) => bigint,
  unsent: Unsent<T>,
): Outbox<T> {
  const [messages, names, pieces] = [block(size.message, atOnce), block(size.name, atOnce), block(size.piece, atOnce)];
  const content = block(most, atOnce);
  for (let i = 0; i < atOnce; i += 1) {
    const message = size.message * i;
    messages.writeBigUInt64LE(addressOf(names) + BigInt(size.name * i), message);
    messages.writeUInt32LE(size.name, message + field.namelen);
    messages.writeBigUInt64LE(addressOf(pieces) + BigInt(size.piece * i), message + field.iov);
    messages.writeUInt32LE(1, message + field.iovlen);
    pieces.writeBigUInt64LE(addressOf(content) + BigInt(most * i), size.piece * i);
    names.writeUInt16LE(AF_INET, size.name * i);
  }
  let held: { readonly bytes: Uint8Array; readonly to: To; readonly note: T }[] = [];

  function flush(): void {
    const all = held;
    if (all.length === 0) return;
    held = [];
    // The system reads where the pieces point to, as long as this stands.
    const sent = pieces.length > 0 && content.length > 0 ? Math.max(0, send(messages, all.length)) : 0;
    for (const { bytes, to, note } of all.slice(sent)) unsent(bytes, to, note);
  }

  return {
    flush,
    add(bytes, to, note) {
      if (bytes.length > most) return false;
      const i = held.length;
      content.set(bytes, most * i);
      pieces.writeUInt32LE(bytes.length, size.piece * i + 8);
      names.writeUInt16BE(to.port, size.name * i + 2);
      names.writeUInt32BE(addressNumber(to.address), size.name * i + 4);
      held.push({ bytes, to, note });
      if (i === 0) queueMicrotask(flush);
      else if (held.length === atOnce) flush();
      return true;
    },
  };
}
