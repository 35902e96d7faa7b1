/**
 * Keys and sealed values: AES-256-GCM (NIST SP 800-38D), each value under a fresh nonce.
 *
 *   sealed | nonce 12 | tag 16 | ciphertext |
 *
 * The installation's key wraps each job's key; destroying a job's key is how its secrets are purged.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Result } from '../contract/problem.js';
import { makeFolder } from './make-folder.js';

const nonceLength = 12;
const tagLength = 16;

/** Encrypts; `context` (a job id, a row) is authenticated with it, so that sealed values cannot be swapped. */
export function seal(key: Uint8Array, context: string, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Decrypts; undefined when the key, the context or the bytes are not the ones it was sealed with. */
export function unseal(key: Uint8Array, context: string, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < nonceLength + tagLength) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength)).setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()]);
  } catch {
    return undefined; // GCM authentication failed: that is the answer, not a fault
  }
}

/** A fresh 256-bit key. */
export function newKey(): Uint8Array {
  return randomBytes(32);
}

/** A key for one purpose, derived from a job's key (HKDF, RFC 5869). */
export function deriveKey(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `benchtone ${purpose}`, 32));
}

/** Reads the installation's key from its file, or makes the file, mode 0600, when there is none. */
export function installationKey(file: string): Result<Uint8Array> {
  try {
    if (!existsSync(file)) {
      makeFolder(dirname(file));
      const fresh = `${file}.${process.pid}`;
      writeFileSync(fresh, `${Buffer.from(newKey()).toString('hex')}\n`, { mode: 0o600 });
      try {
        linkSync(fresh, file); // fails when another process was first: then its key is the one
      } catch (error) {
        if (!existsSync(file)) throw error;
      } finally {
        rmSync(fresh, { force: true });
      }
    }
    const text = readFileSync(file, 'utf8').trim();
    if (!/^[0-9a-f]{64}$/.test(text)) return { ok: false, refusal: { kind: 'missing', code: 'key.damaged', params: { file } } };
    return { ok: true, value: Buffer.from(text, 'hex') };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, refusal: { kind: 'missing', code: 'key.unusable', params: { file, reason } } };
  }
}
