/** `app://bench/`: the files of the built window and nothing else, by GET only. */
import type { CustomScheme, Protocol } from 'electron';
import { findWindowFile, nothingAllowed, windowHeaders } from '../engine/desk/window-files.js';
import { appHost, appScheme } from './origin.js';

/** Registered before the app is ready. Never `bypassCSP`. */
export const appSchemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Serves the folder under `app://bench/`. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(appScheme, (request) => answer(request, folder));
}

/** One request's response; never rejects. */
export async function answer(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  const url = new URL(request.url);
  const file = url.host === appHost ? await findWindowFile(folder, url.pathname) : undefined;
  return file === undefined ? refuse(404) : new Response(new Uint8Array(file.body), { headers: { ...windowHeaders, ...file.headers } });
}

function refuse(status: number): Response {
  const headers = { ...windowHeaders, 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': nothingAllowed };
  return new Response(null, { status, headers });
}
