/**
 * IPv4 addresses: dotted text outside, a 32 bit number where there is something to reckon.
 */

/** First and last address of a range, both included. */
export type Range = { readonly first: string; readonly last: string };

export const anyAddress = '0.0.0.0';
/** RFC 919 section 7: every host of this physical network. */
export const limitedBroadcast = '255.255.255.255';

/** Reads four decimal numbers of 0 to 255 without leading zeroes; undefined for anything else. */
export function parseAddress(text: string): number | undefined {
  // By hand: every packet has several, and a regular expression for each part cost more than the rest of the decoder.
  if (text.length > 15) return undefined;
  let number = 0;
  let part = -1; // no digit yet
  let dots = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (part < 0) return undefined;
      number = number * 256 + part;
      part = -1;
      dots += 1;
    } else {
      const digit = code - 48;
      if (digit < 0 || digit > 9 || part === 0) return undefined;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return undefined;
    }
  }
  return dots === 3 && part >= 0 ? number * 256 + part : undefined;
}

/** The number of an address we made or checked ourselves. Throws on anything else: that is our bug. */
export function addressNumber(address: string): number {
  const number = parseAddress(address);
  if (number === undefined) throw new RangeError(`${JSON.stringify(address)} is no IPv4 address`);
  return number;
}

/** Dotted text of a 32 bit number. */
export function addressText(number: number): string {
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}

/** The address at `at`, four bytes as on the wire; what is missing reads as 0. */
export function addressAt(bytes: Uint8Array, at: number): string {
  const [one = 0, two = 0, three = 0, four = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return one === 0 && two === 0 && three === 0 && four === 0 ? anyAddress : `${one}.${two}.${three}.${four}`; // most fields are empty
}

/** Four bytes as on the wire. Throws on what is no address: that is our bug. */
export function addressBytes(address: string): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(addressNumber(address));
  return bytes;
}

/** The mask of a prefix of 0 to 32 bits, as a number. */
export function maskOf(prefix: number): number {
  return prefix === 0 ? 0 : (0xff_ff_ff_ff << (32 - prefix)) >>> 0;
}

/** Every address of the subnet that `address` is in: from the network's own to its broadcast. */
export function subnetOf(address: string, prefix: number): { readonly first: number; readonly last: number } {
  const mask = maskOf(prefix);
  const first = (addressNumber(address) & mask) >>> 0;
  return { first, last: (first | ~mask) >>> 0 };
}

/** Whether both are in one subnet. */
export function sameSubnet(one: string, other: string, prefix: number): boolean {
  return subnetOf(one, prefix).first === subnetOf(other, prefix).first;
}
