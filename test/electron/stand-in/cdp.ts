/** A client of the Chrome DevTools Protocol, over Node's own WebSocket. */
import { EventEmitter } from 'node:events';
import type { CdpEvents } from './cdp-events.js';

export type Params = Readonly<Record<string, unknown>>;
type Message = { id?: number; method?: string; params?: Params; sessionId?: string; result?: Params; error?: { message: string } };
type Waiting = { readonly resolve: (result: Params) => void; readonly reject: (error: Error) => void; readonly method: string };

export class Cdp {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #events = new EventEmitter().setMaxListeners(0);
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Message));
    socket.addEventListener('close', () => {
      for (const { reject, method } of this.#waiting.values()) reject(new Error(`${method}: Chromium is gone`));
      this.#waiting.clear();
    });
  }

  static async connect(url: string): Promise<Cdp> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error(`no connection to ${url}`)), { once: true });
    });
    return new Cdp(socket);
  }

  /** Rejects with what Chromium says, or when it goes away. */
  send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error(`${method}: Chromium is gone`));
    this.#last += 1;
    const id = this.#last;
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject, method }));
  }

  /** Hears an event of a session, or of the browser where none is named. */
  on<Name extends keyof CdpEvents>(method: Name, listener: (params: CdpEvents[Name]) => void, sessionId = ''): void {
    this.#events.on(`${sessionId}:${method}`, listener);
  }

  #receive({ id, method, params, sessionId = '', result = {}, error }: Message): void {
    if (id === undefined) return void this.#events.emit(`${sessionId}:${method ?? ''}`, params);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
  }
}
