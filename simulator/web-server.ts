/**
 * The phone's web page, as far as a bench uses it (action URLs, 8800 administration guide): cfg.xml, status.xml, resync, reboot.
 * `/admin/resync?URL` fetches once from there; the URL may come un-encoded, as all of Cisco's examples have it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Door } from './web-auth.js';

export type WebPages = {
  configuration(): string;
  status(): string;
  /** The admin's password; undefined where none is needed. */
  password(): string | undefined;
  /** `Enable_Web_Admin_Access`. */
  admits(): boolean;
  /** `Enable_Direct_Action_Url`. */
  takesActions(): boolean;
  /** Asked after the answer has gone; without a URL the phone's own rules are run. */
  resync(url: string | undefined): void;
  reboot(): void;
};

export type Listening = { readonly ok: true } | { readonly ok: false; readonly code: string };

export class WebServer {
  readonly #pages: WebPages;
  readonly #door: Door;
  #server: Server | undefined;

  constructor(pages: WebPages, door: Door) {
    this.#pages = pages;
    this.#door = door;
  }

  /** Listens here from now on, and no more where it did before. Port 0 takes any; `port` tells which. */
  listen(address: string, port: number): Promise<Listening> {
    this.close(true);
    const server = createServer({ keepAliveTimeout: 5000, requestTimeout: 30_000 }, (request, response) => this.#answer(request, response));
    this.#server = server;
    return new Promise((resolve) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (this.#server === server) this.#server = undefined;
        resolve({ ok: false, code: error.code ?? error.message });
      });
      server.listen(port, address, () => {
        server.removeAllListeners('error');
        server.on('error', () => undefined);
        resolve({ ok: true });
      });
    });
  }

  get port(): number | undefined {
    const address = this.#server?.address();
    return address !== null && typeof address === 'object' ? address.port : undefined;
  }

  /** Stops listening. `gently`: answers under way are finished. */
  close(gently = false): void {
    const server = this.#server;
    this.#server = undefined;
    server?.close();
    if (gently) server?.closeIdleConnections();
    else server?.closeAllConnections();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    const uri = request.url ?? '/';
    const [path = ''] = uri.split('?', 1);
    if (!path.startsWith('/admin/')) return reply(response, 404);
    const password = this.#pages.password();
    if (password !== undefined && !this.#door.opens(request.headers.authorization, request.method ?? '', uri, password)) {
      response.setHeader('WWW-Authenticate', this.#door.challenge());
      return reply(response, 401);
    }
    if (!this.#pages.admits()) return reply(response, 403);
    if (path === '/admin/cfg.xml') return reply(response, 200, 'text/xml', this.#pages.configuration());
    if (path === '/admin/status.xml') return reply(response, 200, 'text/xml', this.#pages.status());
    if (path !== '/admin/resync' && path !== '/admin/reboot') return reply(response, 404);
    if (!this.#pages.takesActions()) return reply(response, 403);
    response.once('close', () => {
      if (path === '/admin/reboot') this.#pages.reboot();
      else this.#pages.resync(argumentOf(uri));
    });
    reply(response, 200, 'text/html', '<html><body>The phone will resync when it is idle.</body></html>');
  }
}

/** What follows the question mark, percent-decoded where it has to be: a `%` in a URL as typed may be its own. */
function argumentOf(uri: string): string | undefined {
  const at = uri.indexOf('?');
  const text = at < 0 ? '' : uri.slice(at + 1);
  if (text === '') return undefined;
  if (text.includes('://')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function reply(response: ServerResponse, status: number, type = 'text/plain', body = ''): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
