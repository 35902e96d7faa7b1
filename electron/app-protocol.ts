/**
 * `app://bench/`: the files of the built window and nothing else. GET only, confined to one folder, every type named and not guessed,
 * a policy with a fresh nonce at each load of the page (CSP level 3).
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { appHost, appScheme } from './origin.js';

/** Registered before the app is ready. Never `bypassCSP`. */
export const appSchemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
};
const nonceMark = '__CSP_NONCE__';

/** Serves the folder under `app://bench/`. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(appScheme, (request) => answer(request, folder));
}

/** One request's response; never throws. */
export async function answer(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  const url = new URL(request.url);
  const file = url.host === appHost ? fileOf(url.pathname, folder) : undefined;
  const type = file === undefined ? undefined : types[extname(file)];
  if (file === undefined || type === undefined) return refuse(404);
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return refuse(404);
  if (!type.startsWith('text/html')) return new Response(new Uint8Array(bytes), { headers: headers(type, "default-src 'none'") });
  const nonce = randomBytes(18).toString('base64');
  return new Response(bytes.toString('utf8').replaceAll(nonceMark, nonce), { headers: headers(type, policy(nonce)) });
}

/** The file a path names; undefined when it would leave the folder or cannot be read. */
function fileOf(pathname: string, folder: string): string | undefined {
  const root = resolve(folder) + sep;
  try {
    const path = decodeURIComponent(pathname);
    if (path.includes('\0') || path.includes('\\')) return undefined;
    const file = join(root, path === '/' ? 'index.html' : path);
    return file.startsWith(root) ? file : undefined;
  } catch {
    return undefined; // a broken percent escape names no file
  }
}

function policy(nonce: string): string {
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
  ].join('; ');
}

function headers(type: string, contentSecurityPolicy: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  };
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: headers('text/plain; charset=utf-8', "default-src 'none'") });
}
