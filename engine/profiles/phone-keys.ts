/**
 * The keys of one phone: what encrypts its files, and the directory they lie in that nobody can guess (facts section 8.1). Two pairs: the
 * first is put into the phone by a file that cannot be encrypted yet, and is good for the bench alone; the second arrives encrypted
 * under the first and is the one the phone leaves with.
 */
import { randomBytes } from 'node:crypto';
import { Secret } from '../contract/secret.js';

export type KeyPair = {
  /** 256 bits as 64 lower-case hex digits: to a phone a passphrase (facts section 4.1). */
  readonly key: Secret;
  /** 128 bits as 32 lower-case hex digits. */
  readonly directory: Secret;
};

export type PhoneKeys = { readonly bench: KeyPair; readonly customer: KeyPair };

/** A pair nobody has had before. */
export function newKeyPair(): KeyPair {
  const hex = randomBytes(48).toString('hex'); // at once: each call of it is dear
  return { key: new Secret(hex.slice(0, 64)), directory: new Secret(hex.slice(64)) };
}

export function newPhoneKeys(): PhoneKeys {
  return { bench: newKeyPair(), customer: newKeyPair() };
}
