/**
 * The keys of one phone: what encrypts its files, and the directory they lie in that nobody can guess (facts section 8.1). Two pairs: the
 * first is put into the phone by a file that cannot be encrypted yet, and is good for the bench alone; the second arrives encrypted
 * under the first and is the one the phone leaves with. A person may have the second replaced as often as they like (ADR 0029).
 */
import { randomBytes } from 'node:crypto';
import { Secret } from '../contract/secret.js';

export type KeyPair = {
  /** 256 bits as 64 lower-case hex digits: to a phone a passphrase (facts section 4.1). */
  readonly key: Secret;
  /** 128 bits as 32 lower-case hex digits. */
  readonly directory: Secret;
};

export type PhoneKeys = {
  readonly bench: KeyPair;
  readonly customer: KeyPair;
  /** How often the customer's pair was replaced: the number of the one that counts now, the first being 0. */
  readonly turn: number;
  /** The ones before it, the oldest first; the last of them has the number before `turn`. */
  readonly former: readonly KeyPair[];
};

/** So many replaced pairs are kept; more than so many that no phone has proven can't wait for it. */
export const mostFormer = 8;

/** A pair nobody has had before. */
export function newKeyPair(): KeyPair {
  const hex = randomBytes(48).toString('hex'); // at once: each call of it is dear
  return { key: new Secret(hex.slice(0, 64)), directory: new Secret(hex.slice(64)) };
}

export function newPhoneKeys(): PhoneKeys {
  return neverRotated(newKeyPair(), newKeyPair());
}

/** Keys of which none was ever replaced. */
export function neverRotated(bench: KeyPair, customer: KeyPair): PhoneKeys {
  return { bench, customer, turn: 0, former: [] };
}

/** The same phone's keys with a customer's pair nobody has had before; the one it takes the place of is kept. */
export function rotated(keys: PhoneKeys): PhoneKeys {
  return { ...keys, customer: newKeyPair(), turn: keys.turn + 1, former: [...keys.former, keys.customer].slice(-mostFormer) };
}

/** The customer's pair of a number, where it is still kept. */
function pairOfTurn({ customer, turn, former }: PhoneKeys, wanted: number): KeyPair | undefined {
  return wanted === turn ? customer : former[former.length - (turn - wanted)];
}

/** The pair a phone is known to have: the last it has proven, of number `proven`; before any is proven the one it will be given. */
export function pairHeld(keys: PhoneKeys, proven: number | undefined): KeyPair {
  return (proven === undefined ? undefined : pairOfTurn(keys, proven)) ?? keys.customer;
}

/** Every pair a phone may have, the newest first, the bench's last: no older one than it has proven. */
export function pairsPossible(keys: PhoneKeys, proven: number | undefined): readonly KeyPair[] {
  const oldest = proven ?? 0;
  const before = keys.former.filter((_pair, at) => keys.turn - keys.former.length + at >= oldest);
  return [keys.customer, ...before.toReversed(), keys.bench];
}
