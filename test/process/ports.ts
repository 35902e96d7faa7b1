/** Free ports of loopback, and whether they are free again. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

export type Ports = { readonly dhcp: number; readonly tftp: number; readonly http: number; readonly syslog: number };

const address = '127.0.0.1';

/** Four ports nobody had a moment ago. */
export async function freePorts(): Promise<Ports> {
  const sockets = [createSocket('udp4'), createSocket('udp4'), createSocket('udp4')];
  const numbers: number[] = [];
  for (const socket of sockets) {
    socket.bind(0, address);
    await once(socket, 'listening');
    numbers.push(socket.address().port);
  }
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  const bound = server.address();
  server.close();
  await once(server, 'close');
  for (const socket of sockets) socket.close();
  const [dhcp = 0, tftp = 0, syslog = 0] = numbers;
  return { dhcp, tftp, syslog, http: typeof bound === 'object' && bound !== null ? bound.port : 0 };
}

/** `dhcp=…,tftp=…`, as `--ports` takes them. */
export function spellPorts({ dhcp, tftp, http, syslog }: Ports): string {
  return `dhcp=${dhcp},tftp=${tftp},http=${http},syslog=${syslog}`;
}

/** Takes all of them for a moment; rejects when one is still held. */
export async function takeAll({ dhcp, tftp, http, syslog }: Ports): Promise<void> {
  for (const port of [dhcp, tftp, syslog]) {
    const socket = createSocket('udp4');
    socket.bind({ port, address, exclusive: true });
    await once(socket, 'listening');
    socket.close();
  }
  const server = createServer().listen(http, address);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
