/**
 * The window's files, from the folder they were built into: nothing outside it, whatever is asked for, every type named and not guessed,
 * the page under a policy with a fresh nonce at each load (CSP level 3). Both hosts serve the same.
 */
import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export type WindowFile = { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> };

/** What the build makes; a file of another kind is none of ours. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
};
const nonceMark = '__CSP_NONCE__';

/** Sent with everything a host answers, refusals too. */
export const windowHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/** What is no page of ours may load and run nothing. */
export const nothingAllowed = "default-src 'none'; frame-ancestors 'none'";

/**
 * Scripts and styles of our own alone; a style made on the fly needs the nonce of this one load. Text becomes markup or script nowhere:
 * the window's own policy (`renderer/trusted-types.ts`) lets style sheets through and nothing else.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/** The file of a URL's path; undefined where there is none. Never rejects. */
export async function findWindowFile(folder: string, pathname: string): Promise<WindowFile | undefined> {
  const name = nameOf(pathname);
  const type = name === undefined ? undefined : types[extname(name)];
  if (name === undefined || type === undefined) return undefined;
  const bytes = await readWithin(folder, name);
  if (bytes === undefined) return undefined;
  if (!name.endsWith('.html'))
    return { body: bytes, headers: { 'content-type': type, 'cache-control': cachingOf(name), 'content-security-policy': nothingAllowed } };
  const nonce = randomBytes(18).toString('base64url');
  return {
    body: Buffer.from(bytes.toString('utf8').replaceAll(nonceMark, nonce)),
    headers: { 'content-type': type, 'cache-control': 'no-store', 'content-security-policy': contentSecurityPolicy(nonce) },
  };
}

/** Names with a hash in them never mean anything else. */
function cachingOf(name: string): string {
  return /^assets\/.+-[\w-]{8,}\.\w+$/.test(name) ? 'private, max-age=31536000, immutable' : 'no-cache';
}

function nameOf(pathname: string): string | undefined {
  if (pathname === '/') return 'index.html';
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname.slice(1));
  } catch {
    return undefined;
  }
  return /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(decoded) ? decoded : undefined;
}

/** A link in the folder that leads out of it is not followed. */
async function readWithin(folder: string, name: string): Promise<Buffer | undefined> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, name));
    return file.startsWith(root + sep) ? await readFile(file) : undefined;
  } catch {
    return undefined; // no such file
  }
}
