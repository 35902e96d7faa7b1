/**
 * The live feed as server-sent events (HTML Living Standard 9.2): one `data:` line of JSON an event. A client that does not keep up is
 * dropped; it reconnects and takes a new snapshot, which costs less than what it missed.
 */
import type { ServerResponse } from 'node:http';
import type { Event } from '../../engine/contract/calls.js';

/** Bytes that may wait for one client. */
const queueLimit = 4 << 20;
/** Windows at once; a browser opens six connections to a host. */
const clientLimit = 32;
/** Proxies and power savers close what is silent. */
const keepAliveMs = 15_000;
/** How soon a browser tries again, in milliseconds. */
const retryMs = 500;

export class EventStreams {
  readonly #clients = new Set<ServerResponse>();
  readonly #keepAlive = setInterval(() => this.#write(': still here\n\n'), keepAliveMs).unref();

  get size(): number {
    return this.#clients.size;
  }

  /** Takes a client in; false when there are too many. */
  add(response: ServerResponse): boolean {
    if (this.#clients.size >= clientLimit) return false;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    response.write(`retry: ${retryMs}\n\n`);
    this.#clients.add(response);
    response.on('close', () => this.#clients.delete(response));
    return true;
  }

  send(event: Event): void {
    if (this.#clients.size > 0) this.#write(`data: ${JSON.stringify(event)}\n\n`);
  }

  /** Ends every stream. */
  close(): void {
    clearInterval(this.#keepAlive);
    for (const client of this.#clients) client.end();
  }

  #write(text: string): void {
    for (const client of this.#clients) {
      if (client.writableLength + text.length > queueLimit) client.destroy();
      else client.write(text);
    }
  }
}
