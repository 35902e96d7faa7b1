/** The forms an option's value can have (RFC 2132): how each is read from its bytes and written to them. */
import type { Options } from './packet.js';
import { addressAt, addressBytes } from './ipv4.js';

/** One option: its code and its value's form. */
export interface Option<T> {
  readonly code: number;
  /** The value; undefined when the option is absent or its bytes don't fit its form. Never throws. */
  read(options: Options): T | undefined;
  /** The entry to put into a message. Throws on a value the option can't hold: that is our bug. */
  write(value: T): readonly [code: number, bytes: Uint8Array];
}

/** Makes an option of a reader, which gives undefined for bytes that don't fit, and a writer. */
export function form<T>(code: number, parse: (bytes: Uint8Array) => T | undefined, format: (value: T) => Uint8Array): Option<T> {
  return {
    code,
    read(options) {
      const bytes = options.get(code);
      return bytes === undefined ? undefined : parse(bytes);
    },
    write: (value) => [code, format(value)],
  };
}

/** One IPv4 address, four bytes. */
export function address(code: number): Option<string> {
  return form(code, (bytes) => (bytes.length === 4 ? addressAt(bytes, 0) : undefined), addressBytes);
}

/** One or more IPv4 addresses, four bytes each. */
export function addresses(code: number): Option<readonly string[]> {
  return form(code, parseAddresses, (all) => Buffer.concat(all.map(addressBytes)));
}

/** Text; NULs at the end are dropped, as RFC 2132 section 2 asks of the receiver (an MPP phone ends its option 60 with one). */
export function text(code: number): Option<string> {
  return form(code, parseText, (value) => Buffer.from(value, 'latin1'));
}

/** An unsigned number of 1, 2 or 4 bytes, big-endian. */
export function number(code: number, size: 1 | 2 | 4): Option<number> {
  const parse = (bytes: Uint8Array) => (bytes.length === size ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : undefined);
  return form(code, parse, (value) => {
    const bytes = Buffer.alloc(size);
    bytes.writeUIntBE(value, 0, size);
    return bytes;
  });
}

/** Bytes with no form of their own. */
export function bytes(code: number): Option<Uint8Array> {
  return form(
    code,
    (value) => value,
    (value) => value,
  );
}

function parseAddresses(bytes: Uint8Array): readonly string[] | undefined {
  if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
  return Array.from({ length: bytes.length / 4 }, (_, i) => addressAt(bytes, 4 * i));
}

function parseText(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('latin1');
}
