/**
 * What a request must be before it is looked at: addressed to this host by its own name (a name that somebody else's DNS points at
 * 127.0.0.1 is refused), and, where it says so, from a page of ours.
 */
import type { IncomingMessage } from 'node:http';

/** Why a request is refused. */
export type Objection = 'host' | 'origin' | 'site';

/** What speaks against a request; undefined when nothing does. */
export function objectionTo({ headers, method = '' }: Pick<IncomingMessage, 'headers' | 'method'>, port: number): Objection | undefined {
  const { host = '', origin } = headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 'host';
  const changes = method !== 'GET' && method !== 'HEAD';
  if (origin === undefined ? changes : origin !== `http://${host}`) return 'origin';
  // A page on another port of this machine is of the same site, so it would send our cookie along with an image or a script.
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' || isNavigation(headers) ? undefined : 'site';
}

/** A link somewhere that leads here: it shows our page and tells the other nothing. */
function isNavigation(headers: IncomingMessage['headers']): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
