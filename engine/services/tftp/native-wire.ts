/**
 * Doors that are sockets of the C library, read and written in batches (recvmmsg(2), sendmmsg(2)) through koffi: no object for each
 * packet, and what a window holds leaves as one datagram that the system cuts up (UDP_SEGMENT, udp(7), since Linux 4.18).
 *
 * For a thread that does nothing else: `turn` waits in poll(2). Linux on 64 bit little-endian alone, for it lays out the
 * system's structures by hand:
 *
 *   mmsghdr (64 bytes)  name 0 | namelen 8 | iov 16 | iovlen 24 | control 32 | controllen 40 | flags 48 | len 56
 *   iovec (16)  base 0 | len 8       sockaddr_in (16)  family 0 | port 2 | address 4       cmsghdr  len 0 | level 8 | type 12 | data 16
 */
import { constants, endianness } from 'node:os';
import { nativeSockets } from '../../network/native-socket.js';
import type { Place } from '../../network/places.js';
import { doorCount, type Peer, type Receive, type Stretch, type Wire } from './wire.js';

export interface NativeWire extends Wire {
  /** Written to (8 bytes, eventfd(2)), it ends a `turn` that waits. */
  readonly bell: number;
  /** Waits up to `ms` for datagrams (0: looks only), and hands on those that are there. */
  turn(ms: number): void;
}

type Library = {
  readonly poll: (fds: Uint8Array, count: number, ms: number) => number;
  readonly recvmmsg: (fd: number, messages: Uint8Array, count: number, flags: number, timeout: null) => number;
  readonly sendmmsg: (fd: number, messages: number, count: number, flags: number) => number;
  readonly setsockopt: (fd: number, level: number, name: number, value: Uint8Array, length: number) => number;
  readonly eventfd: (value: number, flags: number) => number;
  readonly read: (fd: number, into: Uint8Array, length: number) => number;
  readonly close: (fd: number) => number;
  readonly addressOf: (bytes: Uint8Array) => number;
  readonly errno: () => number;
};

const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const SOL_UDP = 17;
const UDP_SEGMENT = 103;
const MSG_DONTWAIT = 0x40;
const EFD_FLAGS = 0o2_004_000; // EFD_CLOEXEC | EFD_NONBLOCK
const POLLIN = 1;
const POLLOUT = 4;
const sendBuffer = 4 * 1024 * 1024;

const received = { count: 128, bytes: 600 };
const queued = { count: 64, pieces: 64, heads: 2048, packet: 1024 };
/** Largest packet that is cut from a larger one: that of an Ethernet (RFC 894), less the headers of IPv4 and UDP. */
const mostSegment = 1_472;
const mostDatagram = 60_000;

/** Opens the doors on a place; undefined where this can't be (another system, no koffi, no socket): the caller takes sockets of Node. */
export async function nativeWire(place: Place, receive: Receive): Promise<NativeWire | undefined> {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch) || endianness() !== 'LE') return undefined;
  const [sockets, library] = [await nativeSockets(), await load()];
  if (sockets === undefined || library === undefined) return undefined;
  const doors: { fd: number; port: number }[] = [];
  for (let door = 0; door < doorCount; door++) {
    const opened = sockets.open({ kind: 'datagram', device: place.interface, address: place.address, port: 0 });
    if (!opened.ok) {
      for (const { fd } of doors) library.close(fd);
      return undefined;
    }
    doors.push(opened);
  }
  return new Doors(library, doors, receive);
}

async function load(): Promise<Library | undefined> {
  try {
    const { default: koffi } = await import('koffi');
    const c = koffi.load(null);
    return {
      poll: c.func('int poll(void *, unsigned long, int)') as Library['poll'],
      recvmmsg: c.func('int recvmmsg(int, void *, unsigned int, int, void *)') as Library['recvmmsg'],
      sendmmsg: c.func('int sendmmsg(int, uintptr_t, unsigned int, int)') as Library['sendmmsg'],
      setsockopt: c.func('int setsockopt(int, int, int, const void *, unsigned int)') as Library['setsockopt'],
      eventfd: c.func('int eventfd(unsigned int, int)') as Library['eventfd'],
      read: c.func('long read(int, void *, size_t)') as Library['read'],
      close: c.func('int close(int)') as Library['close'],
      addressOf: (bytes) => (bytes.length === 0 ? 0 : Number(koffi.address(bytes))),
      errno: () => koffi.errno(),
    };
  } catch {
    return undefined;
  }
}

/** Memory that both sides write to: always an own allocation, which is never moved. */
class Memory {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  readonly at: number;

  constructor(c: Library, size: number) {
    const buffer = new ArrayBuffer(size);
    this.bytes = new Uint8Array(buffer);
    this.words = new Uint32Array(buffer);
    this.at = c.addressOf(this.bytes);
  }

  /** Writes an address (48 bit) at a byte offset. */
  point(offset: number, to: number): void {
    this.words[offset >> 2] = to >>> 0;
    this.words[(offset >> 2) + 1] = (to / 0x1_0000_0000) | 0;
  }
}

class Doors implements NativeWire {
  readonly bell: number;
  readonly #c: Library;
  readonly #doors: readonly Door[];
  readonly #waiting: Memory;
  readonly #eight = new Uint8Array(8);

  constructor(c: Library, sockets: readonly { readonly fd: number; readonly port: number }[], receive: Receive) {
    this.#c = c;
    this.bell = c.eventfd(0, EFD_FLAGS);
    const incoming = new Incoming(c, receive);
    this.#doors = sockets.map((socket, door) => new Door(c, socket, incoming, door));
    this.#waiting = new Memory(c, 8 * (sockets.length + 1));
    for (const [i, fd] of [...sockets.map(({ fd: each }) => each), this.bell].entries()) {
      this.#waiting.words[2 * i] = fd;
      this.#waiting.words[2 * i + 1] = POLLIN;
    }
  }

  get ports(): readonly number[] {
    return this.#doors.map(({ port }) => port);
  }

  stretch(bytes: Uint8Array): Stretch {
    return { bytes, at: this.#c.addressOf(bytes) };
  }

  turn(ms: number): void {
    if (ms > 0) {
      this.#c.poll(this.#waiting.bytes, this.#doors.length + 1, ms);
      if ((this.#waiting.words[2 * this.#doors.length + 1] ?? 0) >>> 16 !== 0) this.#c.read(this.bell, this.#eight, 8);
    }
    for (const door of this.#doors) door.receive();
  }

  data(door: number, to: Peer, block: number, stretch: Stretch, from: number, end: number): void {
    this.#doors[door]?.data(to, block, stretch.at + from, end - from);
  }

  packet(door: number, to: Peer, bytes: Uint8Array): void {
    this.#doors[door]?.packet(to, bytes);
  }

  flush(): void {
    for (const door of this.#doors) door.flush();
  }

  [Symbol.asyncDispose](): Promise<void> {
    for (const { fd } of this.#doors) this.#c.close(fd);
    this.#c.close(this.bell);
    return Promise.resolve();
  }
}

/** Where datagrams are received; all doors take turns with it. */
class Incoming {
  readonly #c: Library;
  readonly #receive: Receive;
  readonly #messages: Memory;
  readonly #names: Memory;
  readonly #content: Memory;
  /** Most are ACKs: their views are made once. */
  readonly #acks: readonly Uint8Array[];

  constructor(c: Library, receive: Receive) {
    this.#c = c;
    this.#receive = receive;
    const { count, bytes } = received;
    this.#messages = new Memory(c, 64 * count);
    this.#names = new Memory(c, 16 * count);
    this.#content = new Memory(c, bytes * count);
    const pieces = new Memory(c, 16 * count);
    this.#pieces = pieces;
    for (let i = 0; i < count; i++) {
      this.#messages.point(64 * i, this.#names.at + 16 * i);
      this.#messages.words[16 * i + 2] = 16;
      this.#messages.point(64 * i + 16, pieces.at + 16 * i);
      this.#messages.words[16 * i + 6] = 1;
      pieces.point(16 * i, this.#content.at + bytes * i);
      pieces.words[4 * i + 2] = bytes;
    }
    this.#acks = Array.from({ length: count }, (_, i) => this.#content.bytes.subarray(bytes * i, bytes * i + 4));
  }

  /** Kept, for the system writes through it. */
  readonly #pieces: Memory;

  /** Hands on what has come; true when there may be more. */
  take(fd: number, door: number): boolean {
    const count = this.#c.recvmmsg(fd, this.#messages.bytes, received.count, MSG_DONTWAIT, null);
    const { words } = this.#messages;
    const names = this.#names.bytes;
    for (let i = 0; i < count; i++) {
      const length = words[16 * i + 14] ?? 0;
      const at = 16 * i;
      const port = ((names[at + 2] ?? 0) << 8) | (names[at + 3] ?? 0);
      const address =
        (((names[at + 4] ?? 0) << 24) | ((names[at + 5] ?? 0) << 16) | ((names[at + 6] ?? 0) << 8) | (names[at + 7] ?? 0)) >>> 0;
      const ack = length === 4 ? this.#acks[i] : undefined;
      this.#receive(door, address, port, ack ?? this.#content.bytes.subarray(received.bytes * i, received.bytes * i + length));
    }
    return count === received.count && this.#pieces.at !== 0;
  }
}

/** One socket, and what is queued for it. */
class Door {
  readonly fd: number;
  readonly port: number;
  readonly #c: Library;
  readonly #door: number;
  readonly #incoming: Incoming;
  readonly #messages: Memory;
  readonly #names: Memory;
  readonly #pieces: Memory;
  readonly #controls: Memory;
  readonly #heads: Memory;
  readonly #packets: Memory;
  readonly #ready: Memory;
  #count = 0;
  #heads4 = 0;
  /** Of the last one queued: whom it is for, its segments, their size, and bytes in all. Size 0: nothing can be added. */
  #open = { number: 0, port: 0, segments: 0, size: 0, total: 0 };
  #segments: boolean;

  constructor(c: Library, { fd, port }: { readonly fd: number; readonly port: number }, incoming: Incoming, door: number) {
    this.#c = c;
    this.fd = fd;
    this.port = port;
    this.#incoming = incoming;
    this.#door = door;
    const { count, pieces, heads, packet } = queued;
    this.#messages = new Memory(c, 64 * count);
    this.#names = new Memory(c, 16 * count);
    this.#pieces = new Memory(c, 16 * pieces * count);
    this.#controls = new Memory(c, 24 * count);
    this.#heads = new Memory(c, 4 * heads);
    this.#packets = new Memory(c, packet * count);
    this.#ready = new Memory(c, 8);
    this.#ready.words.set([fd, POLLOUT]);
    for (let i = 0; i < count; i++) {
      this.#messages.point(64 * i, this.#names.at + 16 * i);
      this.#messages.words[16 * i + 2] = 16;
      this.#messages.point(64 * i + 16, this.#pieces.at + 16 * pieces * i);
      this.#controls.words.set([18, 0, SOL_UDP, UDP_SEGMENT], 6 * i);
    }
    this.#set(SOL_SOCKET, SO_SNDBUF, sendBuffer);
    this.#segments = this.#set(SOL_UDP, UDP_SEGMENT, 0); // none for the socket: it says whether the system can
  }

  receive(): void {
    // A few batches, then others have their turn.
    for (let i = 0; i < 4 && this.#incoming.take(this.fd, this.#door); i++);
  }

  data(to: Peer, block: number, at: number, length: number): void {
    if (this.#heads4 === queued.heads) this.flush();
    const head = this.#heads4++;
    this.#heads.words[head] = 0x0300 | (((block >> 8) & 255) << 16) | ((block & 255) << 24);
    const [size, open] = [4 + length, this.#open];
    const fits =
      this.#segments && open.size > 0 && size <= open.size && open.number === to.number && open.port === to.port && open.segments < 32;
    if (fits && open.total + size <= mostDatagram) {
      const i = this.#count - 1;
      this.#piece(i, 2 * open.segments, this.#heads.at + 4 * head, 4);
      this.#piece(i, 2 * open.segments + 1, at, length);
      open.segments++;
      open.total += size;
      this.#messages.words[16 * i + 6] = 2 * open.segments;
      this.#messages.point(64 * i + 32, this.#controls.at + 24 * i);
      this.#messages.words[16 * i + 10] = 24;
      this.#controls.words[6 * i + 4] = open.size;
      if (size < open.size) open.size = 0; // only the last segment may be shorter
      return;
    }
    const i = this.#next(to);
    this.#piece(i, 0, this.#heads.at + 4 * head, 4);
    this.#piece(i, 1, at, length);
    this.#messages.words[16 * i + 6] = 2;
    this.#open = { number: to.number, port: to.port, segments: 1, size: size <= mostSegment ? size : 0, total: size };
  }

  packet(to: Peer, bytes: Uint8Array): void {
    if (bytes.length > queued.packet) return;
    const i = this.#next(to);
    this.#packets.bytes.set(bytes, queued.packet * i);
    this.#piece(i, 0, this.#packets.at + queued.packet * i, bytes.length);
    this.#messages.words[16 * i + 6] = 1;
    this.#open.size = 0;
  }

  flush(): void {
    let first = 0;
    let waits = 0;
    while (first < this.#count) {
      const sent = this.#c.sendmmsg(this.fd, this.#messages.at + 64 * first, this.#count - first, MSG_DONTWAIT);
      if (sent > 0) first += sent;
      else if (this.#c.errno() === constants.errno.EAGAIN && waits++ < 3) this.#c.poll(this.#ready.bytes, 1, 5);
      else {
        // A packet that can't be sent is a lost packet. Where it was one to be cut up, the interface can't: none are from here on.
        if (this.#messages.words[16 * first + 10] !== 0 && this.#c.errno() !== constants.errno.EAGAIN) this.#segments = false;
        first++;
      }
    }
    this.#count = 0;
    this.#heads4 = 0;
    this.#open.size = 0;
  }

  #next({ number, port }: Peer): number {
    if (this.#count === queued.count) this.flush();
    const i = this.#count++;
    const names = this.#names.words;
    names[4 * i] = 2 | ((port >> 8) << 16) | ((port & 255) << 24); // AF_INET
    names[4 * i + 1] = ((number >>> 24) | ((number >>> 8) & 0xff00) | ((number << 8) & 0xff_0000) | (number << 24)) >>> 0;
    this.#messages.point(64 * i + 32, 0);
    this.#messages.words[16 * i + 10] = 0;
    return i;
  }

  #piece(message: number, piece: number, at: number, length: number): void {
    const offset = 16 * (queued.pieces * message + piece);
    this.#pieces.point(offset, at);
    this.#pieces.words[(offset >> 2) + 2] = length;
  }

  #set(level: number, name: number, value: number): boolean {
    const bytes = new Uint8Array(Int32Array.of(value).buffer);
    return this.#c.setsockopt(this.fd, level, name, bytes, 4) === 0;
  }
}
