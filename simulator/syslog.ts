/** The phone's syslog: UDP to `Syslog_Server`, framed by RFC 3164 section 4.1, by PRI alone, or not at all. */
import { createSocket, type Socket } from 'node:dgram';
import type { Character } from './character.js';
import type { Luck } from './faults.js';
import { isReachableName } from './rules.js';

/** local0.info: 16 x 8 + 6 (RFC 3164 section 4.1.1). */
const priority = '<134>';
const standardPort = 514;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `host[:port]`; undefined when empty or a name. */
export function readSyslogServer(text: string): { readonly host: string; readonly port: number } | undefined {
  const { host = '', port } = /^\s*(?<host>[^:\s]+)(?::(?<port>\d{1,5}))?\s*$/.exec(text)?.groups ?? {};
  const number = port === undefined ? standardPort : Number(port);
  return isReachableName(host) && number > 0 && number < 65_536 ? { host, port: number } : undefined;
}

/** One datagram. `identifier` comes after the time stamp, where there is one. */
export function frame(message: string, style: Character['syslog'], identifier: string, at: Date): Buffer {
  const text = identifier === '' ? message : `${identifier} ${message}`;
  if (style === 'bare') return Buffer.from(text);
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
  const stamp = `${months[at.getMonth()] ?? ''} ${String(at.getDate()).padStart(2, ' ')} ${clock} `;
  return Buffer.from(`${priority}${style === 'rfc3164' ? stamp : ''}${text}`);
}

/** Sends from the phone's address; the socket opens with the first message and does not keep the program alive. */
export class SyslogSender {
  readonly #localAddress: string;
  readonly #luck: Luck;
  #socket: Socket | undefined;
  #closed = false;

  constructor(localAddress: string, luck: Luck) {
    this.#localAddress = localAddress;
    this.#luck = luck;
  }

  send(datagram: Uint8Array, server: { readonly host: string; readonly port: number }): void {
    if (this.#closed || this.#luck.losesDatagram()) return;
    const socket = this.#socket ?? this.#open();
    socket.send(datagram, server.port, server.host, () => undefined);
  }

  close(): void {
    this.#closed = true;
    this.#release(this.#socket);
  }

  #open(): Socket {
    const socket = createSocket('udp4');
    socket.on('error', () => this.#release(socket));
    socket.bind(0, this.#localAddress);
    socket.unref();
    this.#socket = socket;
    return socket;
  }

  #release(socket: Socket | undefined): void {
    if (socket === undefined || this.#socket !== socket) return;
    this.#socket = undefined;
    try {
      socket.close();
    } catch {
      // its own error closed it
    }
  }
}
