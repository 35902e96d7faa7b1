/**
 * DHCP messages: RFC 2131 section 2 (figure 1), options by RFC 2132 section 2, long ones by RFC 3396.
 *
 *    0 | op 1     | htype 1  | hlen 1   | hops 1   |   op: 1 from a client, 2 from a server
 *    4 | xid 4                                     |
 *    8 | secs 2              | flags 2             |   flags: the highest bit asks for a broadcast answer
 *   12 | ciaddr 4 | yiaddr 4 | siaddr 4 | giaddr 4 |
 *   28 | chaddr 16 | sname 64 | file 128           |
 *  236 | 99 130 83 99 | { code 1 | length 1 | value } ... | 255 |
 *
 * Code 0 pads (no length), 255 ends. Option 52 says that `file` (1), `sname` (2) or both (3) hold options too.
 * An option that occurs more than once is one long option in pieces, joined in the order options, file, sname (RFC 3396 section 5).
 */
import { addressAt, addressNumber, anyAddress } from './ipv4.js';

/** Options by code in the order of the wire, values as there, pieces joined. Pad, End and Overload are not among them. */
export type Options = ReadonlyMap<number, Uint8Array>;

/** A message as a value. Addresses are dotted IPv4. */
export type Packet = {
  readonly op: 'request' | 'reply';
  /** 1 is Ethernet (RFC 1700). */
  readonly htype: number;
  readonly hops: number;
  readonly xid: number;
  /** Seconds since the client began. */
  readonly secs: number;
  /** The client can't take unicast yet (RFC 2131 section 4.1). */
  readonly broadcast: boolean;
  readonly ciaddr: string;
  readonly yiaddr: string;
  readonly siaddr: string;
  /** The relay agent; 0.0.0.0 without one. */
  readonly giaddr: string;
  /** The hardware address, `hlen` bytes of it. */
  readonly chaddr: Uint8Array;
  readonly sname: string;
  readonly file: string;
  readonly options: Options;
};

type Malformed = 'too-short' | 'unknown-op' | 'hardware-address-too-long' | 'no-magic-cookie' | 'truncated-option';

export type Decoded = { readonly ok: true; readonly packet: Packet } | { readonly ok: false; readonly reason: Malformed };

/** RFC 2132 section 2. */
const magicCookie = 0x63_82_53_63;
const pad = 0;
const end = 255;
export const overload = 52; // RFC 2132 section 9.3
const messageType = 53; // RFC 2132 section 9.6
const relayAgentInformation = 82; // RFC 3046

const at = { ciaddr: 12, yiaddr: 16, siaddr: 20, giaddr: 24, chaddr: 28, sname: 44, file: 108, cookie: 236, options: 240 };

/** Before the options, magic cookie included. */
export const headLength = at.options;
/** RFC 951 section 3: relay agents and old clients drop shorter messages. */
const leastLength = 300;
/** RFC 3396 section 6. */
export const longestPiece = 255;

/**
 * Reads one datagram. Never throws: what a peer sends is data, not a bug.
 * Lenient where clients are: an absent End option is accepted, and so is a message of less than 300 bytes. Values are views of the
 * datagram, not copies.
 */
export function decode(received: Uint8Array): Decoded {
  const datagram = new Uint8Array(received.buffer, received.byteOffset, received.length);
  if (datagram.length < at.options) return malformed('too-short');
  const op = datagram[0];
  if (op !== 1 && op !== 2) return malformed('unknown-op');
  const hlen = datagram[2] ?? 0;
  if (hlen > 16) return malformed('hardware-address-too-long');
  if (wordAt(datagram, at.cookie) !== magicCookie) return malformed('no-magic-cookie');

  const options = new Map<number, Uint8Array>();
  if (!readOptions(datagram.subarray(at.options), options)) return malformed('truncated-option');
  const overloaded = options.get(overload)?.[0] ?? 0;
  options.delete(overload);
  if ((overloaded & 1) !== 0 && !readOptions(datagram.subarray(at.file, at.cookie), options)) return malformed('truncated-option');
  if ((overloaded & 2) !== 0 && !readOptions(datagram.subarray(at.sname, at.file), options)) return malformed('truncated-option');
  options.delete(overload); // one inside `file` or `sname` says nothing

  const packet: Packet = {
    op: op === 1 ? 'request' : 'reply',
    htype: datagram[1] ?? 0,
    hops: datagram[3] ?? 0,
    xid: wordAt(datagram, 4),
    secs: wordAt(datagram, 8) >>> 16,
    broadcast: ((datagram[10] ?? 0) & 0x80) !== 0,
    ciaddr: addressAt(datagram, at.ciaddr),
    yiaddr: addressAt(datagram, at.yiaddr),
    siaddr: addressAt(datagram, at.siaddr),
    giaddr: addressAt(datagram, at.giaddr),
    chaddr: datagram.subarray(at.chaddr, at.chaddr + hlen),
    sname: (overloaded & 2) === 0 ? textUntilNul(datagram, at.sname, at.file) : '',
    file: (overloaded & 1) === 0 ? textUntilNul(datagram, at.file, at.cookie) : '',
    options,
  };
  return { ok: true, packet };
}

/**
 * Writes a message of at least 300 bytes; the same value always gives the same bytes. The message type comes first, the other
 * options by code, the relay's own (82) last before End (RFC 3046 section 2.2). Throws on a value no message can hold: that is our bug.
 */
export function encode(packet: Packet): Uint8Array {
  const options = inOrder(packet.options).flatMap(([code, value]) => pieces(code, value));
  return assemble(encodeHead(packet), options);
}

/** Everything before the options, magic cookie included: 240 bytes. */
export function encodeHead(packet: Packet): Buffer {
  return writeHead(Buffer.allocUnsafe(at.options).fill(0), packet); // of Node's pool: an allocation of its own costs more than all that follows
}

/** Writes what `encodeHead` makes into the beginning of a message, which is still all zeroes there. */
export function writeHead(head: Buffer, packet: Packet): Buffer {
  if (packet.chaddr.length > 16) throw new RangeError('a hardware address has at most 16 bytes');
  head[0] = packet.op === 'request' ? 1 : 2;
  head[1] = packet.htype;
  head[2] = packet.chaddr.length;
  head[3] = packet.hops;
  head.writeUInt32BE(packet.xid, 4);
  head.writeUInt16BE(packet.secs, 8);
  head.writeUInt16BE(packet.broadcast ? 0x80_00 : 0, 10);
  for (const field of ['ciaddr', 'yiaddr', 'siaddr', 'giaddr'] as const)
    if (packet[field] !== anyAddress) head.writeUInt32BE(addressNumber(packet[field]), at[field]);
  head.set(packet.chaddr, at.chaddr);
  if (packet.sname !== '') head.set(text(packet.sname, fields.sname.length), at.sname);
  if (packet.file !== '') head.set(text(packet.file, fields.file.length), at.file);
  head.writeUInt32BE(magicCookie, at.cookie);
  return head;
}

/** Head, options and End as one message, filled up to what old relay agents pass on. */
export function assemble(head: Uint8Array, options: readonly Uint8Array[]): Buffer {
  let length = head.length + 1;
  for (const each of options) length += each.length;
  const bytes = Buffer.allocUnsafe(Math.max(length, leastLength));
  if (length < leastLength) bytes.fill(0, length);
  bytes.set(head);
  let offset = head.length;
  for (const each of options) {
    bytes.set(each, offset);
    offset += each.length;
  }
  bytes[offset] = end;
  return bytes;
}

/** Options in the order in which they are written. */
export function inOrder(options: Iterable<readonly [code: number, value: Uint8Array]>): (readonly [code: number, value: Uint8Array])[] {
  return [...options].sort(([one], [other]) => place(one) - place(other));
}

/** The two fields that can hold options instead of names (RFC 2132 section 9.3): where they begin, their length, their bit in option 52. */
export const fields = {
  file: { at: at.file, length: at.cookie - at.file, bit: 1 },
  sname: { at: at.sname, length: at.file - at.sname, bit: 2 },
} as const;

/** Adds what a field holds to `options`; false when a length points beyond its end. */
function readOptions(field: Uint8Array, options: Map<number, Uint8Array>): boolean {
  for (let i = 0; i < field.length;) {
    const code = field[i] ?? end;
    if (code === end) return true;
    if (code === pad) {
      i += 1;
      continue;
    }
    const length = field[i + 1];
    if (length === undefined || i + 2 + length > field.length) return false;
    const value = field.subarray(i + 2, i + 2 + length);
    const before = options.get(code);
    options.set(code, before === undefined ? value : Buffer.concat([before, value]));
    i += 2 + length;
  }
  return true;
}

/** One option on the wire, in pieces of 255 bytes where it is longer (RFC 3396 section 6). Throws on a code that is none to send. */
export function pieces(code: number, value: Uint8Array): Uint8Array[] {
  if (code <= pad || code >= end || code === overload) throw new RangeError(`${code} is no option to send`);
  const all: Uint8Array[] = [];
  for (let from = 0; from === 0 || from < value.length; from += longestPiece)
    all.push(piece(code, value.subarray(from, from + longestPiece)));
  return all;
}

/** Code, length and at most 255 bytes. */
export function piece(code: number, value: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(2 + value.length);
  bytes[0] = code;
  bytes[1] = value.length;
  bytes.set(value, 2);
  return bytes;
}

function place(code: number): number {
  if (code === messageType) return 0;
  return code === relayAgentInformation ? end : code;
}

function text(value: string, room: number): Uint8Array {
  const bytes = Buffer.from(value, 'latin1');
  if (bytes.length >= room || bytes.includes(0)) throw new RangeError(`a text of at most ${room - 1} bytes without NUL is wanted`);
  return bytes;
}

/** 32 bits, big-endian. */
function wordAt(bytes: Uint8Array, offset: number): number {
  const [one = 0, two = 0, three = 0, four = 0] = [bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]];
  return ((one << 24) | (two << 16) | (three << 8) | four) >>> 0;
}

function textUntilNul(datagram: Uint8Array, from: number, until: number): string {
  if (datagram[from] === 0) return ''; // nearly always
  const field = datagram.subarray(from, until);
  const nul = field.indexOf(0);
  // A text that fills its field has lost its NUL; what remains is what can be written again.
  return Buffer.from(field.subarray(0, nul === -1 ? field.length - 1 : nul)).toString('latin1');
}

function malformed(reason: Malformed): Decoded {
  return { ok: false, reason };
}
