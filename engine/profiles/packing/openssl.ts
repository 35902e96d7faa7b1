/**
 * AES-256-CBC as `openssl enc -aes-256-cbc -k PASSPHRASE` writes it, which is what `--key` means to a phone (facts section 4.1).
 *
 *   "Salted__" | salt, 8 bytes | AES-256-CBC of the file, PKCS#7 padded
 *   D1 = H(passphrase | salt), Di = H(Di-1 | passphrase | salt); key = the first 32 bytes of D1 | D2 | ..., IV = the next 16
 *
 * H is SHA-256 since OpenSSL 1.1.0 and MD5 before it; which firmware expects which is not documented, so it is a setting.
 */
import { createCipheriv, createDecipheriv, createSecretKey, hash } from 'node:crypto';

export type Digest = 'sha256' | 'md5';

const magic = Buffer.from('Salted__', 'latin1');
const saltBytes = 8;
const keyBytes = 32;
const ivBytes = 16;

/** Encrypts a file. `salt`: 8 bytes, random and used once. */
export function encryptSalted(file: Uint8Array, passphrase: string, salt: Uint8Array, digest: Digest): Uint8Array {
  if (salt.length !== saltBytes) throw new RangeError(`a salt has ${saltBytes} bytes`);
  const { key, iv } = derive(passphrase, salt, digest);
  const cipher = createCipheriv('aes-256-cbc', createSecretKey(key), iv); // a key object takes half the time of bare bytes
  return Buffer.concat([magic, salt, cipher.update(file), cipher.final()]);
}

/** The file again; undefined where the bytes are of another form, damaged, or encrypted with another passphrase or digest. */
export function decryptSalted(bytes: Uint8Array, passphrase: string, digest: Digest): Uint8Array | undefined {
  const head = magic.length + saltBytes;
  if (bytes.length <= head || !magic.equals(bytes.subarray(0, magic.length))) return undefined;
  const { key, iv } = derive(passphrase, bytes.subarray(magic.length, head), digest);
  const cipher = createDecipheriv('aes-256-cbc', key, iv);
  try {
    return Buffer.concat([cipher.update(bytes.subarray(head)), cipher.final()]);
  } catch {
    return undefined;
  }
}

/** EVP_BytesToKey with one round. */
function derive(passphrase: string, salt: Uint8Array, digest: Digest): { readonly key: Uint8Array; readonly iv: Uint8Array } {
  const secret = Buffer.concat([Buffer.from(passphrase, 'utf8'), salt]);
  let block: Uint8Array = Buffer.alloc(0);
  let all = Buffer.alloc(0);
  while (all.length < keyBytes + ivBytes) {
    block = hash(digest, Buffer.concat([block, secret]), 'buffer');
    all = Buffer.concat([all, block]);
  }
  return { key: all.subarray(0, keyBytes), iv: all.subarray(keyBytes, keyBytes + ivBytes) };
}
