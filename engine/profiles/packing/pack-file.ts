/** A file as it goes over the wire: compressed, then encrypted (facts section 2.2). */
import { hash } from 'node:crypto';
import type { Encryption } from '../job.js';
import type { KeyPair } from '../phone-keys.js';
import { encodeAes128gcm } from './content-encoding.js';
import { gzip } from './gzip.js';
import { encryptSalted } from './openssl.js';

export type Packing = {
  readonly gzip: boolean;
  /** What it is encrypted with; none leaves it in the clear. */
  readonly encryption?: { readonly how: Encryption; readonly pair: KeyPair };
};

export type Packed = {
  readonly bytes: Uint8Array;
  /** Where packing changed it. */
  readonly contentType?: string;
  /** The content coding an HTTP response has to name. */
  readonly contentEncoding?: string;
};

/** Packs a file; the same file under the same key always gives the same bytes. */
export function packFile(file: Uint8Array, { gzip: compressed, encryption }: Packing): Packed {
  const bytes = compressed ? gzip(file) : file;
  if (encryption === undefined) return compressed ? { bytes, contentType: 'application/gzip' } : { bytes };
  const { how, pair } = encryption;
  const contentType = 'application/octet-stream';
  if (how.form === 'salted') return { bytes: encryptSalted(bytes, pair.key.reveal(), saltOf(pair, bytes, 8), how.digest), contentType };
  return {
    bytes: encodeAes128gcm(bytes, { ikm: ikmOf(pair, how.ikm), salt: saltOf(pair, bytes, 16) }),
    contentType,
    contentEncoding: 'aes128gcm',
  };
}

/** The keying material of RFC 8188 as bytes: the key itself, or the text of its digits. */
function ikmOf({ key }: KeyPair, spelling: Extract<Encryption, { form: 'aes128gcm' }>['ikm']): Uint8Array {
  return Buffer.from(key.reveal(), spelling === 'text' ? 'latin1' : 'hex');
}

/** The keying material as the phone's parameter spells it. */
export function spelledIkm({ key }: KeyPair, spelling: Extract<Encryption, { form: 'aes128gcm' }>['ikm']): string {
  return spelling === 'base64url' ? Buffer.from(key.reveal(), 'hex').toString('base64url') : key.reveal();
}

/** By key and content, so that a file asked for again is the same to the byte, and no salt serves two contents. */
function saltOf({ key }: KeyPair, bytes: Uint8Array, length: number): Uint8Array {
  return hash('sha256', Buffer.concat([Buffer.from(key.reveal(), 'hex'), bytes]), 'buffer').subarray(0, length);
}
