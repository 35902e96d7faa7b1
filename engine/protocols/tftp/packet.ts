/**
 * TFTP packets: RFC 1350 section 5, options by RFC 2347.
 *
 *   RRQ/WRQ  | 1 or 2 | file name | 0 | mode | 0 | { option | 0 | value | 0 } ...
 *   DATA     |   3    | block     | 0 to blksize bytes
 *   ACK      |   4    | block     |
 *   ERROR    |   5    | code      | message | 0 |
 *   OACK     |   6    | { option | 0 | value | 0 } ...
 *
 * Numbers are 16 bit, big-endian. Text is NUL-terminated; option names are case-insensitive (RFC 2347).
 */

/** A packet as a value. `options` keep their order; names are lower case. */
export type Packet =
  | { readonly kind: 'read' | 'write'; readonly file: string; readonly mode: string; readonly options: Options }
  | { readonly kind: 'data'; readonly block: number; readonly bytes: Uint8Array }
  | { readonly kind: 'ack'; readonly block: number }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  | { readonly kind: 'optionAck'; readonly options: Options };

export type Options = ReadonlyMap<string, string>;

export type Decoded = { readonly ok: true; readonly packet: Packet } | { readonly ok: false; readonly reason: Malformed };

type Malformed = 'too-short' | 'unknown-opcode' | 'unterminated-text' | 'option-without-value' | 'repeated-option';

/** RFC 1350 section 5 and RFC 2347 section 2. */
const opcode = { read: 1, write: 2, data: 3, ack: 4, error: 5, optionAck: 6 } as const;

/** Error codes of RFC 1350, appendix, and RFC 2347. */
export const errorCode = { undefined: 0, notFound: 1, accessViolation: 2, illegal: 4, unknownTransfer: 5, option: 8 } as const;

/**
 * Reads one datagram. Never throws: what a peer sends is data, not a bug.
 * Lenient where clients are: bytes after the last NUL of an ERROR are ignored (atftp pads), a missing NUL there is accepted,
 * and an empty option name ends the options (boot loaders pad requests with NULs).
 */
export function decode(datagram: Uint8Array): Decoded {
  if (datagram.length < 4) return malformed('too-short');
  const code = uint16(datagram, 0);
  switch (code) {
    case opcode.read:
    case opcode.write:
      return decodeRequest(code === opcode.read ? 'read' : 'write', datagram);
    case opcode.data:
      return decoded({ kind: 'data', block: uint16(datagram, 2), bytes: datagram.subarray(4) });
    case opcode.ack:
      return decoded({ kind: 'ack', block: uint16(datagram, 2) });
    case opcode.error:
      return decoded({ kind: 'error', code: uint16(datagram, 2), message: textUntilNul(datagram, 4) });
    case opcode.optionAck: {
      const fields = splitText(datagram, 2);
      return fields === undefined ? malformed('unterminated-text') : withOptions(fields, (options) => ({ kind: 'optionAck', options }));
    }
    default:
      return malformed('unknown-opcode');
  }
}

/** Writes a packet; the same value always gives the same bytes. Throws on a value no packet can hold: that is our bug. */
export function encode(packet: Packet): Uint8Array {
  switch (packet.kind) {
    case 'read':
    case 'write':
      return concat(head(opcode[packet.kind]), text(packet.file), text(packet.mode), ...optionFields(packet.options));
    case 'data':
      return concat(head(opcode.data, packet.block), packet.bytes);
    case 'ack':
      return head(opcode.ack, packet.block);
    case 'error':
      return concat(head(opcode.error, packet.code), text(packet.message));
    case 'optionAck':
      return concat(head(opcode.optionAck), ...optionFields(packet.options));
  }
}

function decodeRequest(kind: 'read' | 'write', datagram: Uint8Array): Decoded {
  const fields = splitText(datagram, 2);
  if (fields === undefined) return malformed('unterminated-text');
  const [file, mode, ...rest] = fields;
  if (file === undefined || mode === undefined) return malformed('too-short');
  return withOptions(rest, (options) => ({ kind, file, mode: mode.toLowerCase(), options }));
}

function withOptions(texts: readonly string[], build: (options: Options) => Packet): Decoded {
  const padding = texts.findIndex((text, i) => i % 2 === 0 && text === '');
  const fields = padding === -1 ? texts : texts.slice(0, padding);
  if (fields.length % 2 !== 0) return malformed('option-without-value');
  const options = new Map<string, string>();
  for (let i = 0; i < fields.length; i += 2) {
    const name = (fields[i] ?? '').toLowerCase();
    if (options.has(name)) return malformed('repeated-option'); // RFC 2347: at most once
    options.set(name, fields[i + 1] ?? '');
  }
  return decoded(build(options));
}

/** NUL-terminated texts from `start` to the end; undefined when the last one has no NUL. */
function splitText(datagram: Uint8Array, start: number): string[] | undefined {
  if (datagram[datagram.length - 1] !== 0) return undefined;
  const fields: string[] = [];
  for (let from = start; from < datagram.length;) {
    const end = datagram.indexOf(0, from);
    fields.push(latin1(datagram.subarray(from, end)));
    from = end + 1;
  }
  return fields;
}

function textUntilNul(datagram: Uint8Array, start: number): string {
  const end = datagram.indexOf(0, start);
  return latin1(datagram.subarray(start, end === -1 ? datagram.length : end));
}

function optionFields(options: Options): Uint8Array[] {
  return [...options].flatMap(([name, value]) => [text(name), text(value)]);
}

function head(...words: number[]): Uint8Array {
  const bytes = Buffer.alloc(2 * words.length);
  words.forEach((word, i) => bytes.writeUInt16BE(word, 2 * i));
  return bytes;
}

function text(value: string): Uint8Array {
  if (value.includes('\0')) throw new RangeError('a TFTP text cannot hold NUL');
  return Buffer.from(`${value}\0`, 'latin1');
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

function decoded(packet: Packet): Decoded {
  return { ok: true, packet };
}

function malformed(reason: Malformed): Decoded {
  return { ok: false, reason };
}
