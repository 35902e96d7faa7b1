/**
 * The values of HTTP authentication: Digest (RFC 7616 section 3.4; without qop as in RFC 2617 section 3.2.2.1) and Basic (RFC 7617).
 *
 *   response = H( H(A1) : nonce : nc : cnonce : qop : H(A2) )     A1 = user:realm:password      A2 = method:target
 *   response = H( H(A1) : nonce : H(A2) )                         where the server names no qop
 *   A1       = H(user:realm:password):nonce:cnonce                for the algorithms that end in -sess
 */
import { createHash } from 'node:crypto';
import type { Challenge } from './challenge.js';

export type Account = { readonly user: string; readonly password: string };

export type DigestRequest = {
  readonly method: string;
  /** The request target exactly as it is sent. */
  readonly target: string;
  /** The client's nonce, new for each request. */
  readonly cnonce: string;
  /** How often this server nonce was used, from 1. */
  readonly count: number;
};

/** By strength; SHA-256 before MD5 (RFC 7616 section 3.7). */
const algorithms = [
  { name: 'SHA-256', hash: 'sha256', session: false },
  { name: 'SHA-256-sess', hash: 'sha256', session: true },
  { name: 'MD5', hash: 'md5', session: false },
  { name: 'MD5-sess', hash: 'md5', session: true },
] as const;

/** The challenge to answer: Digest before Basic, the stronger algorithm first; undefined when none can be answered. */
export function chooseChallenge(challenges: readonly Challenge[]): Challenge | undefined {
  const digests = algorithms.map((algorithm) => challenges.find((each) => canAnswer(each) && algorithmOf(each) === algorithm));
  return digests.find((each) => each !== undefined) ?? challenges.find(({ scheme }) => scheme === 'basic');
}

/** True when the server took the account's answer for right but its nonce for too old (RFC 7616 section 3.3, stale). */
export function isStale({ params }: Challenge): boolean {
  return params.get('stale')?.toLowerCase() === 'true';
}

/** The `Authorization` header that answers a challenge from `chooseChallenge`. */
export function authorization(challenge: Challenge, account: Account, request: DigestRequest): string {
  return challenge.scheme === 'basic' ? basic(account) : digest(challenge, account, request);
}

function basic({ user, password }: Account): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

function digest(challenge: Challenge, { user, password }: Account, { method, target, cnonce, count }: DigestRequest): string {
  const { params } = challenge;
  const algorithm = algorithmOf(challenge) ?? algorithms[2];
  const hash = (text: string) => createHash(algorithm.hash).update(text, 'utf8').digest('hex');
  const realm = params.get('realm') ?? '';
  const nonce = params.get('nonce') ?? '';
  const account = hash(`${user}:${realm}:${password}`);
  const secret = algorithm.session ? hash(`${account}:${nonce}:${cnonce}`) : account;
  const asked = hash(`${method}:${target}`);
  const times = count.toString(16).padStart(8, '0');
  const withQop = params.has('qop');
  const response = hash(withQop ? `${secret}:${nonce}:${times}:${cnonce}:auth:${asked}` : `${secret}:${nonce}:${asked}`);
  const opaque = params.get('opaque');
  const fields = [
    `username=${quote(user)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(target)}`,
    ...(params.has('algorithm') ? [`algorithm=${algorithm.name}`] : []), // an old server that named none may not know the word
    ...(withQop ? ['qop=auth', `nc=${times}`] : []),
    ...(withQop || algorithm.session ? [`cnonce=${quote(cnonce)}`] : []),
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
  ];
  return `Digest ${fields.join(', ')}`;
}

function algorithmOf({ params }: Challenge): (typeof algorithms)[number] | undefined {
  const name = (params.get('algorithm') ?? 'MD5').toLowerCase();
  return algorithms.find((each) => each.name.toLowerCase() === name);
}

/** A Digest with a nonce, and no qop or one of them `auth`; `auth-int` alone is not done by any phone. */
function canAnswer({ scheme, params }: Challenge): boolean {
  const qop = params.get('qop');
  const offered = qop?.split(',').map((each) => each.trim().toLowerCase());
  return scheme === 'digest' && params.has('nonce') && (offered === undefined || offered.includes('auth'));
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
