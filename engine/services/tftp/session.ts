/**
 * One transfer on its own socket: its port is the server's transfer identifier (TID, RFC 1350 section 4).
 *
 * What comes from anywhere but the client's TID is answered with error 5 and changes nothing.
 */
import type { RemoteInfo, Socket } from 'node:dgram';
import { decode, encode, errorCode, type Packet } from '../../protocols/tftp/packet.js';
import type { Terms } from '../../protocols/tftp/options.js';
import type { Content } from '../content.js';
import type { Clock } from '../service.js';
import { acknowledged, advance, begin, type Heard, type Outgoing, type Step, type Transfer, wireBlock } from './transfer.js';

export type Ended = {
  readonly because: 'delivered' | 'error' | 'timeout' | 'reset';
  /** Bytes the client has acknowledged; all of them when delivered. */
  readonly bytes: number;
};

export type SessionOptions = {
  readonly socket: Socket;
  readonly client: { readonly address: string; readonly port: number };
  readonly content: Content;
  readonly terms: Terms;
  readonly clock: Clock;
  /** Called once; socket and content are then being closed. */
  readonly onEnd: (ended: Ended) => void;
};

/** A running transfer. */
export class Session {
  readonly #with: SessionOptions;
  #transfer: Transfer;
  #cancelTimer: () => void = () => {};
  /** True until the packet that is due has left: an ACK for it before that is made up. */
  #sending = false;
  #over = false;

  constructor(options: SessionOptions) {
    this.#with = options;
    const first = begin(options.terms, options.content.size);
    this.#transfer = first.transfer;
    options.socket.on('message', (datagram, from) => this.#receive(datagram, from));
    options.socket.on('error', () => this.end('error'));
    this.#follow(first);
  }

  /** Ends it from outside: `reset` for a client that has begun anew, `error` when the service closes. */
  end(because: Ended['because']): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelTimer();
    this.#with.socket.close();
    void this.#with.content[Symbol.asyncDispose]();
    this.#with.onEnd({ because, bytes: because === 'delivered' ? this.#transfer.size : acknowledged(this.#transfer) });
  }

  #receive(datagram: Uint8Array, from: RemoteInfo): void {
    if (this.#over || from.port === 0) return; // nothing can be sent to port 0
    const decoded = decode(datagram);
    const packet = decoded.ok ? decoded.packet : undefined;
    const { client } = this.#with;
    if (from.address !== client.address || from.port !== client.port) {
      // RFC 1350 section 4. An ERROR is never answered with an ERROR.
      if (packet?.kind !== 'error') this.#send({ kind: 'error', code: errorCode.unknownTransfer, message: 'unknown transfer' }, from);
      return;
    }
    if (packet?.kind === 'ack') this.#hear({ kind: 'ack', block: packet.block });
    if (packet?.kind === 'error') this.#hear({ kind: 'error' });
  }

  #hear(heard: Heard): void {
    if (this.#sending && heard.kind === 'ack') return;
    this.#follow(advance(this.#transfer, heard));
  }

  #follow(step: Step): void {
    if (step.kind === 'ignore') return;
    if (step.kind === 'ended') return this.end(step.because);
    this.#transfer = step.transfer;
    this.#cancelTimer();
    const packet = this.#packet(step.send);
    if (packet instanceof Promise) {
      this.#sending = true;
      void packet.then((ready) => {
        this.#sending = false;
        this.#dispatch(ready, step.wait);
      });
    } else this.#dispatch(packet, step.wait);
  }

  #dispatch(packet: Packet | undefined, wait: number): void {
    if (this.#over) return;
    if (packet === undefined) {
      this.#send({ kind: 'error', code: errorCode.undefined, message: 'the file cannot be read any more' }, this.#with.client);
      return this.end('error');
    }
    this.#send(packet, this.#with.client);
    this.#cancelTimer = this.#with.clock.after(wait, () => this.#hear({ kind: 'expired' }));
  }

  #packet(send: Outgoing): Packet | Promise<Packet | undefined> {
    if (send.kind === 'optionAck') return { kind: 'optionAck', options: this.#transfer.terms.accepted };
    const data = (bytes: Uint8Array): Packet => ({ kind: 'data', block: wireBlock(send.block), bytes });
    const bytes = this.#with.content.read(send.from, send.to);
    return bytes instanceof Promise ? bytes.then((ready) => ready && data(ready)) : data(bytes);
  }

  /** A packet that cannot be sent is a lost packet: the timer sends it again. */
  #send(packet: Packet, to: { readonly address: string; readonly port: number }): void {
    this.#with.socket.send(encode(packet), to.port, to.address, () => {});
  }
}
