/**
 * The HTTP service: profiles and the folder's files by GET and HEAD, reports by POST and PUT (RFC 9110, RFC 9112).
 *
 * For embedded clients: HTTP/1.0 and 1.1, with or without `Host`, every response with its `Content-Length`, the whole file whatever
 * else is asked for. Node's own time-outs are off; `Connection` keeps time, so that there is one clock.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Server as NetServer, Socket } from 'node:net';
import type { Claim, Fact, Observe, RefusedBecause } from '../../contract/observation.js';
import type { Result } from '../../contract/problem.js';
import { readPath } from '../../protocols/http/target.js';
import { openContent } from '../content.js';
import type { FileAnswer, FileSource, Report } from '../files.js';
import type { Clock, Service, Started } from '../service.js';
import { visible } from '../visible.js';
import { Connection, type Exchange } from './connection.js';
import { readBody } from './report-body.js';
import { sendContent, sendShort } from './send.js';

export type HttpOptions = {
  readonly port: number;
  /** Makes the server listen at the bench's place; port 0 gives one of the system's choice. */
  readonly listen: (server: NetServer, port: number) => Promise<Result<number>>;
  readonly files: FileSource;
  /** Takes or refuses a report; gives the HTTP status. A 2xx is observed as `report`. */
  readonly takeReport: (report: Report) => Promise<number>;
  readonly observe: Observe;
  readonly clock: Clock;
  /** MACs the request itself names. */
  readonly claims?: (asked: { readonly path: string; readonly userAgent?: string }) => readonly Claim[];
};

/** A request as it is dealt with. */
type Asked = { readonly path: string; readonly from: string; readonly userAgent?: string };

const mostPath = 512;
const mostUserAgent = 200;
const mostConnections = 2_000;
const mostOfOneClient = 128;
const mostHeaderBytes = 16 * 1024;

/** Serves files and takes reports until disposed; refused when the port cannot be had. */
export async function startHttp(options: HttpOptions): Promise<Started> {
  const server = createServer({
    requireHostHeader: false, // Node would answer 400 to HTTP/1.1 without it
    maxHeaderSize: mostHeaderBytes,
    keepAliveTimeout: 0,
    headersTimeout: 0,
    requestTimeout: 0,
    noDelay: true,
  });
  server.timeout = 0;
  server.maxConnections = mostConnections;
  // A client that closes its sending half after the request still gets its answer. Without this Node ends the socket under the response.
  Object.assign(server, { httpAllowHalfOpen: true });
  const service = new HttpService(server, options);
  const listening = await options.listen(server, options.port);
  if (!listening.ok) return listening;
  service.port = listening.value;
  return { ok: true, value: service };
}

class HttpService implements Service {
  port = 0;
  readonly #server: Server;
  readonly #with: HttpOptions;
  readonly #connections = new Map<Socket, Connection>();
  readonly #perClient = new Map<string, number>();
  #closed = false;

  constructor(server: Server, options: HttpOptions) {
    this.#server = server;
    this.#with = options;
    server.on('connection', (socket: Socket) => {
      const { remoteAddress = '' } = socket;
      const own = (this.#perClient.get(remoteAddress) ?? 0) + 1;
      if (own > mostOfOneClient) return void socket.destroy(); // it may not take the places of all others
      this.#perClient.set(remoteAddress, own);
      socket.once('close', () => this.#left(remoteAddress));
      this.#connections.set(socket, new Connection(socket, options.clock));
      socket.once('close', () => this.#connections.delete(socket));
    });
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => this.#hearBadRequest(error, socket as Socket));
    server.on('request', (request, response) => {
      const connection = this.#connections.get(request.socket);
      const exchange = connection?.begin();
      if (!connection || !exchange) return void request.resume();
      response.once('finish', () => connection.finish(exchange));
      void this.#answer(request, response, connection, exchange);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    for (const connection of this.#connections.values()) connection.abort('error');
    await promise;
  }

  async #answer(request: IncomingMessage, response: ServerResponse, connection: Connection, exchange: Exchange): Promise<void> {
    const { method, url, headers, socket } = request;
    const userAgent = headers['user-agent'];
    const asked: Asked = {
      path: readPath(url ?? '/'),
      from: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
      ...(userAgent !== undefined && { userAgent: visible(userAgent, mostUserAgent) }),
    };
    try {
      if (asked.path.length > mostPath) {
        sendShort(response, 414);
        this.#observe(asked, missing(asked));
      } else if (method === 'GET' || method === 'HEAD') await this.#serve(asked, response, method, connection, exchange);
      else if (method === 'POST' || method === 'PUT') await this.#takeReport(asked, request, response);
      else sendShort(response, 405, { Allow: 'GET, HEAD, POST, PUT' });
    } catch {
      // Somebody else's promise was broken: the phone gets an answer it understands, if that is still possible.
      if (response.headersSent) connection.abort('error');
      else sendShort(response, 500);
    }
  }

  async #serve(asked: Asked, response: ServerResponse, method: 'GET' | 'HEAD', connection: Connection, exchange: Exchange): Promise<void> {
    const found = await this.#with.files.find({ transport: 'http', ...asked });
    if (found.kind === 'missing' || found.kind === 'refused') {
      sendShort(response, found.kind === 'missing' ? 404 : 403);
      this.#observe(asked, found.kind === 'missing' ? missing(asked) : refused(asked, found.because));
      return;
    }
    const about = { transport: 'http', path: visible(asked.path, mostPath), purpose: found.purpose } as const;
    if (method === 'GET')
      this.#observe(asked, { kind: 'fileAsked', ...about, ...(asked.userAgent !== undefined && { userAgent: asked.userAgent }) });
    await using content = await openContent(found);
    if (content === undefined) {
      sendShort(response, 500);
      if (method === 'GET') this.#observe(asked, { kind: 'fileBroken', ...about, bytes: 0, because: 'error' });
      return;
    }
    response.writeHead(200, { 'Content-Type': contentType(found), 'Content-Length': content.size });
    if (method === 'HEAD') return void response.end();
    let bytes = 0;
    connection.offer(exchange, (outcome) => {
      if (outcome.kind === 'delivered') this.#observe(asked, { kind: 'fileDelivered', ...about, bytes: content.size });
      else this.#observe(asked, { kind: 'fileBroken', ...about, bytes, because: outcome.because });
    });
    await sendContent(response, content, connection, (count) => (bytes += count));
  }

  async #takeReport({ path, from, userAgent }: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === 'broken') return;
    if (body === 'too-large') return sendShort(response, 413, { Connection: 'close' });
    const status = await this.#with.takeReport({ path, from, body, ...(userAgent !== undefined && { userAgent }) });
    sendShort(response, Number.isInteger(status) && status >= 200 && status <= 599 ? status : 500);
    if (status >= 200 && status <= 299)
      this.#observe({ path, from }, { kind: 'report', path: visible(path, mostPath), bytes: body.length });
  }

  /** What Node's parser refused, or a socket error that reached it. */
  #left(client: string): void {
    const others = (this.#perClient.get(client) ?? 1) - 1;
    if (others > 0) this.#perClient.set(client, others);
    else this.#perClient.delete(client);
  }

  #hearBadRequest(error: NodeJS.ErrnoException, socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (!connection || !socket.writable || !error.code?.startsWith('HPE_')) return void socket.destroy();
    if (connection.busy) {
      // Bytes after a request that said it was the last (a stray line end, say) do not spoil its answer.
      if (error.code !== 'HPE_CLOSED_CONNECTION') connection.abort('error');
      return;
    }
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    connection.close();
  }

  #observe({ path, from, userAgent }: Asked, fact: Fact): void {
    const { claims, clock, observe } = this.#with;
    const claimed = claims?.({ path, ...(userAgent !== undefined && { userAgent }) }) ?? [];
    observe({ at: clock.now().toISOString(), sender: { address: from, ...(claimed.length > 0 && { claims: claimed }) }, fact });
  }
}

function contentType(found: FileAnswer): string {
  return found.kind === 'bytes' ? found.contentType : 'application/octet-stream';
}

function missing({ path, userAgent }: Asked): Fact {
  return { kind: 'fileMissing', transport: 'http', path: visible(path, mostPath), ...(userAgent !== undefined && { userAgent }) };
}

function refused({ path }: Asked, because: RefusedBecause): Fact {
  return { kind: 'fileRefused', transport: 'http', path: visible(path, mostPath), because };
}
