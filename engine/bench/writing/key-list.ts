/**
 * The key list: what the customer's server needs to encrypt for the phones, `mac,key,directory`. In the clear, or under a passphrase as
 * `openssl enc -d -aes-256-cbc -md sha256 -pbkdf2 -iter 600000` opens it: unlike a phone's key a person's passphrase is worth guessing, so
 * guessing is made dear (OWASP, 2023: 600,000 rounds of PBKDF2 with SHA-256).
 */
import { createCipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Mac } from '../../contract/mac.js';
import type { Secret } from '../../contract/secret.js';
import type { KeyPair } from '../../profiles/phone-keys.js';

export const keyRounds = 600_000;
/** Characters; shorter ones are found by trying. */
export const shortestPassphrase = 10;

/** The list as CSV, lines ended as shell scripts want them; it holds every key there is. */
export function keyListCsv(pairs: Iterable<readonly [Mac, KeyPair]>): string {
  return `mac,key,directory\n${Array.from(pairs, ([mac, { key, directory }]) => `${mac},${key.reveal()},${directory.reveal()}\n`).join('')}`;
}

/** Locks a list under a passphrase; takes some tenths of a second, on another thread. */
export async function lockKeyList(csv: string, passphrase: Secret): Promise<Uint8Array> {
  const salt = randomBytes(8);
  const stuff = await promisify(pbkdf2)(passphrase.reveal(), salt, keyRounds, 48, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', stuff.subarray(0, 32), stuff.subarray(32));
  return Buffer.concat([Buffer.from('Salted__', 'latin1'), salt, cipher.update(csv, 'utf8'), cipher.final()]);
}
