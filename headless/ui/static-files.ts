/** The window's files, from the folder they were built into; nothing outside it, whatever is asked for. */
import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export type StaticFile = { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> };

/** What the build makes; a file of another kind is none of ours. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** Scripts and styles of our own alone; a style made on the fly needs the nonce of this one load. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** The file of a URL's path; undefined where there is none. */
export async function findStatic(folder: string, pathname: string): Promise<StaticFile | undefined> {
  const name = nameOf(pathname);
  const type = name === undefined ? undefined : types[extname(name)];
  if (name === undefined || type === undefined) return undefined;
  const bytes = await readWithin(folder, name);
  if (bytes === undefined) return undefined;
  if (!name.endsWith('.html')) return { body: bytes, headers: { 'content-type': type, 'cache-control': cachingOf(name) } };
  const nonce = randomBytes(16).toString('base64url');
  return {
    body: Buffer.from(bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce)),
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
