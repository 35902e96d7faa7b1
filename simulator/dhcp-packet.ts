/**
 * DHCP messages as a client writes and reads them: RFC 2131 section 2, options by RFC 2132, long ones by RFC 3396.
 *
 *   op(1) htype(1) hlen(1) hops(1) xid(4) secs(2) flags(2) ciaddr(4) yiaddr(4) siaddr(4) giaddr(4) chaddr(16) sname(64) file(128)
 *   63 82 53 63 | { code(1) | length(1) | value } ... | 255
 */

export type Message = {
  readonly xid: number;
  readonly secs: number;
  readonly broadcast: boolean;
  /** IPv4, dotted. */
  readonly clientAddress: string;
  readonly yourAddress: string;
  readonly relayAddress: string;
  /** 12 lower-case hex digits. */
  readonly mac: string;
  readonly options: ReadonlyMap<number, Uint8Array>;
};

/** RFC 2132 section 9.6. */
export const messageType = { discover: 1, offer: 2, request: 3, decline: 4, ack: 5, nak: 6, release: 7 } as const;

/** Codes of RFC 2132, RFC 3046 (82). */
export const option = {
  subnetMask: 1,
  hostName: 12,
  requestedAddress: 50,
  leaseTime: 51,
  overload: 52,
  messageType: 53,
  serverIdentifier: 54,
  parameterList: 55,
  maximumSize: 57,
  renewalTime: 58,
  rebindingTime: 59,
  vendorClass: 60,
  clientIdentifier: 61,
  relayAgent: 82,
} as const;

const cookie = 0x63825363; // RFC 2131 section 3
const headLength = 236;

/** Writes a request of a client (op 1), padded to the 300 bytes that BOOTP relays want (RFC 1542 section 2.1). */
export function encodeRequest(message: Message): Uint8Array {
  const head = Buffer.alloc(headLength + 4);
  head.set([1, 1, 6, message.relayAddress === '0.0.0.0' ? 0 : 1]);
  head.writeUInt32BE(message.xid, 4);
  head.writeUInt16BE(Math.min(message.secs, 0xffff), 8);
  head.writeUInt16BE(message.broadcast ? 0x8000 : 0, 10);
  head.set(addressBytes(message.clientAddress), 12);
  head.set(addressBytes(message.relayAddress), 24);
  head.write(message.mac, 28, 'hex');
  head.writeUInt32BE(cookie, headLength);
  // RFC 3046 section 2.1: the relay's option comes last.
  const inOrder = [...message.options].sort(([a], [b]) => Number(a === option.relayAgent) - Number(b === option.relayAgent));
  const options = inOrder.flatMap(([code, value]) => [Buffer.from([code, value.length]), value]);
  const packet = Buffer.concat([head, ...options, Buffer.from([255])]);
  return packet.length >= 300 ? packet : Buffer.concat([packet, Buffer.alloc(300 - packet.length)]);
}

/** Reads an answer of a server (op 2); undefined for anything else. Never throws. */
export function decodeReply(datagram: Uint8Array): Message | undefined {
  const bytes = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  if (bytes.length < headLength + 4 || bytes[0] !== 2 || bytes[2] !== 6 || bytes.readUInt32BE(headLength) !== cookie) return undefined;
  const options = new Map<number, Uint8Array>();
  if (!readOptions(bytes.subarray(headLength + 4), options)) return undefined;
  const overload = options.get(option.overload)?.[0] ?? 0; // RFC 2132 section 9.3: 1 file, 2 sname, 3 both
  if ((overload & 1) !== 0) readOptions(bytes.subarray(108, headLength), options);
  if ((overload & 2) !== 0) readOptions(bytes.subarray(44, 108), options);
  return {
    xid: bytes.readUInt32BE(4),
    secs: bytes.readUInt16BE(8),
    broadcast: (bytes.readUInt16BE(10) & 0x8000) !== 0,
    clientAddress: addressText(bytes.subarray(12, 16)),
    yourAddress: addressText(bytes.subarray(16, 20)),
    relayAddress: addressText(bytes.subarray(24, 28)),
    mac: bytes.toString('hex', 28, 34),
    options,
  };
}

/** False when an option runs past the end. */
function readOptions(bytes: Uint8Array, into: Map<number, Uint8Array>): boolean {
  for (let at = 0; at < bytes.length;) {
    const code = bytes[at] ?? 255;
    if (code === 255) return true;
    at += 1;
    if (code === 0) continue;
    const end = at + 1 + (bytes[at] ?? 255);
    if (end > bytes.length) return false;
    into.set(code, Buffer.concat([into.get(code) ?? Buffer.alloc(0), bytes.subarray(at + 1, end)])); // RFC 3396 section 7
    at = end;
  }
  return true;
}

/** `10.0.0.1` as four bytes. */
export function addressBytes(address: string): Uint8Array {
  return Uint8Array.from(address.split('.'), Number);
}

/** Four bytes as `10.0.0.1`. */
export function addressText(bytes: Uint8Array): string {
  return bytes.join('.');
}

/** An option of four bytes as a number; undefined where it is missing or has another length. */
export function uint32(bytes: Uint8Array | undefined): number | undefined {
  return bytes?.length === 4 ? Buffer.from(bytes).readUInt32BE(0) : undefined;
}
