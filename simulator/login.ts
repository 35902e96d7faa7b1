/** How the phone answers a web server that asks who it is, with `--uid` and `--pwd` of the rule: Basic (RFC 7617) or Digest (RFC 7616, MD5, qop=auth). */
import { createHash, randomBytes } from 'node:crypto';
import type { HttpResponse } from './http-response.js';

export type Account = { readonly user: string; readonly password: string };

type Asked = { readonly method: string; readonly uri: string };

/** The account a rule's options name; undefined where they name none. */
export function accountOf(options: ReadonlyMap<string, string>): Account | undefined {
  const user = options.get('uid');
  return user === undefined ? undefined : { user, password: options.get('pwd') ?? '' };
}

/**
 * The `Authorization` for a challenge; undefined when it asks for nothing this phone knows. `prefers`: its way where both are offered.
 * Challenges may stand in several fields or, joined by commas, in one.
 */
export function answerTo(
  { headers }: HttpResponse,
  { user, password }: Account,
  prefers: 'basic' | 'digest',
  { method, uri }: Asked,
): string | undefined {
  const offered = headers.get('www-authenticate') ?? '';
  const challenges = offered.split(/,\s*(?=(?:Basic|Digest)\s)/i);
  const digest = challenges.map(readDigest).find((fields) => fields !== undefined && /^(?:MD5)?$/i.test(fields.get('algorithm') ?? ''));
  const basic = challenges.some((challenge) => /^\s*Basic\s/i.test(challenge));
  if (basic && (prefers === 'basic' || digest === undefined))
    return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  if (digest === undefined) return undefined;
  const [realm, nonce] = [digest.get('realm') ?? '', digest.get('nonce') ?? ''];
  const [count, cnonce] = ['00000001', randomBytes(8).toString('hex')];
  const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:${count}:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
  return (
    `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=MD5, ` +
    `qop=auth, nc=${count}, cnonce="${cnonce}", response="${response}"`
  );
}

function readDigest(challenge: string): ReadonlyMap<string, string> | undefined {
  if (!/^\s*Digest\s/i.test(challenge)) return undefined;
  const fields = challenge.matchAll(/(?<name>\w+)\s*=\s*(?:"(?<quoted>[^"]*)"|(?<bare>[^\s,]+))/g);
  return new Map(
    Array.from(fields, ({ groups }) => [(groups?.['name'] ?? '').toLowerCase(), groups?.['quoted'] ?? groups?.['bare'] ?? '']),
  );
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
