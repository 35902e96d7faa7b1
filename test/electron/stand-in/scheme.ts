/**
 * `protocol.handle`. Chromium knows no scheme of ours, so `app://host/path` is loaded as `https://host.app.stand-in.test/path` and answered
 * from here: a secure context, and the headers (content security policy) hold. The app itself only ever sees `app://`.
 */
import type * as Electron from 'electron';
import type { Params } from './cdp.js';
import type { Paused } from './cdp-events.js';

type Handler = (request: Request) => Response | Promise<Response>;
const handlers = new Map<string, Handler>();
const suffix = 'stand-in.test';

export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle(scheme: string, handler: Handler) {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme: string) => void handlers.delete(scheme),
  isProtocolHandled: (scheme: string) => handlers.has(scheme),
} satisfies Pick<typeof Electron.protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>;

/** An address of the app as Chromium is told it. */
export function toChromium(url: string): string {
  const { scheme, host, rest } = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<host>[^/?#]*)(?<rest>.*)$/i.exec(url)?.groups ?? {};
  if (scheme === undefined || host === undefined || rest === undefined || !handlers.has(scheme)) return url;
  return `https://${host}.${scheme}.${suffix}${rest.startsWith('/') ? rest : `/${rest}`}`;
}

/** An address as the app knows it. */
export function fromChromium(url: string): string {
  const found = /^https:\/\/(?<host>[^/]*)\.(?<scheme>[a-z][a-z0-9+-]*)\.stand-in\.test(?<rest>.*)$/i.exec(url)?.groups;
  return found === undefined ? url : `${found['scheme']}://${found['host']}${found['rest']}`;
}

/** How a held request is answered: the DevTools method and its parameters. Only loopback is ever reached. */
export async function answerTo({ requestId, request }: Paused): Promise<readonly [method: string, params: Params]> {
  const url = fromChromium(request.url);
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) {
    const loopback = ['127.0.0.1', 'localhost'].includes(new URL(url).hostname);
    return loopback ? ['Fetch.continueRequest', { requestId }] : ['Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }];
  }
  try {
    const response = await handler(asRequest(url, request));
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
    return ['Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body }];
  } catch (error) {
    process.stderr.write(`protocol.handle: ${String(error)}\n`);
    return ['Fetch.failRequest', { requestId, errorReason: 'Failed' }];
  }
}

function asRequest(url: string, { method, headers, postData }: Paused['request']): Request {
  return new Request(url, { method, headers, ...(postData === undefined ? {} : { body: postData }) });
}
