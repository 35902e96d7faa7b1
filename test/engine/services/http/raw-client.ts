/** A bare TCP client: sends the bytes a test wants, in the order it wants, and ends the way it wants. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawHttp implements AsyncDisposable {
  readonly socket: Socket;
  #text = '';
  #ended = false;
  readonly #waiting = new Set<() => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => this.#note(() => (this.#text += bytes.toString('latin1'))));
    socket.on('end', () => this.#note(() => (this.#ended = true)));
    socket.on('error', () => {});
    socket.on('close', () => this.#note(() => (this.#ended = true)));
  }

  /** `allowHalfOpen`: it does not answer the server's FIN by itself. */
  static async open(port: number, allowHalfOpen = true): Promise<RawHttp> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen });
    await once(socket, 'connect');
    return new RawHttp(socket);
  }

  send(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Everything that came, once it holds `end`. */
  async until(end: string): Promise<string> {
    await this.#until(() => this.#text.includes(end));
    return this.#text;
  }

  /** Everything that came, once the server has closed its half. */
  async untilEnd(): Promise<string> {
    await this.#until(() => this.#ended);
    return this.#text;
  }

  #note(change: () => void): void {
    change();
    for (const look of this.#waiting) look();
  }

  async #until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (holds()) resolve();
    };
    this.#waiting.add(look);
    await promise;
    this.#waiting.delete(look);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.socket.closed) return;
    this.socket.destroy();
    await once(this.socket, 'close');
  }
}
