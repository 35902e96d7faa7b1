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

export type AlgorithmName = (typeof algorithms)[number]['name'];

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
  const realm = params.get('realm') ?? '';
  const nonce = params.get('nonce') ?? '';
  const times = count.toString(16).padStart(8, '0');
  const withQop = params.has('qop');
  const response = digestResponse(algorithm.name, {
    user,
    realm,
    password,
    method,
    target,
    nonce,
    cnonce,
    ...(withQop ? { count: times } : {}),
  });
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

export type DigestParts = {
  readonly user: string;
  readonly realm: string;
  readonly password: string;
  readonly method: string;
  readonly target: string;
  readonly nonce: string;
  readonly cnonce: string;
  /** `nc` as it is sent, eight hex digits; absent where the server names no qop. */
  readonly count?: string;
};

/** The `response` of a Digest, lower-case hex, for qop `auth` or none. */
export function digestResponse(name: AlgorithmName, parts: DigestParts): string {
  const { user, realm, password, method, target, nonce, cnonce, count } = parts;
  const { hash: algorithm, session } = algorithms.find((each) => each.name === name) ?? algorithms[2];
  const hash = (text: string) => createHash(algorithm).update(text, 'utf8').digest('hex');
  const account = hash(`${user}:${realm}:${password}`);
  const secret = session ? hash(`${account}:${nonce}:${cnonce}`) : account;
  const asked = hash(`${method}:${target}`);
  return hash(count === undefined ? `${secret}:${nonce}:${asked}` : `${secret}:${nonce}:${count}:${cnonce}:auth:${asked}`);
}

/** The algorithm of this name, in any case; MD5 where none is named (RFC 7616 section 3.3). */
export function algorithmNamed(name: string | undefined): AlgorithmName | undefined {
  const wanted = (name ?? 'MD5').toLowerCase();
  return algorithms.find((each) => each.name.toLowerCase() === wanted)?.name;
}

function algorithmOf({ params }: Challenge): (typeof algorithms)[number] | undefined {
  const name = algorithmNamed(params.get('algorithm'));
  return algorithms.find((each) => each.name === name);
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
