/** Serves the built window with a fake bench behind it, under the policy of the real browser host. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { findWindowFile } from '../../engine/desk/window-files.js';
import { FakeBench, type FakeOptions } from './fake-bench.js';

const built = resolve(import.meta.dirname, '../../out/renderer');

export type RendererHost = {
  readonly url: string;
  readonly bench: FakeBench;
  /** From here on every call is answered 401, as after the end of a session. */
  end(): void;
  close(): Promise<void>;
};

export async function hostRenderer(options: FakeOptions): Promise<RendererHost> {
  const bench = new FakeBench(options);
  const streams = new Set<ServerResponse>();
  let hasEnded = false;
  bench.on((event) => {
    const line = `data: ${JSON.stringify(event)}\n\n`;
    for (const stream of streams) stream.write(line);
  });

  const server: Server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://bench');
    if (hasEnded && pathname.startsWith('/api/')) return void response.writeHead(401).end('{}');
    if (pathname === '/api/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(':\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    if (pathname === '/api/call') {
      const { name, input } = JSON.parse(await textOf(request)) as { name: string; input: unknown };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(await bench.call(name, input)));
      return;
    }
    const file = await findWindowFile(built, pathname);
    if (file === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { ...file.headers }).end(file.body);
  }

  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    bench,
    end: () => {
      hasEnded = true;
      for (const stream of streams) stream.end();
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
