/**
 * A phone's hardware address (IEEE 802, 48 bit): the identity of a device.
 *
 * In the program, in files and in JSON it is 12 lower-case hex digits; people write it in many ways.
 */

/** 12 lower-case hex digits, no separators. */
export type Mac = string & { readonly __mac: unique symbol };

/** Reads any usual spelling (`00:56:2B:04:36:15`, `00-56-…`, `0056.2b04.3615`, bare, blanks around); undefined for anything else. */
export function parseMac(text: string): Mac | undefined {
  const trimmed = text.trim();
  const spelled =
    /^[0-9a-f]{12}$/i.test(trimmed) ||
    /^[0-9a-f]{2}([:\-. ])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i.test(trimmed) ||
    /^[0-9a-f]{4}([:\-. ])[0-9a-f]{4}\1[0-9a-f]{4}$/i.test(trimmed) ||
    /^[0-9a-f]{6}([:\-. ])[0-9a-f]{6}$/i.test(trimmed);
  return spelled ? (trimmed.replaceAll(/[^0-9a-f]/gi, '').toLowerCase() as Mac) : undefined;
}

/** True for an address one device can own: not multicast (IEEE 802 group bit), not all zeroes. */
export function isUnicast(mac: Mac): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0 && mac !== '000000000000';
}

/** The six bytes of an address, as on the wire. */
export function macBytes(mac: Mac): Uint8Array {
  return Uint8Array.from(Buffer.from(mac, 'hex'));
}

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Six bytes from the wire, beginning at `at`, as a MAC; undefined when there are fewer. Every packet has some: no buffer is made for them. */
export function macFromBytes(bytes: Uint8Array, at = 0): Mac | undefined {
  if (bytes.length < at + 6) return undefined;
  let text = '';
  for (let i = at; i < at + 6; i += 1) text += hexPairs[bytes[i] ?? 0] ?? '';
  return text as Mac;
}

/** As people read it: `00:56:2b:04:36:15`. */
export function spellMac(mac: Mac): string {
  return mac.replaceAll(/(..)(?!$)/g, '$1:');
}
