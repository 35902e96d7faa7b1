/**
 * A phone's HTTP client: RFC 9112, as one of three kinds: HTTP/1.1 keeping its connection, HTTP/1.1 that closes, HTTP/1.0 without Host.
 * Certificates of https servers are checked against the built-in authorities, which no bench is signed by.
 */
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Character } from './character.js';
import type { Clock } from './clock.js';
import { type HttpResponse, readResponse } from './http-response.js';
import type { Url } from './rules.js';
import { type Failure, largestFile } from './transfer.js';

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: Url;
  readonly userAgent: string;
  readonly localAddress: string;
  readonly body?: Uint8Array;
  /** Value of `Authorization`. */
  readonly authorization?: string;
  readonly signal: AbortSignal;
  /** The connection breaks when the first bytes come. */
  readonly breakOff: boolean;
};

export type HttpAnswer =
  | { readonly ok: true; readonly response: HttpResponse }
  | { readonly ok: false; readonly because: Failure; readonly heard: boolean };

/** Milliseconds of phone time for one exchange; real ones while a server is connected at all. */
const timeout = 30_000;
/** A bench under load answers late, and phones are patient: no exchange is given up sooner. Real milliseconds. */
const leastTimeout = 5000;

export class HttpClient {
  readonly #kind: Character['http'];
  readonly #clock: Clock;
  #idle: { readonly server: string; readonly socket: Socket } | undefined;

  constructor(kind: Character['http'], clock: Clock) {
    this.#kind = kind;
    this.#clock = clock;
  }

  /** One request and its answer; never rejects. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const server = `${request.url.scheme}://${request.url.host}:${request.url.port}`;
    const kept = this.#idle?.server === server ? this.#idle.socket : undefined;
    if (kept === undefined) this.close();
    this.#idle = undefined;
    if (kept !== undefined) {
      const answer = await this.#exchange(kept, true, request, server);
      // A server may close an idle connection just as it is used (RFC 9112 section 9.3.1): once more on a new one.
      if (answer.ok || answer.heard || answer.because === 'broken-off') return answer;
    }
    if (request.signal.aborted) return { ok: false, because: 'broken-off', heard: false };
    return this.#exchange(dial(request), false, request, server);
  }

  /** Closes the connection that was kept, if any. */
  close(): void {
    this.#idle?.socket.end();
    this.#idle = undefined;
  }

  #exchange(socket: Socket, connected: boolean, request: HttpRequest, server: string): Promise<HttpAnswer> {
    return new Promise((resolve) => {
      let received = Buffer.alloc(0);
      let lastError: Failure = 'unreachable';
      const timer = setTimeout(() => give('timed-out'), Math.max(leastTimeout, this.#clock.patience(timeout)));
      const aborted = (): void => give('broken-off');
      request.signal.addEventListener('abort', aborted, { once: true });

      function settle(answer: HttpAnswer): void {
        clearTimeout(timer);
        request.signal.removeEventListener('abort', aborted);
        for (const event of ['data', 'end', 'close', 'connect', 'secureConnect']) socket.removeAllListeners(event);
        resolve(answer);
      }
      function give(because: Failure): void {
        settle({ ok: false, because, heard: received.length > 0 });
        socket.resetAndDestroy(); // RST: nobody takes it for an orderly end
      }
      const look = (ended: boolean): void => {
        const read = readResponse(received, ended);
        if (read.state === 'more') return;
        if (read.state === 'malformed') return give(received.length === 0 ? lastError : 'malformed');
        settle({ ok: true, response: read.response });
        this.#park(socket, read.response.persistent, server);
      };

      socket.removeAllListeners('error');
      socket.on('error', () => undefined); // 'close' follows
      socket.on('data', (bytes: Buffer) => {
        received = Buffer.concat([received, bytes]);
        if (request.breakOff) return give('broken-off');
        if (received.length > largestFile) return give('too-large');
        look(false);
      });
      socket.on('end', () => look(true));
      socket.on('close', () => look(true));
      const write = (): void => {
        lastError = 'malformed';
        socket.write(Buffer.concat([Buffer.from(this.#head(request)), request.body ?? Buffer.alloc(0)]));
      };
      if (connected) write();
      else socket.once(request.url.scheme === 'https' ? 'secureConnect' : 'connect', write);
    });
  }

  /** Keeps the connection where phone and server both do, else ends it in order. */
  #park(socket: Socket, persistent: boolean, server: string): void {
    if (this.#kind !== 'keep-alive' || !persistent || socket.destroyed) {
      socket.end();
      return;
    }
    this.#idle = { server, socket };
    socket.on('close', () => {
      if (this.#idle?.socket === socket) this.#idle = undefined;
    });
  }

  #head({ method, url, userAgent, body, authorization }: HttpRequest): string {
    const lines = [`${method} ${url.path} HTTP/${this.#kind === '1.0' ? '1.0' : '1.1'}`];
    if (this.#kind !== '1.0') lines.push(`Host: ${url.host}${url.port === 80 ? '' : `:${url.port}`}`);
    lines.push(`User-Agent: ${userAgent}`);
    if (authorization !== undefined) lines.push(`Authorization: ${authorization}`);
    if (this.#kind === 'close') lines.push('Connection: close');
    // Servers have had to cope with reports labelled as forms.
    if (body !== undefined) lines.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`);
    return `${lines.join('\r\n')}\r\n\r\n`;
  }
}

function dial({ url, localAddress }: HttpRequest): Socket {
  const where = { host: url.host, port: url.port, localAddress };
  const socket = url.scheme === 'https' ? connectTls(where) : connect(where);
  socket.setNoDelay(true);
  return socket;
}
