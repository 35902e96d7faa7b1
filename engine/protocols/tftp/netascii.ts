/**
 * netascii (RFC 1350 section 1, from RFC 764): a line ends in CR LF, and a CR that ends none is CR NUL.
 *
 * Clients that were not told otherwise ask for it (tftp-hpa), and undo it on their side; so the bytes they keep are ours.
 */
const lf = 0x0a;
const cr = 0x0d;

/** The bytes as they go over the wire in mode netascii, from bytes whose lines end in LF. */
export function toNetascii(bytes: Uint8Array): Uint8Array {
  const more = bytes.reduce((count, byte) => count + (byte === lf || byte === cr ? 1 : 0), 0);
  const wire = new Uint8Array(bytes.length + more);
  let at = 0;
  for (const byte of bytes) {
    if (byte === lf) wire[at++] = cr;
    wire[at++] = byte;
    if (byte === cr) at++; // NUL
  }
  return wire;
}
