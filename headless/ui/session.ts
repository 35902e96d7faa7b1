/**
 * Who may use the window in a browser: whoever has seen the address this process printed.
 *
 * The one-time token in it is exchanged once for a cookie. The cookie is an expiry and a nonce under an HMAC whose key follows from the
 * installation's, so that a page outlives a restart of this process on the same port, and nothing has to be kept.
 *
 *   cookie | benchtone-<port>=<expires, ms since 1970>.<nonce>.<HMAC-SHA-256 of port, expires and nonce> |
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../../engine/store/keys.js';
import type { Clock } from '../../engine/services/service.js';

/** A page that is not loaded again for so long has to be opened anew. Seconds. */
const lifetime = 7 * 24 * 3600;

export class Session {
  readonly #key: Uint8Array;
  readonly #clock: Clock;
  readonly #port: number;
  #token: string | undefined = randomBytes(32).toString('base64url');

  constructor(installationKey: Uint8Array, port: number, clock: Clock) {
    this.#key = deriveKey(installationKey, 'browser session');
    this.#port = port;
    this.#clock = clock;
  }

  /** Where to begin; good for one exchange. Undefined once it was used. */
  get address(): string | undefined {
    return this.#token === undefined ? undefined : `http://127.0.0.1:${this.#port}/?token=${this.#token}`;
  }

  /** Takes the token; true the first time alone. */
  exchange(token: string): boolean {
    if (this.#token === undefined || !same(token, this.#token)) return false;
    this.#token = undefined;
    return true;
  }

  /** A fresh cookie, as the value of `Set-Cookie`. */
  cookie(): string {
    const expires = this.#clock.now().getTime() + lifetime * 1000;
    const nonce = randomBytes(16).toString('base64url');
    const value = `${expires}.${nonce}.${this.#sign(String(expires), nonce)}`;
    return `${this.#name}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${lifetime}`;
  }

  /** Whether a `Cookie` header holds one of ours that is still good. */
  admits(header: string | undefined): boolean {
    for (const part of header?.split(';') ?? []) {
      const [name, value = ''] = part.trim().split('=', 2);
      if (name === this.#name && this.#isGood(value)) return true;
    }
    return false;
  }

  #isGood(value: string): boolean {
    const [expires = '', nonce = '', signature = '', ...rest] = value.split('.');
    return rest.length === 0 && same(signature, this.#sign(expires, nonce)) && Number(expires) > this.#clock.now().getTime();
  }

  #sign(expires: string, nonce: string): string {
    return createHmac('sha256', this.#key).update(`${this.#port} ${expires} ${nonce}`).digest('base64url');
  }

  /** Cookies do not tell ports apart: two windows side by side must not take each other's. */
  get #name(): string {
    return `benchtone-${this.#port}`;
  }
}

/** Compares in a time that tells nothing of where they differ. */
function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
