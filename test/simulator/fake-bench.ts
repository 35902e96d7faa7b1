/** A bench of a hundred lines: answers relayed DHCP, serves files over HTTP and TFTP, hears syslog. Knows nothing of the phones' code. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeBench = {
  readonly ports: { readonly dhcp: number; readonly tftp: number; readonly http: number; readonly syslog: number };
  /** Path -> content; asked anew for each request. */
  readonly files: Map<string, string>;
  /** DHCP options beside the necessary ones. */
  readonly options: Map<number, Buffer>;
  /** "http GET /8851-3PCC.xml", "tftp /8851-3PCC.xml", "dhcp 1", in the order they came. */
  readonly asked: string[];
  readonly requests: IncomingMessage[];
  readonly lines: string[];
  readonly discovers: Buffer[];
  /** Resolves with the first syslog line, of all so far and to come, that matches. */
  readonly hears: (pattern: RegExp) => Promise<string>;
  /** Resolves once something asked matches, now or later. */
  readonly isAsked: (pattern: RegExp) => Promise<string>;
  close(): Promise<void>;
};

/** Opens all of it on ephemeral ports; phone number n gets `127.77.x.y` of its MAC. */
export async function openFakeBench(leaseSeconds = 3600): Promise<FakeBench> {
  const files = new Map<string, string>();
  const options = new Map<number, Buffer>();
  const asked = watched();
  const lines = watched();
  const requests: IncomingMessage[] = [];
  const discovers: Buffer[] = [];

  const http = createServer((request, response) => {
    requests.push(request);
    request.resume();
    const body = files.get(request.url ?? '');
    asked.push(`http ${request.method} ${request.url}`);
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Length': Buffer.byteLength(body ?? '') }).end(body);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');

  const tftp = await openUdp((datagram, from) => {
    const [file = ''] = datagram.toString('latin1', 2).split('\0');
    asked.push(`tftp ${file}`);
    void sendFile(files.get(file), from.address, from.port);
  });
  const syslog = await openUdp((datagram) => lines.push(datagram.toString()));
  const dhcp = await openUdp((request, from) => {
    const kind = optionsOf(request).get(53)?.[0] ?? 0;
    asked.push(`dhcp ${kind}`);
    if (kind === 1) discovers.push(request);
    dhcp.send(answer(request, kind === 1 ? 2 : 5, options, leaseSeconds), from.port, from.address);
  });

  const port = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;
  return {
    ports: { dhcp: port(dhcp), tftp: port(tftp), http: port(http), syslog: port(syslog) },
    files,
    options,
    asked: asked.list,
    requests,
    lines: lines.list,
    discovers,
    hears: lines.first,
    isAsked: asked.first,
    close: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => http.close(resolve)),
        ...[tftp, syslog, dhcp].map((socket) => new Promise<void>((resolve) => socket.close(resolve))),
      ]);
    },
  };
}

/** The options of a DHCP packet. */
export function optionsOf(packet: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 240; at < packet.length && packet[at] !== 255; at += packet[at] === 0 ? 1 : 2 + packet[at + 1]!) {
    if (packet[at] !== 0) found.set(packet[at]!, packet.subarray(at + 2, at + 2 + packet[at + 1]!));
  }
  return found;
}

function answer(request: Buffer, kind: number, extra: Map<number, Buffer>, leaseSeconds: number): Buffer {
  const reply = Buffer.alloc(240);
  request.copy(reply, 0, 0, 240);
  reply[0] = 2;
  reply.set([127, 77, request[32]!, request[33]! || 1], 16);
  const lease = Buffer.alloc(4);
  lease.writeUInt32BE(leaseSeconds);
  const options: [number, Buffer][] = [
    [53, Buffer.of(kind)],
    [54, Buffer.of(127, 0, 0, 1)],
    [51, lease],
    [1, Buffer.of(255, 255, 0, 0)],
    ...extra,
    [82, optionsOf(request).get(82)!],
  ];
  return Buffer.concat([reply, ...options.flatMap(([code, value]) => [Buffer.of(code, value.length), value]), Buffer.of(255)]);
}

/** RFC 1350 without options; a lost packet is the phone's affair. */
async function sendFile(content: string | undefined, address: string, port: number): Promise<void> {
  const bytes = Buffer.from(content ?? '');
  let done = (): void => undefined;
  const over = new Promise<void>((resolve) => (done = resolve));
  const send = (block: number): void => {
    const part = bytes.subarray((block - 1) * 512, block * 512);
    socket.send(Buffer.concat([Buffer.of(0, 3, block >> 8, block & 255), part]), port, address);
  };
  const socket = await openUdp((datagram) => {
    const block = datagram.readUInt16BE(2);
    if (datagram[1] !== 4 || block * 512 > bytes.length) done();
    else send(block + 1);
  });
  const timer = setTimeout(done, 20_000);
  if (content === undefined) socket.send(Buffer.from('\0\u0005\0\u0001no such file\0', 'latin1'), port, address, done);
  else send(1);
  await over;
  clearTimeout(timer);
  socket.close();
}

async function openUdp(listener: (datagram: Buffer, from: { address: string; port: number }) => void): Promise<Socket> {
  const socket = createSocket('udp4', listener);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** A list one can wait on. */
function watched(): { readonly list: string[]; push: (text: string) => void; first: (pattern: RegExp) => Promise<string> } {
  const list: string[] = [];
  const waiting = new Set<() => void>();
  return {
    list,
    push: (text) => {
      list.push(text);
      for (const look of waiting) look();
    },
    first: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = list.find((text) => pattern.test(text));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
