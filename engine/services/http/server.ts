/**
 * The HTTP service: profiles and the folder's files by GET and HEAD, reports by POST and PUT (RFC 9110, RFC 9112).
 *
 * For embedded clients: HTTP/1.0 and 1.1, with or without `Host`, every response with its `Content-Length`. It stands on TCP sockets,
 * not on Node's HTTP server, for the judgement of a delivery needs the phone's FIN and the order of bytes (docs/adr/0010).
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { Claim, Observe } from '../../contract/observation.js';
import type { Result } from '../../contract/problem.js';
import { maskCredentials } from '../../protocols/http/credentials.js';
import type { FileMemory } from '../file-memory.js';
import type { FileSource, UploadStore } from '../files.js';
import type { Clock, Service, Started } from '../service.js';
import type { WireMessage, WireTap } from '../tap.js';
import { Answerer } from './answer.js';
import { Connection } from './connection.js';
import { Conversation } from './conversation.js';
import { Door } from './door.js';
import { representations } from './representation.js';
import { sendShort, type Wire } from './send.js';

export type HttpOptions = {
  readonly port: number;
  /** Makes the server listen at the bench's place; port 0 gives one of the system's choice. */
  readonly listen: (server: Server, port: number) => Promise<Result<number>>;
  readonly files: FileSource;
  /** Keeps what phones send; what it kept is observed as `report`. */
  readonly uploads: UploadStore;
  readonly observe: Observe;
  readonly clock: Clock;
  /** MACs the request itself names. */
  readonly claims?: (asked: { readonly path: string; readonly userAgent?: string }) => readonly Claim[];
  /** Files held once, for everybody who serves them; without it they are read from disk. */
  readonly memory?: FileMemory;
  /** Bytes written to a socket that its peer has not acknowledged; undefined where the system does not tell. */
  readonly unacknowledged?: (socket: Socket) => number | undefined;
  readonly tap?: WireTap;
  /** Connections at once, of all clients and of one. */
  readonly most?: { readonly all: number; readonly ofOne: number };
};

export interface HttpService extends Service {
  /** Files that are being sent. */
  readonly sending: number;
}

const mostUnlessSaid = { all: 2_000, ofOne: 128 } as const;

/** Serves files and takes reports until disposed; refused when the port cannot be had. */
export async function startHttp(options: HttpOptions): Promise<Started<HttpService>> {
  // A client that closes its sending half after the request still gets its answer.
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  const service = new Http(server, options);
  const listening = await options.listen(server, options.port);
  if (!listening.ok) return listening;
  service.port = listening.value;
  return { ok: true, value: service };
}

class Http implements HttpService {
  port = 0;
  readonly #server: Server;
  readonly #with: HttpOptions;
  readonly #answerer: Answerer;
  readonly #connections = new Set<Connection>();
  /** Those that have not yet sent a whole head, in the order of their coming: the first to go when there are too many. */
  readonly #silent = new Set<Connection>();
  readonly #perClient = new Map<string, number>();
  #closed = false;

  constructor(server: Server, options: HttpOptions) {
    this.#server = server;
    this.#with = options;
    const { unacknowledged } = options;
    this.#answerer = new Answerer({
      ...options,
      door: new Door(options.clock),
      open: representations(randomBytes(32), options.memory),
      unacknowledged: ({ socket }) => unacknowledged?.(socket),
    });
    server.on('connection', (socket: Socket) => this.#welcome(socket));
    server.on('error', () => {}); // descriptors have run out, say: those that are open go on
  }

  get sending(): number {
    return this.#connections.values().reduce((count, connection) => count + connection.sending, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    for (const connection of this.#connections) connection.abort('error');
    await promise;
  }

  #welcome(socket: Socket): void {
    const { all, ofOne } = this.#with.most ?? mostUnlessSaid;
    const { remoteAddress: client } = socket;
    const own = (this.#perClient.get(client ?? '') ?? 0) + 1;
    if (client === undefined || own > ofOne || this.#closed) return turnAway(socket); // it may not take the places of all others
    if (this.#connections.size >= all && !this.#makeRoom()) return turnAway(socket);
    this.#perClient.set(client, own);
    const connection = new Connection(socket, this.#with.clock);
    this.#connections.add(connection);
    this.#silent.add(connection);
    connection.onGone(() => {
      this.#silent.delete(connection);
      this.#connections.delete(connection);
      this.#left(client);
    });
    this.#converse(socket, connection, client.replace(/^::ffff:/, ''));
  }

  /** Whoever has said nothing for the longest time gives way to the next, who may be a phone. */
  #makeRoom(): boolean {
    const [longest] = this.#silent;
    longest?.abort('error');
    return longest !== undefined;
  }

  #converse(socket: Socket, connection: Connection, from: string): void {
    const { clock } = this.#with;
    const tap = this.#tapOf(socket);
    const onHead = tap && ((head: string): void => tap('out', head));
    const conversation = new Conversation({
      socket,
      connection,
      onSpoke: () => void this.#silent.delete(connection),
      onHead: tap && ((head) => tap('in', maskCredentials(head.toString('latin1')))),
      answer: async (turn) => {
        const bad = turn.kind === 'bad';
        const keep = !bad && turn.head.persistent;
        const http10 = !bad && turn.head.minor === 0;
        const wire: Wire = { socket, connection, exchange: turn.exchange, clock, keep, http10, onHead };
        if (turn.kind === 'bad') sendShort(wire, turn.status);
        else await this.#answerer.answer(wire, turn.head, turn.body, from);
      },
    });
    conversation.start();
  }

  /** Shows a head to the tap; undefined where nobody looks. */
  #tapOf(socket: Socket): ((direction: WireMessage['direction'], head: string) => void) | undefined {
    const { tap, clock } = this.#with;
    if (tap === undefined) return undefined;
    const local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    const remote = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    return (direction, head) =>
      tap({ at: clock.now(), protocol: 'http', transport: 'tcp', direction, local, remote, payload: Buffer.from(head, 'latin1') });
  }

  #left(client: string): void {
    const others = (this.#perClient.get(client) ?? 1) - 1;
    if (others > 0) this.#perClient.set(client, others);
    else this.#perClient.delete(client);
  }
}

function turnAway(socket: Socket): void {
  socket.on('error', () => {});
  socket.destroy();
}
