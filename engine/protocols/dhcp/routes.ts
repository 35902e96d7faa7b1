/**
 * Classless static routes (RFC 3442): { prefix length 1 | the prefix's significant bytes 0 to 4 | router 4 } ...
 *
 *   10.0.0.0/8 by 10.0.0.1        08 0a          0a 00 00 01
 *   0.0.0.0/0 by 10.0.0.1         00             0a 00 00 01
 */
import { form, type Option } from './option-forms.js';
import { addressAt, addressNumber, addressText, maskOf } from './ipv4.js';

export type Route = {
  /** The network, host bits zero. */
  readonly destination: string;
  readonly prefix: number;
  /** 0.0.0.0: on the link itself. */
  readonly router: string;
};

/** An option that holds routes. Host bits of a destination read as zero; they are not on the wire. */
export function routes(code: number): Option<readonly Route[]> {
  return form(code, parse, (all) => Uint8Array.from(all.flatMap(format)));
}

function parse(bytes: Uint8Array): readonly Route[] | undefined {
  const all: Route[] = [];
  for (let i = 0; i < bytes.length;) {
    const prefix = bytes[i] ?? 0;
    const significant = Math.ceil(prefix / 8);
    if (prefix > 32 || i + 1 + significant + 4 > bytes.length) return undefined;
    const padded = new Uint8Array(4);
    padded.set(bytes.subarray(i + 1, i + 1 + significant));
    const destination = addressText((addressNumber(addressAt(padded, 0)) & maskOf(prefix)) >>> 0);
    all.push({ destination, prefix, router: addressAt(bytes, i + 1 + significant) });
    i += 1 + significant + 4;
  }
  return all.length === 0 ? undefined : all;
}

function format({ destination, prefix, router }: Route): number[] {
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > 32) throw new RangeError(`${prefix} is no prefix length`);
  const network = (addressNumber(destination) & maskOf(prefix)) >>> 0;
  return [prefix, ...octets(network).slice(0, Math.ceil(prefix / 8)), ...octets(addressNumber(router))];
}

function octets(number: number): number[] {
  return [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
}
