/**
 * The window in a browser: the built files, `POST /api/call` and `GET /api/events`, on 127.0.0.1 alone.
 *
 * Every request has to pass the gate (host, origin) and to show the cookie before anything else is looked at.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Desk } from '../../engine/desk.js';
import { findWindowFile, nothingAllowed, windowHeaders } from '../../engine/desk/window-files.js';
import type { Result } from '../../engine/contract/problem.js';
import type { Clock } from '../../engine/services/service.js';
import { readBody } from './body.js';
import { EventStreams } from './event-streams.js';
import { objectionTo } from './gate.js';
import { type PageName, pageText } from './pages.js';
import { Session } from './session.js';

export type UiServerOptions = {
  readonly desk: Desk;
  /** The folder the window was built into. */
  readonly folder: string;
  /** 0 takes any. */
  readonly port: number;
  readonly installationKey: Uint8Array;
  readonly clock: Clock;
  /** Hears of every refused request. */
  readonly onRefused: (what: string) => void;
};

export interface UiServer extends AsyncDisposable {
  readonly port: number;
  /** Where to begin, good once: `http://127.0.0.1:PORT/?token=…`. */
  readonly address: string;
}

/** What no window of ours asks. */
const malformed: ReadonlySet<string> = new Set(['call.invalid', 'call.unknown']);
/** Body of a call: a file of 20 MiB in base64, and room. */
const bodyLimit = 30 << 20;
/** How long a client may take to hear that its body is too large, in milliseconds. */
const lastWordMs = 500;

/** Begins to listen. Refused with `port.taken` or `port.privilege` as any port of the bench. */
export async function startUiServer(options: UiServerOptions): Promise<Result<UiServer>> {
  const server = createServer();
  const failure = await listen(server, options.port);
  if (failure !== undefined) return failure;
  const { port } = server.address() as AddressInfo;
  const session = new Session(options.installationKey, port, options.clock);
  const streams = new EventStreams();
  const stopHearing = options.desk.on((event) => streams.send(event));
  const window = new Window(options, session, streams, port);
  server.on('request', (request, response) => {
    window.answer(request, response).catch(() => response.destroy()); // the client broke off
  });
  return {
    ok: true,
    value: {
      port,
      address: session.address ?? '',
      async [Symbol.asyncDispose]() {
        stopHearing();
        streams.close();
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        server.closeAllConnections();
        await closed;
      },
    },
  };
}

class Window {
  readonly #options: UiServerOptions;
  readonly #session: Session;
  readonly #streams: EventStreams;
  readonly #port: number;

  constructor(options: UiServerOptions, session: Session, streams: EventStreams, port: number) {
    this.#options = options;
    this.#session = session;
    this.#streams = streams;
    this.#port = port;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(alwaysSent)) response.setHeader(name, value);
    const objection = objectionTo(request, this.#port);
    if (objection !== undefined) return this.#refuse(request, response, 403, objection);
    const url = targetOf(request.url);
    if (url === undefined) return this.#refuse(request, response, 400, 'target');
    const token = url.pathname === '/' ? url.searchParams.get('token') : null;
    if (token !== null) return this.#exchange(request, response, token);
    if (!this.#session.admits(request.headers.cookie)) return this.#notSignedIn(request, response, url.pathname);
    if (url.pathname === '/api/call') return this.#call(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return this.#refuse(request, response, 405, 'method');
    if (url.pathname === '/api/events') return this.#events(request, response);
    return this.#file(request, response, url.pathname);
  }

  #exchange(request: IncomingMessage, response: ServerResponse, token: string): void {
    if (request.method !== 'GET') return this.#refuse(request, response, 405, 'method');
    if (!this.#session.exchange(token)) return this.#page(request, response, 'token-used');
    response.writeHead(303, { location: '/', 'set-cookie': this.#session.cookie(), 'cache-control': 'no-store' }).end();
  }

  #notSignedIn(request: IncomingMessage, response: ServerResponse, pathname: string): void {
    if (pathname.startsWith('/api/')) return this.#refuse(request, response, 401, 'cookie');
    return this.#page(request, response, 'not-signed-in');
  }

  async #call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return this.#refuse(request, response, 405, 'method');
    if (!/^application\/json(?:\s*;|$)/i.test(request.headers['content-type'] ?? ''))
      return this.#refuse(request, response, 415, 'content-type');
    if (request.headers['x-benchtone'] !== '1') return this.#refuse(request, response, 403, 'header');
    const body = await readBody(request, bodyLimit);
    if (body === undefined) return this.#refuse(request, response, 413, 'too-large');
    const asked = readCall(body);
    if (asked === undefined) return this.#refuse(request, response, 400, 'body');
    const answer = await this.#options.desk.call(asked.name, asked.input);
    if (!answer.ok && malformed.has(answer.error.code)) this.#options.onRefused(`POST ${answer.error.code} ${asked.name.slice(0, 100)}`);
    json(response, 200, answer);
  }

  #events(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET') return this.#refuse(request, response, 405, 'method');
    if (!this.#streams.add(response)) this.#refuse(request, response, 503, 'too-many');
  }

  async #file(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const file = await findWindowFile(this.#options.folder, pathname);
    if (file === undefined) return this.#refuse(request, response, 404, 'no-file');
    // A page that is loaded now is good for its whole time again.
    const renewed = file.headers['content-type']?.startsWith('text/html') === true ? { 'set-cookie': this.#session.cookie() } : {};
    response.writeHead(200, { ...file.headers, ...renewed, 'content-length': file.body.length });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  #page(request: IncomingMessage, response: ServerResponse, name: PageName): void {
    this.#options.onRefused(`${request.method} ${name}`);
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
    response.writeHead(401, { ...headers, 'content-security-policy': nothingAllowed }).end(pageText(name));
  }

  #refuse(request: IncomingMessage, response: ServerResponse, status: number, because: string): void {
    this.#options.onRefused(`${request.method} ${because}`);
    if (hasBody(request)) hangUp(request, response);
    json(response, status, { ok: false, error: { code: 'call.refused', params: { because } } });
  }
}

/** A path with its query (RFC 9112 section 3.2.1, origin-form); proxies' forms are not for us. */
function targetOf(target = ''): URL | undefined {
  return target.startsWith('/') && URL.canParse(`http://bench${target}`) ? new URL(`http://bench${target}`) : undefined;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** A body nobody wants is not read; the client gets a moment to hear why. */
function hangUp(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  response.on('finish', () => {
    const timer = setTimeout(() => request.destroy(), lastWordMs);
    request.on('close', () => clearTimeout(timer));
    request.resume();
  });
}

const alwaysSent = {
  ...windowHeaders,
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(JSON.stringify(value));
}

function readCall(body: Buffer): { readonly name: string; readonly input: unknown } | undefined {
  try {
    const read: unknown = JSON.parse(body.toString('utf8'));
    if (typeof read !== 'object' || read === null || !('name' in read) || typeof read.name !== 'string') return undefined;
    return { name: read.name, input: 'input' in read ? read.input : undefined };
  } catch {
    return undefined; // not JSON
  }
}

function listen(server: Server, port: number): Promise<Extract<Result<never>, { ok: false }> | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'EADDRINUSE' ? 'port.taken' : error.code === 'EACCES' ? 'port.privilege' : 'port.failed';
      const params = { protocol: 'tcp', port, first: 1024, platform: process.platform, error: error.code ?? '' };
      resolve({ ok: false, refusal: { kind: 'missing', code, params } });
    });
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
}
