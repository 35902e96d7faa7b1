/** Syslog over TCP (RFC 6587): connections, each with its frames, bounded in number, in bytes held back and in silence. */
import type { Server, Socket } from 'node:net';
import { Framer } from '../../protocols/syslog/framing.js';
import type { Clock } from '../service.js';

type StreamOptions = {
  /** Of a frame; the rest of a longer one is passed over. */
  readonly mostBytes: number;
  readonly clock: Clock;
  readonly hear: (frame: Buffer, from: { readonly address: string; readonly port: number }) => void;
};

/** Twice the phones of a large bench. */
const mostConnections = 1024;
/** From one address: a phone has one, and two while it comes back. */
const mostOfOne = 16;
/** Phones may be silent for long; one that was unplugged never says so. */
const silenceMs = 10 * 60_000;

/** Hears what comes over the server's connections; disposing closes them and the server. */
export function hearStreams(server: Server, { mostBytes, clock, hear }: StreamOptions): AsyncDisposable {
  const open = new Map<Socket, string>();
  server.maxConnections = mostConnections;
  server.on('connection', (socket) => {
    const from = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    socket.on('error', () => socket.destroy());
    if ([...open.values()].filter((address) => address === from.address).length >= mostOfOne) {
      socket.destroy();
      return;
    }
    open.set(socket, from.address);
    const framer = new Framer(mostBytes, (frame) => hear(frame, from));
    let forget = clock.after(silenceMs, () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      forget();
      forget = clock.after(silenceMs, () => socket.destroy());
      framer.take(bytes);
    });
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      forget();
      framer.end();
      open.delete(socket);
    });
  });
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of open.keys()) socket.destroy();
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      await promise;
    },
  };
}
