/**
 * Who may have a file that an account guards: Digest with SHA-256 or MD5 (RFC 7616), or Basic (RFC 7617).
 *
 * A nonce carries its time under a key of this process, so that asking for one costs no memory here. One that was used rightly is
 * kept with its highest `nc` until it lapses: a lower or equal `nc` is a replay. Only who knows the password can fill that list.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../contract/secret.js';
import { readCredentials } from '../../protocols/http/credentials.js';
import { algorithmNamed, digestResponse } from '../../protocols/http/digest.js';
import type { Clock } from '../service.js';

/** What a phone has to know for a file. */
export type Account = { readonly user: string; readonly password: Secret };

export type DoorRequest = { readonly method: string; readonly target: string; readonly authorization: string | undefined };

export type Admission =
  | { readonly kind: 'in' }
  /** The values of `WWW-Authenticate`; `wrong` where credentials came and were not right (an old nonce is not wrong). */
  | { readonly kind: 'challenge'; readonly challenges: readonly string[]; readonly wrong: boolean };

const realm = 'benchtone';
/** How long a nonce is good for, in milliseconds. */
export const nonceLifeMs = 300_000;
/** Nonces in use at once. */
const mostNonces = 20_000;

type Judged = 'in' | 'wrong' | 'stale';

export class Door {
  readonly #clock: Clock;
  readonly #random: (bytes: number) => Uint8Array;
  readonly #key: Uint8Array;
  readonly #used = new Map<string, { readonly until: number; count: number }>();

  constructor(clock: Clock, random: (bytes: number) => Uint8Array = randomBytes) {
    this.#clock = clock;
    this.#random = random;
    this.#key = random(32);
  }

  /** Lets in who answers rightly for the account; else says what to answer with. */
  admit(request: DoorRequest, account: Account): Admission {
    const judged = this.#judge(request, account);
    if (judged === 'in') return { kind: 'in' };
    return { kind: 'challenge', challenges: this.#challenges(judged === 'stale'), wrong: judged === 'wrong' };
  }

  #judge({ method, target, authorization }: DoorRequest, account: Account): Judged | undefined {
    if (authorization === undefined) return undefined;
    const credentials = readCredentials(authorization);
    if (credentials === undefined) return 'wrong';
    const password = account.password.reveal();
    if (credentials.scheme === 'digest') return this.#judgeDigest(credentials.params, method, target, account.user, password);
    const [user, known] = [same(credentials.user, account.user), same(credentials.password, password)];
    return user && known ? 'in' : 'wrong';
  }

  #judgeDigest(params: ReadonlyMap<string, string>, method: string, target: string, user: string, password: string): Judged {
    const named = (name: string): string => params.get(name) ?? '';
    const algorithm = algorithmNamed(params.get('algorithm'));
    const [nonce, count, cnonce] = [named('nonce'), named('nc'), named('cnonce')];
    const wellFormed = named('qop') === 'auth' && /^[0-9a-f]{8}$/i.test(count) && cnonce !== '';
    if (algorithm === undefined || !wellFormed || named('realm') !== realm || !sameTarget(named('uri'), target)) return 'wrong';
    const response = digestResponse(algorithm, { user, realm, password, method, target: named('uri'), nonce, cnonce, count });
    const known = same(named('response').toLowerCase(), response);
    if (!known || !same(named('username'), user)) return 'wrong';
    return this.#judgeNonce(nonce, Number.parseInt(count, 16));
  }

  #judgeNonce(nonce: string, count: number): Judged {
    const now = this.#clock.now().getTime();
    const until = this.#untilOf(nonce);
    if (until === undefined || until <= now || count === 0) return 'stale';
    const known = this.#used.get(nonce);
    if (known !== undefined) {
      if (count <= known.count) return 'stale';
      known.count = count;
      return 'in';
    }
    this.#forget(now);
    if (this.#used.size >= mostNonces) return 'stale';
    this.#used.set(nonce, { until, count });
    return 'in';
  }

  /** Lapsed ones; they stand in the order of their first use, which is nearly that of their time. */
  #forget(now: number): void {
    for (const [nonce, { until }] of this.#used) {
      if (until > now) return;
      this.#used.delete(nonce);
    }
  }

  #challenges(stale: boolean): string[] {
    const ask = (algorithm: string): string =>
      `Digest realm="${realm}", qop="auth", algorithm=${algorithm}, nonce="${this.#nonce()}"${stale ? ', stale=true' : ''}`;
    return [ask('SHA-256'), ask('MD5'), `Basic realm="${realm}", charset="UTF-8"`];
  }

  #nonce(): string {
    const body = Buffer.alloc(20);
    body.writeUIntBE(this.#clock.now().getTime() + nonceLifeMs, 0, 6);
    body.set(this.#random(14), 6);
    return Buffer.concat([body, this.#seal(body)]).toString('base64url');
  }

  /** When a nonce lapses; undefined for one that is not ours. */
  #untilOf(nonce: string): number | undefined {
    const bytes = Buffer.from(nonce, 'base64url');
    if (bytes.length !== 36 || bytes.toString('base64url') !== nonce) return undefined;
    const body = bytes.subarray(0, 20);
    return timingSafeEqual(this.#seal(body), bytes.subarray(20)) ? body.readUIntBE(0, 6) : undefined;
  }

  #seal(body: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(body).digest().subarray(0, 16);
  }
}

/** Whether two texts are the same, in a time that tells nothing of the second. */
function same(said: string, right: string): boolean {
  const hash = (text: string) => createHmac('sha256', 'same').update(text, 'utf8').digest();
  return timingSafeEqual(hash(said), hash(right));
}

/** RFC 7616 section 3.4.6: a proxy may have made it absolute. */
function sameTarget(said: string, target: string): boolean {
  const origin = (text: string): string => text.replace(/^https?:\/\/[^/?#]*/i, '');
  return said === target || origin(said) === origin(target);
}
