/** A TFTP client that does exactly what a test tells it, and notes every packet. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { decode, encode, type Packet } from '../../../../engine/protocols/tftp/packet.js';

export type Received = { readonly packet: Packet; readonly port: number };

export class RawClient implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly #socket: dgram.Socket;
  readonly #waiting: (() => void)[] = [];
  #read = 0;

  private constructor(socket: dgram.Socket) {
    this.#socket = socket;
    socket.on('message', (bytes, { port }) => {
      const decoded = decode(bytes);
      if (decoded.ok) this.received.push({ packet: decoded.packet, port });
      this.#waiting.shift()?.();
    });
  }

  static async open(): Promise<RawClient> {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new RawClient(socket);
  }

  ask(port: number, file: string, options: Record<string, string> = {}, mode = 'octet'): void {
    this.send(port, { kind: 'read', file, mode, options: new Map(Object.entries(options)) });
  }

  ack(port: number, block: number): void {
    this.send(port, { kind: 'ack', block });
  }

  send(port: number, packet: Packet | Uint8Array): void {
    this.#socket.send(packet instanceof Uint8Array ? packet : encode(packet), port, '127.0.0.1');
  }

  /** The next packet, in the order of their coming. */
  async next(): Promise<Received> {
    while (this.received.length <= this.#read) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
    }
    return this.received[this.#read++]!;
  }

  /** The whole file, every packet acknowledged once. */
  async fetch(port: number, file: string, options: Record<string, string> = {}, mode = 'octet'): Promise<Buffer> {
    this.ask(port, file, options, mode);
    const parts: Uint8Array[] = [];
    let blockSize = 512;
    for (;;) {
      const { packet, port: tid } = await this.next();
      if (packet.kind === 'optionAck') {
        blockSize = Number(packet.options.get('blksize') ?? 512);
        this.ack(tid, 0);
      } else if (packet.kind === 'data') {
        parts.push(packet.bytes);
        this.ack(tid, packet.block);
        if (packet.bytes.length < blockSize) return Buffer.concat(parts);
      } else throw new Error(`got ${JSON.stringify(packet)}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await once(this.#socket, 'close');
  }
}
