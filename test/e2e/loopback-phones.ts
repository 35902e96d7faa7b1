/** Virtual phones plugged in at a bench on loopback, and a client that says to it whatever a spec likes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BenchState } from '../../engine/contract/calls.js';

const program = resolve(import.meta.dirname, '../../out/simulator/main.js');

/** The program of the virtual phones; disposing unplugs them all. */
export function plugIn(bench: BenchState, phones: readonly { readonly mac: string; readonly model: string }[]): AsyncDisposable {
  const folder = mkdtempSync(join(tmpdir(), 'benchtone-plugged-'));
  const csv = join(folder, 'phones.csv');
  writeFileSync(csv, ['mac,model', ...phones.map(({ mac, model }) => `${mac},${model}`), ''].join('\n'));
  const relay = `127.0.0.1:${bench.ports.dhcp}`;
  const child: ChildProcess = spawn(process.execPath, [program, '--relay', relay, '--csv', csv, '--seed', '5', '--speed', '20'], {
    stdio: 'ignore',
  });
  return {
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Options of a DHCP message, RFC 2132 and 3046; RFC 8357 for the relay's port. */
const code = { hostName: 12, requested: 50, messageType: 53, server: 54, vendorClass: 60, relay: 82 } as const;

/** What a client on the wire may say, in its own words. */
export type Words = { readonly hostName: string; readonly vendorClass: string };

/** Leases an address as a phone behind a relay does, with the given texts in options 12 and 60; gives the address. */
export async function lease(bench: BenchState, mac: string, words: Words): Promise<string> {
  const socket = createSocket('udp4');
  try {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const offer = await exchange(socket, bench, mac, [[code.messageType, Buffer.of(1)], ...said(words)]);
    const address = offer.subarray(16, 20);
    await exchange(socket, bench, mac, [
      [code.messageType, Buffer.of(3)],
      [code.requested, address],
      [code.server, Buffer.of(127, 0, 0, 1)],
      ...said(words),
    ]);
    return address.join('.');
  } finally {
    socket.close();
  }
}

/** A GET from an address of the bench's pool with a User-Agent. */
export async function fetchAs(bench: BenchState, address: string, path: string, userAgent: string): Promise<number> {
  const asked = request({ host: '127.0.0.1', port: bench.ports.http, localAddress: address, path, headers: { 'user-agent': userAgent } });
  asked.end();
  const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

/** A syslog line from an address of the bench's pool. */
export async function logAs(bench: BenchState, address: string, text: string): Promise<void> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  await new Promise((done) => socket.send(Buffer.from(text), bench.ports.syslog, '127.0.0.1', done));
  socket.close();
}

function said({ hostName, vendorClass }: Words): [number, Uint8Array][] {
  return [
    [code.vendorClass, Buffer.from(vendorClass).subarray(0, 255)],
    [code.hostName, Buffer.from(hostName)],
  ];
}

async function exchange(socket: Socket, bench: BenchState, mac: string, options: readonly [number, Uint8Array][]): Promise<Buffer> {
  const head = Buffer.alloc(240);
  head.set([1, 1, 6, 1, 0x13, 0x37, 0, 1]);
  head.set([127, 0, 0, 1], 24);
  head.write(mac, 28, 'hex');
  head.writeUInt32BE(0x63825363, 236);
  const relay: [number, Uint8Array] = [code.relay, Buffer.of(19, 0)];
  const packet = Buffer.concat([head, ...[...options, relay].flatMap(([number, value]) => split(number, value)), Buffer.of(255)]);
  const heard = once(socket, 'message');
  socket.send(packet, bench.ports.dhcp ?? 0, '127.0.0.1');
  const [answer] = (await heard) as [Buffer];
  return answer;
}

/** A value longer than an option is several of the same number (RFC 3396). */
function split(number: number, value: Uint8Array): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < value.length || at === 0; at += 255) {
    const part = value.subarray(at, at + 255);
    parts.push(Buffer.of(number, part.length), Buffer.from(part));
  }
  return parts;
}
