/**
 * The requests of one connection: taken out of its bytes as they come, answered one after the other in their order.
 *
 * A head is read when it arrives, for its arrival judges the file before it. Content is only read when its request is at its turn;
 * until then the connection is not read further, so that nothing piles up here.
 */
import type { Socket } from 'node:net';
import { BodyReader } from '../../protocols/http/body.js';
import { readHead, type RequestHead } from '../../protocols/http/request-head.js';
import type { Connection, Exchange } from './connection.js';

/** The content of a request, given piece by piece. */
export interface BodySource {
  /** Gives each piece to `take` and waits for it; `done` at the end, `bad` for broken coding, `gone` when the phone went before. */
  read(take: (piece: Uint8Array) => Promise<boolean>): Promise<'done' | 'bad' | 'gone' | 'enough'>;
}

export type Turn = { readonly exchange: Exchange } & (
  | { readonly kind: 'request'; readonly head: RequestHead; readonly body: BodySource }
  | { readonly kind: 'bad'; readonly status: number }
);

export type ConversationOptions = {
  readonly socket: Socket;
  readonly connection: Connection;
  /** Answers a request; the next one's turn is when it has resolved. Must not reject. */
  readonly answer: (turn: Turn) => Promise<void>;
  /** Sees each head as it came. */
  readonly onHead: ((head: Buffer) => void) | undefined;
  /** The first head is whole. */
  readonly onSpoke: () => void;
};

type Waiting = (bytes: Buffer | undefined) => void;

const nothing = Buffer.alloc(0);

export class Conversation {
  readonly #with: ConversationOptions;
  readonly #turns: Turn[] = [];
  #rest: Buffer = nothing;
  #answering = false;
  /** No more requests are to be read: the last was the last, or could not be read. */
  #last = false;
  /** A request whose content comes next; nothing behind it is read before it is. */
  #withBody = false;
  #waiting: Waiting | undefined;
  #ended = false;

  constructor(options: ConversationOptions) {
    this.#with = options;
  }

  /** Listens from now on. */
  start(): void {
    const { socket, connection } = this.#with;
    socket.on('data', (bytes: Buffer) => this.#hear(bytes));
    socket.on('end', () => this.#hearNoMore());
    connection.onGone(() => this.#hearNoMore());
  }

  #hear(bytes: Buffer): void {
    if (this.#waiting !== undefined) {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      this.#with.socket.pause();
      return waiting(bytes);
    }
    if (this.#last || this.#with.connection.isOver) return; // thrown away until the phone has closed, too
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    if (this.#withBody) this.#with.socket.pause();
    else this.#readHeads();
  }

  #hearNoMore(): void {
    this.#ended = true;
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }

  #readHeads(): void {
    const { connection, onHead, onSpoke } = this.#with;
    let at = 0;
    while (!this.#last && !this.#withBody && at < this.#rest.length) {
      const read = readHead(this.#rest, at);
      if (read.kind === 'more') break;
      onSpoke();
      const exchange = connection.begin();
      if (exchange === undefined) {
        this.#last = true;
        break;
      }
      if (read.kind === 'bad') {
        this.#last = true;
        this.#turns.push({ kind: 'bad', status: read.status, exchange });
        break;
      }
      onHead?.(this.#rest.subarray(read.start, read.end));
      at = read.end;
      this.#withBody = read.head.framing.kind !== 'none';
      this.#last = !read.head.persistent && !this.#withBody;
      this.#turns.push({ kind: 'request', head: read.head, exchange, body: { read: (take) => this.#readBody(read.head, take) } });
    }
    this.#rest = this.#last ? nothing : at === 0 ? this.#rest : this.#rest.subarray(at);
    if (!this.#answering && this.#turns.length > 0) void this.#answerAll();
  }

  async #answerAll(): Promise<void> {
    this.#answering = true;
    for (let turn = this.#turns.shift(); turn !== undefined; turn = this.#turns.shift()) await this.#with.answer(turn);
    this.#answering = false;
    // Content nobody read ends the conversation: the answer closes the connection then.
    if (this.#withBody) this.#last = true;
    if (this.#with.socket.isPaused()) this.#with.socket.resume();
  }

  async #readBody(head: RequestHead, take: (piece: Uint8Array) => Promise<boolean>): Promise<'done' | 'bad' | 'gone' | 'enough'> {
    const reader = new BodyReader(head.framing);
    for (let bytes: Buffer | undefined = this.#takeRest(); bytes !== undefined; bytes = await this.#next()) {
      const { pieces, used, state } = reader.push(bytes);
      this.#with.connection.progress();
      for (const piece of pieces) if (!(await take(piece))) return 'enough';
      if (state === 'bad') return 'bad';
      if (state === 'more') continue;
      this.#withBody = false;
      this.#last = !head.persistent;
      this.#rest = bytes.subarray(used);
      this.#with.socket.resume();
      if (this.#rest.length > 0) this.#readHeads();
      return 'done';
    }
    return 'gone';
  }

  #takeRest(): Buffer {
    const rest = this.#rest;
    this.#rest = nothing;
    return rest;
  }

  /** The next bytes that come; undefined when none will. */
  async #next(): Promise<Buffer | undefined> {
    if (this.#ended || this.#with.connection.isGone) return undefined;
    const { promise, resolve } = Promise.withResolvers<Buffer | undefined>();
    this.#waiting = resolve;
    this.#with.socket.resume();
    return promise;
  }
}
