/**
 * RFC 8188 `aes128gcm`: what a phone with `IKM_HTTP_Encrypt_Content` decrypts when an HTTP response says so (facts section 4.2).
 *
 *   header  = salt (16) | record size (uint32) | length of keyid (1) | keyid
 *   record  = AES-128-GCM( data | 0x01, in the last one 0x02 | zeros ) with a tag of 16 bytes; record size counts both
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

const saltBytes = 16;
const tagBytes = 16;
const fixedHead = saltBytes + 4 + 1;
/** Data, delimiter and tag: no record is smaller (section 2). */
const leastRecord = tagBytes + 2;

export type Aes128gcm = {
  /** Input keying material, any length. */
  readonly ikm: Uint8Array;
  /** 16 bytes, random and used once. */
  readonly salt: Uint8Array;
  /** Bytes of a record, 18 at least. */
  readonly recordSize?: number;
  /** At most 255 bytes. */
  readonly keyId?: string;
};

/** Encrypts content; several records where it is longer than one. */
export function encodeAes128gcm(content: Uint8Array, { ikm, salt, recordSize = 4096, keyId = '' }: Aes128gcm): Uint8Array {
  const id = Buffer.from(keyId, 'utf8');
  if (salt.length !== saltBytes || recordSize < leastRecord || id.length > 255)
    throw new RangeError('aes128gcm: salt, record size or keyid');
  const head = Buffer.alloc(fixedHead);
  head.set(salt);
  head.writeUInt32BE(recordSize, saltBytes);
  head.writeUInt8(id.length, fixedHead - 1);
  const { key, nonce } = derive(ikm, salt);
  const room = recordSize - tagBytes - 1;
  const count = Math.max(1, Math.ceil(content.length / room));
  const records = Array.from({ length: count }, (_, index) => {
    const cipher = createCipheriv('aes-128-gcm', key, nonce(index));
    const data = content.subarray(index * room, (index + 1) * room);
    return Buffer.concat([cipher.update(data), cipher.update(Buffer.of(index === count - 1 ? 2 : 1)), cipher.final(), cipher.getAuthTag()]);
  });
  return Buffer.concat([head, id, ...records]);
}

/** The content again; undefined where the bytes are of another form, cut short, changed, or made with another key. */
export function decodeAes128gcm(bytes: Uint8Array, ikm: Uint8Array): Uint8Array | undefined {
  if (bytes.length < fixedHead) return undefined;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const recordSize = view.readUInt32BE(saltBytes);
  const body = view.subarray(fixedHead + view.readUInt8(fixedHead - 1));
  if (recordSize < leastRecord || body.length === 0) return undefined;
  const { key, nonce } = derive(ikm, view.subarray(0, saltBytes));
  const parts: Buffer[] = [];
  for (let at = 0, index = 0; at < body.length; at += recordSize, index += 1) {
    const opened = open(body.subarray(at, at + recordSize), key, nonce(index));
    const isLast = at + recordSize >= body.length;
    const end = opened?.findLastIndex((byte) => byte !== 0) ?? -1;
    if (opened?.[end] !== (isLast ? 2 : 1)) return undefined;
    parts.push(opened.subarray(0, end));
  }
  return Buffer.concat(parts);
}

function open(record: Buffer, key: Uint8Array, nonce: Uint8Array): Buffer | undefined {
  if (record.length <= tagBytes) return undefined;
  const cipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAuthTag(record.subarray(-tagBytes));
  try {
    return Buffer.concat([cipher.update(record.subarray(0, -tagBytes)), cipher.final()]);
  } catch {
    return undefined;
  }
}

/** Section 2.2 and 2.3: the key, and the nonce of each record. */
function derive(ikm: Uint8Array, salt: Uint8Array): { readonly key: Uint8Array; readonly nonce: (index: number) => Uint8Array } {
  const prk = createHmac('sha256', salt).update(ikm).digest();
  const expand = (info: string, length: number): Buffer =>
    createHmac('sha256', prk).update(`Content-Encoding: ${info}\0\x01`, 'latin1').digest().subarray(0, length);
  const base = expand('nonce', 12);
  return {
    key: expand('aes128gcm', 16),
    nonce: (index) => {
      const nonce = Buffer.from(base);
      nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ index) >>> 0, 8);
      return nonce;
    },
  };
}
