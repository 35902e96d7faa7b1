/** The value of an option as people write it (RFC 2132; Cisco's 150, 159 and 160), for looking at; never for the wire. */
import { addressText } from './ipv4.js';
import { messageTypes, option } from './options.js';
import type { Options } from './packet.js';

const texts: ReadonlySet<number> = new Set([12, 14, 15, 17, 40, 56, 60, 64, 66, 67, 114, 119, 132, 158, 159, 160]);
const addresses: ReadonlySet<number> = new Set([1, 3, 4, 5, 6, 7, 8, 9, 28, 32, 41, 42, 44, 50, 54, 65, 69, 70, 150]);
const numbers: ReadonlySet<number> = new Set([51, 57, 58, 59]);

/** Printable text as it is; bytes of any other form as hex pairs. Never throws. */
export function optionText(code: number, bytes: Uint8Array): string {
  if (addresses.has(code) && bytes.length > 0 && bytes.length % 4 === 0) return addressesIn(bytes);
  if (numbers.has(code) && bytes.length <= 4) return String(numberIn(bytes));
  if (code === 2 && bytes.length === 4) return String(numberIn(bytes) | 0); // RFC 2132 section 3.4: seconds, signed
  if (code === option.messageType.code) return messageTypes[(bytes[0] ?? 0) - 1] ?? hexOf(bytes);
  if (code === option.parameterRequestList.code) return [...bytes].join(' ');
  if (code === option.classlessRoutes.code) return routesIn(code, bytes) ?? hexOf(bytes);
  const text = Buffer.from(bytes).toString('latin1').replace(/\0+$/, '');
  return texts.has(code) && /^[\x20-\x7e]*$/.test(text) ? text : hexOf(bytes);
}

function addressesIn(bytes: Uint8Array): string {
  const all: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) all.push(addressText(numberIn(bytes.subarray(at, at + 4))));
  return all.join(', ');
}

function routesIn(code: number, bytes: Uint8Array): string | undefined {
  const options: Options = new Map([[code, bytes]]);
  return option.classlessRoutes
    .read(options)
    ?.map(({ destination, prefix, router }) => `${destination}/${prefix} ${router}`)
    .join(', ');
}

function numberIn(bytes: Uint8Array): number {
  let number = 0;
  for (const byte of bytes) number = number * 256 + byte;
  return number;
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
