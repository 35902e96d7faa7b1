/** Doors that are sockets of Node: everywhere, and at a few microseconds a packet more than the C library's. */
import type { Socket } from 'node:dgram';
import type { Result } from '../../contract/problem.js';
import { askReceiveBuffer } from '../../network/sockets.js';
import { addressNumber } from '../../protocols/dhcp/ipv4.js';
import { doorCount, type Receive, type Wire } from './wire.js';

/** Opens the doors; refused when no port can be had. */
export async function datagramWire(open: (port: number) => Promise<Result<Socket>>, receive: Receive): Promise<Result<Wire>> {
  const sockets: Socket[] = [];
  for (let door = 0; door < doorCount; door++) {
    const opened = await open(0);
    if (!opened.ok) {
      for (const socket of sockets) socket.close();
      return opened;
    }
    const socket = opened.value;
    sockets.push(socket);
    askReceiveBuffer(socket);
    socket.on('message', (bytes, from) => receive(door, addressNumber(from.address), from.port, bytes));
    socket.on('error', () => {}); // concerns one datagram; the next may fare better
  }
  return {
    ok: true,
    value: {
      ports: sockets.map((socket) => socket.address().port),
      stretch: (bytes) => ({ bytes, at: 0 }),
      data(door, to, block, { bytes }, from, end) {
        const packet = Buffer.allocUnsafe(4 + end - from);
        packet.writeUInt32BE(0x0003_0000 + (block & 0xffff), 0);
        packet.set(bytes.subarray(from, end), 4);
        sockets[door]?.send(packet, to.port, to.address, ignoreError);
      },
      packet: (door, to, bytes) => sockets[door]?.send(bytes, to.port, to.address, ignoreError),
      flush: () => {},
      async [Symbol.asyncDispose]() {
        await Promise.all(sockets.map((socket) => new Promise<void>((done) => socket.close(() => done()))));
      },
    },
  };
}

function ignoreError(): void {
  // a packet that can't be sent is a lost packet: the time that is over sends it again
}
