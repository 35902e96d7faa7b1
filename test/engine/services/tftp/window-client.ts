/** An honest TFTP client with windows (RFC 7440), which repeats what was not answered. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { decode, encode, type Packet } from '../../../../engine/protocols/tftp/packet.js';

export class WindowClient implements AsyncDisposable {
  readonly #socket: dgram.Socket;
  readonly #retryMs: number;

  private constructor(socket: dgram.Socket, retryMs: number) {
    this.#socket = socket;
    this.#retryMs = retryMs;
  }

  static async open({ retryMs = 1_000 }: { retryMs?: number } = {}): Promise<WindowClient> {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setRecvBufferSize(1024 * 1024);
    return new WindowClient(socket, retryMs);
  }

  /** The whole file; rejects on an ERROR, and after 100 repetitions in a row. */
  async fetch(port: number, file: string, options: Record<string, string> = {}, mode = 'octet'): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    const taking = new Taking(resolve, reject);
    const send = (packet: Packet, to: number): void => this.#socket.send(encode(packet), to, '127.0.0.1', () => {});
    const request: Packet = { kind: 'read', file, mode, options: new Map(Object.entries(options)) };
    const again = (): void => {
      if (++taking.silences > 100) reject(new Error(`${file}: no answer`));
      if (taking.server === undefined) send(request, port);
      else send({ kind: 'ack', block: taking.stalled() & 0xffff }, taking.server);
    };
    const timer = setInterval(again, this.#retryMs);
    const hear = (bytes: Uint8Array, from: dgram.RemoteInfo): void => {
      const decoded = decode(bytes);
      if (!decoded.ok || (taking.server !== undefined && from.port !== taking.server)) return;
      const answer = taking.hear(decoded.packet, from.port);
      if (answer === undefined) return;
      timer.refresh();
      send({ kind: 'ack', block: answer & 0xffff }, from.port);
    };
    this.#socket.on('message', hear);
    try {
      send(request, port);
      return await promise;
    } finally {
      clearInterval(timer);
      this.#socket.off('message', hear);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await once(this.#socket, 'close');
  }
}

/** What came so far. */
class Taking {
  server: number | undefined;
  silences = 0;
  readonly #parts: Uint8Array[] = [];
  readonly #resolve: (bytes: Buffer) => void;
  readonly #reject: (error: Error) => void;
  #blockSize = 512;
  #window = 1;
  #next = 1;
  #inWindow = 0;
  #gapSaid = false;

  constructor(resolve: (bytes: Buffer) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Says again what it has; counts its window from there. */
  stalled(): number {
    this.#inWindow = 0;
    this.#gapSaid = false;
    return this.#next - 1;
  }

  /** The block to acknowledge, if any. */
  hear(packet: Packet, from: number): number | undefined {
    if (packet.kind === 'error') this.#reject(new Error(`error ${packet.code}: ${packet.message}`));
    else if (packet.kind === 'optionAck') return this.#agreed(packet.options, from);
    else if (packet.kind === 'data') return this.#data(packet.block, packet.bytes, from);
    return undefined;
  }

  #agreed(options: ReadonlyMap<string, string>, from: number): number | undefined {
    if (this.#next > 1) return undefined;
    this.server = from;
    this.#blockSize = Number(options.get('blksize') ?? 512);
    this.#window = Number(options.get('windowsize') ?? 1);
    return 0;
  }

  #data(block: number, bytes: Uint8Array, from: number): number | undefined {
    this.server ??= from;
    const ahead = (block - this.#next) & 0xffff;
    if (ahead !== 0) {
      if (ahead >= 0x8000 || this.#gapSaid) return undefined;
      this.#gapSaid = true;
      this.#inWindow = 0;
      return this.#next - 1;
    }
    this.silences = 0;
    this.#gapSaid = false;
    this.#parts.push(bytes);
    this.#next++;
    this.#inWindow++;
    const last = bytes.length < this.#blockSize;
    if (last) setImmediate(() => this.#resolve(Buffer.concat(this.#parts))); // its ACK goes first
    if (!last && this.#inWindow < this.#window) return undefined;
    this.#inWindow = 0;
    return this.#next - 1;
  }
}
