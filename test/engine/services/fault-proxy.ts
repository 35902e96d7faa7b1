/**
 * A UDP proxy that ill-treats what passes it: drops, doubles, reorders and delays datagrams, each direction in its own way, reproducible
 * by seed. It stands before a server on loopback; for every client it has a socket of its own towards the server, and for every port
 * the server answers from (TFTP: one a transfer) a port of its own towards the client, as a network would.
 */
import dgram from 'node:dgram';
import { once } from 'node:events';

type Faults = {
  /** Shares of the datagrams, 0 to 1. */
  readonly drop?: number;
  readonly duplicate?: number;
  /** Held back until the next one in the same direction and session has passed, or for `heldMs`. */
  readonly reorder?: number;
  /** Delayed by up to `delayMs`. */
  readonly delay?: number;
};

export type FaultProxyOptions = {
  readonly server: { readonly address: string; readonly port: number };
  readonly seed: number;
  readonly toServer?: Faults;
  readonly toClient?: Faults;
  /** 20 ms unless said. */
  readonly delayMs?: number;
  /** 10 ms unless said. */
  readonly heldMs?: number;
};

export interface FaultProxy extends AsyncDisposable {
  /** Where clients ask, on 127.0.0.1. */
  readonly port: number;
  /** What was done so far. */
  readonly counts: Readonly<Record<'passed' | 'dropped' | 'duplicated' | 'reordered' | 'delayed', number>>;
}

/** Starts a proxy before `server`. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = new Proxy(options);
  await proxy.start();
  return proxy;
}

type End = { readonly address: string; readonly port: number };

class Proxy implements FaultProxy {
  readonly counts = { passed: 0, dropped: 0, duplicated: 0, reordered: 0, delayed: 0 };
  readonly #options: FaultProxyOptions;
  readonly #entrance = dgram.createSocket('udp4');
  readonly #sockets = new Set<dgram.Socket>([this.#entrance]);
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Towards the server, by client. */
  readonly #clients = new Map<string, Promise<dgram.Socket>>();
  readonly #random: () => number;
  #closed = false;

  constructor(options: FaultProxyOptions) {
    this.#options = options;
    this.#random = seeded(options.seed);
  }

  get port(): number {
    return this.#entrance.address().port;
  }

  async start(): Promise<void> {
    this.#entrance.bind(0, '127.0.0.1');
    await once(this.#entrance, 'listening');
    const { server, toServer = {} } = this.#options;
    const lines = new Map<string, Line>();
    this.#entrance.on('message', (bytes, client) => {
      const key = `${client.address}:${client.port}`;
      let line = lines.get(key);
      if (line === undefined) {
        const outside = this.#towardsServer(client);
        line = this.#line(toServer, (each) => void outside.then((socket) => this.#send(socket, each, server)));
        lines.set(key, line);
      }
      line(bytes);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(
      [...this.#sockets].map(async (socket) => {
        const closed = once(socket, 'close');
        socket.close();
        await closed;
      }),
    );
  }

  #towardsServer(client: End): Promise<dgram.Socket> {
    const key = `${client.address}:${client.port}`;
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const opening = this.#open();
    this.#clients.set(key, opening);
    void opening.then((outside) => {
      /** Towards this client, by the port the server answers from. */
      const doors = new Map<number, Line>();
      outside.on('message', (bytes, from) => {
        let line = doors.get(from.port);
        if (line === undefined) {
          line = this.#door(outside, client, from);
          doors.set(from.port, line);
        }
        line(bytes);
      });
    });
    return opening;
  }

  /** Answers from the port that was asked come from the entrance; others from a door of their own, which takes what the client sends there. */
  #door(outside: dgram.Socket, client: End, server: End): Line {
    const { toServer = {}, toClient = {} } = this.#options;
    const isEntrance = server.port === this.#options.server.port;
    const inside = isEntrance ? Promise.resolve(this.#entrance) : this.#open();
    if (!isEntrance) {
      void inside.then((door) => {
        const back = this.#line(toServer, (each) => this.#send(outside, each, server));
        door.on('message', (bytes) => back(bytes));
      });
    }
    return this.#line(toClient, (each) => void inside.then((socket) => this.#send(socket, each, client)));
  }

  async #open(): Promise<dgram.Socket> {
    const socket = dgram.createSocket('udp4');
    this.#sockets.add(socket);
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return socket;
  }

  #send(socket: dgram.Socket, bytes: Uint8Array, to: End): void {
    if (!this.#closed) socket.send(bytes, to.port, to.address, () => {});
  }

  /** One direction of one session. */
  #line(faults: Faults, send: (bytes: Uint8Array) => void): Line {
    const { delayMs = 20, heldMs = 10 } = this.#options;
    let held: Uint8Array | undefined;
    const release = () => {
      const bytes = held;
      held = undefined;
      if (bytes !== undefined) send(bytes);
    };
    return (bytes) => {
      if (this.#happens(faults.drop)) return void this.counts.dropped++;
      const copies = this.#happens(faults.duplicate) ? 2 : 1;
      if (copies === 2) this.counts.duplicated++;
      for (let i = 0; i < copies; i++) {
        this.counts.passed++;
        if (held === undefined && this.#happens(faults.reorder)) {
          this.counts.reordered++;
          held = bytes;
          this.#after(heldMs, release);
        } else if (this.#happens(faults.delay)) {
          this.counts.delayed++;
          this.#after(this.#random() * delayMs, () => send(bytes));
        } else {
          send(bytes);
          release();
        }
      }
    };
  }

  #after(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }

  #happens(share = 0): boolean {
    return share > 0 && this.#random() < share;
  }
}

type Line = (bytes: Uint8Array) => void;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
