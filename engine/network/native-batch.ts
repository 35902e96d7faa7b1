/**
 * Datagrams fetched from the system many at a time (recvmmsg(2)) through koffi: Node makes 64 KiB of memory, an object for the sender and
 * a call of its own for each. Linux on 64 bit little-endian alone, for it lays out the system's structures by hand:
 *
 *   mmsghdr (64 bytes)  name 0 | namelen 8 | iov 16 | iovlen 24 | control 32 | controllen 40 | flags 48 | len 56
 *   iovec (16)  base 0 | len 8       sockaddr_in (16)  family 0 | port 2 | address 4
 */
import { endianness } from 'node:os';
import { addressAt } from '../protocols/dhcp/ipv4.js';

/** Hears of a datagram; its bytes are the listener's own. */
export type Heard = (datagram: Uint8Array, from: { readonly address: string; readonly port: number }) => void;

/** Hands on what waits at a socket now, 64 datagrams at most; gives how many there were. */
export type Drain = (fd: number, heard: Heard) => number;

const atOnce = 64;
/** What a datagram may hold at most. Memory that no datagram has come to is none: the system gives it page by page. */
const most = 65_536;
const MSG_DONTWAIT = 0x40;
export const size = { message: 64, name: 16, piece: 16 };
/** Where in a `mmsghdr`. */
export const field = { namelen: 8, iov: 16, iovlen: 24, len: 56 };

/** Whether the structures are laid out here as they are above. */
export function batchable(): boolean {
  return process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch) && endianness() === 'LE';
}

/** Undefined where it can't be: the caller reads as Node does. */
export async function drainer(): Promise<Drain | undefined> {
  if (!batchable()) return undefined;
  try {
    const { default: koffi } = await import('koffi');
    const receive = koffi.load(null).func('int recvmmsg(int, void *, unsigned int, int, void *)') as Receive;
    return drainWith(receive, (bytes) => koffi.address(bytes));
  } catch {
    return undefined; // no build of koffi for this system
  }
}

type Receive = (fd: number, messages: Uint8Array, count: number, flags: number, timeout: null) => number;

function drainWith(receive: Receive, addressOf: (bytes: Uint8Array) => bigint): Drain {
  const [messages, names, pieces] = [block(size.message), block(size.name), block(size.piece)];
  const content = block(most);
  for (let i = 0; i < atOnce; i += 1) {
    const message = size.message * i;
    messages.writeBigUInt64LE(addressOf(names) + BigInt(size.name * i), message);
    messages.writeBigUInt64LE(addressOf(pieces) + BigInt(size.piece * i), message + field.iov);
    messages.writeUInt32LE(1, message + field.iovlen);
    pieces.writeBigUInt64LE(addressOf(content) + BigInt(most * i), size.piece * i);
    pieces.writeUInt32LE(most, size.piece * i + 8);
  }
  return (fd, heard) => {
    for (let i = 0; i < atOnce; i += 1) messages.writeUInt32LE(size.name, size.message * i + field.namelen);
    const count = receive(fd, messages, atOnce, MSG_DONTWAIT, null);
    // Copied first: a listener may drain another socket.
    const all = Array.from({ length: Math.max(0, count) }, (_, i) => {
      const bytes = Buffer.allocUnsafe(messages.readUInt32LE(size.message * i + field.len));
      content.copy(bytes, 0, most * i, most * i + bytes.length);
      const name = size.name * i;
      return { bytes, from: { address: addressAt(names, name + 4), port: names.readUInt16BE(name + 2) } };
    });
    // The system writes where the pieces point to, as long as this stands.
    if (pieces.length > 0) for (const { bytes, from } of all) heard(bytes, from);
    return all.length;
  };
}

/** Memory of its own for each of a batch, which is never moved. */
export function block(each: number, count = atOnce): Buffer {
  return Buffer.from(new ArrayBuffer(each * count));
}
