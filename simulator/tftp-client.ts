/**
 * A TFTP client that reads: RFC 1350, options by RFC 2347, blksize by RFC 2348.
 *
 *   RRQ | 1 | file 0 octet 0 { option 0 value 0 } ...     DATA | 3 | block | bytes     ACK | 4 | block
 *   ERROR | 5 | code | message 0                          OACK | 6 | { option 0 value 0 } ...
 *
 * Block numbers roll over from 65535 to 0. After the last block it stays for a while, should its last ACK be lost (RFC 1350 section 6).
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Character } from './character.js';
import type { Clock } from './clock.js';
import type { Luck } from './faults.js';
import { failed, type Fetched, largestFile } from './transfer.js';

export type TftpRequest = {
  readonly host: string;
  readonly port: number;
  readonly file: string;
  readonly localAddress: string;
  readonly blockSize: Character['blockSize'];
  readonly clock: Clock;
  readonly luck: Luck;
  readonly signal: AbortSignal;
  /** The phone falls silent when the first bytes come. */
  readonly breakOff: boolean;
};

/** RFC 1350 section 5. */
const opcode = { data: 3, ack: 4, error: 5, optionAck: 6 } as const;
/** First wait for an answer, milliseconds of phone time, and how often the last packet is sent in all. */
const timeout = 2000;
const sends = 8;
/** The phone's firewall lets TFTP answers in on six ports from here (security guide). */
const firstPort = 53_240;

/** Fetches one file; never rejects. Resolves when the file is complete; the socket lingers for one timeout more. */
export function readByTftp(request: TftpRequest): Promise<Fetched> {
  return new Promise((resolve) => new Transfer(request, resolve).open());
}

class Transfer {
  readonly #request: TftpRequest;
  readonly #resolve: (fetched: Fetched) => void;
  readonly #chunks: Uint8Array[] = [];
  readonly #abort = (): void => this.#finish(failed('broken-off'));
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #last: Uint8Array;
  #sent = 0;
  /** The server's transfer identifier: the port it answers from (RFC 1350 section 4). */
  #peer: number | undefined;
  #expected = 1;
  #blockSize = 512;
  #length = 0;
  #settled = false;

  constructor(request: TftpRequest, resolve: (fetched: Fetched) => void) {
    this.#request = request;
    this.#resolve = resolve;
    this.#last = encodeRead(request.file, request.blockSize);
  }

  open(): void {
    const { signal } = this.#request;
    if (signal.aborted) return this.#resolve(failed('broken-off'));
    signal.addEventListener('abort', this.#abort, { once: true });
    this.#bind(firstPort + Math.floor(performance.now() % 6));
  }

  #bind(port: number): void {
    const socket = createSocket('udp4');
    this.#socket = socket;
    socket.on('error', () => {
      if (this.#socket !== socket || this.#peer !== undefined) return;
      socket.close();
      // The port is taken by the transfer before, still lingering; or the address is gone.
      if (port === 0) this.#finish(failed('unreachable'));
      else this.#bind(0);
    });
    socket.on('message', (datagram, from) => this.#receive(datagram, from));
    socket.bind(port, this.#request.localAddress, () => this.#send(this.#last));
  }

  #receive(datagram: Uint8Array, from: RemoteInfo): void {
    if (from.address !== this.#request.host || datagram.length < 4 || this.#request.luck.losesDatagram()) return;
    if (this.#peer !== undefined && from.port !== this.#peer)
      return this.#socket?.send(encodeError(5, 'Unknown transfer ID'), from.port, from.address);
    const code = word(datagram, 0);
    if (code === opcode.data) this.#takeBlock(word(datagram, 2), datagram.subarray(4), from.port);
    else if (code === opcode.optionAck) this.#takeOptions(datagram.subarray(2), from.port);
    else if (code === opcode.error && !this.#settled) this.#finish(failed(word(datagram, 2) === 1 ? 'not-found' : 'refused'));
  }

  #takeOptions(bytes: Uint8Array, port: number): void {
    if (this.#expected !== 1 || this.#length > 0 || this.#settled) return;
    const fields = Buffer.from(bytes).toString('latin1').split('\0');
    const at = fields.findIndex((field, i) => i % 2 === 0 && field.toLowerCase() === 'blksize');
    const size = Number(fields[at + 1]);
    const offered = this.#request.blockSize?.bytes ?? 0;
    if (at < 0 || !(size >= 8 && size <= offered)) {
      this.#socket?.send(encodeError(8, 'Option refused'), port, this.#request.host);
      return this.#finish(failed('malformed'));
    }
    this.#peer = port;
    this.#blockSize = size;
    this.#acknowledge(0);
  }

  #takeBlock(block: number, bytes: Uint8Array, port: number): void {
    this.#peer ??= port;
    if (this.#settled) {
      if (block === this.#expected) this.#acknowledge(block); // our last ACK was lost
      return;
    }
    if (block !== this.#expected || bytes.length > this.#blockSize) return; // a duplicate is not acknowledged again: RFC 1123 section 4.2.3.1
    if (this.#request.breakOff) return this.#finish(failed('broken-off'));
    this.#chunks.push(Uint8Array.from(bytes));
    this.#length += bytes.length;
    if (this.#length > largestFile) return this.#finish(failed('too-large'));
    const isLast = bytes.length < this.#blockSize;
    this.#settled = isLast;
    this.#acknowledge(block);
    if (isLast) this.#linger();
    else this.#expected = (block + 1) & 0xffff;
  }

  #acknowledge(block: number): void {
    this.#sent = 0;
    this.#send(Uint8Array.of(0, opcode.ack, block >> 8, block & 0xff));
  }

  /** Sends, and again after each timeout, until the next packet comes or the tries are used up. */
  #send(packet: Uint8Array): void {
    const { host, port, clock, luck } = this.#request;
    this.#last = packet;
    this.#sent += 1;
    if (!luck.losesDatagram()) this.#socket?.send(packet, this.#peer ?? port, host, () => undefined);
    if (this.#settled) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        if (this.#sent < sends) this.#send(this.#last);
        else this.#finish(failed('timed-out'));
      },
      clock.patience(this.#peer === undefined ? timeout : timeout / 2),
    );
  }

  #linger(): void {
    clearTimeout(this.#timer);
    this.#resolve({ ok: true, bytes: Buffer.concat(this.#chunks) });
    // As long as a server may take to send the block again.
    this.#timer = setTimeout(() => this.#finish(failed('broken-off')), this.#request.clock.patience(4 * timeout) + 1500);
  }

  /** Closes; the promise keeps what it was resolved with first. */
  #finish(fetched: Fetched): void {
    clearTimeout(this.#timer);
    this.#request.signal.removeEventListener('abort', this.#abort);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.removeAllListeners('message');
    socket?.on('error', () => undefined);
    try {
      socket?.close();
    } catch {
      // not yet bound, or closed by its own error
    }
    this.#settled = true;
    this.#resolve(fetched);
  }
}

function encodeRead(file: string, blockSize: Character['blockSize']): Uint8Array {
  const option = blockSize === undefined ? '' : `${blockSize.name}\0${blockSize.bytes}\0`;
  return Buffer.from(`\0\u0001${file}\0octet\0${option}`, 'latin1');
}

function encodeError(code: number, message: string): Uint8Array {
  return Buffer.from(`\0\u0005\0${String.fromCharCode(code)}${message}\0`, 'latin1');
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
