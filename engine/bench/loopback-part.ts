/**
 * A stretch of 127.77.0.0/16 of its own for a bench of virtual phones, so that benches side by side do not take each other's addresses.
 * A listening socket on the last address of the stretch is the claim; the system gives it back when the process ends.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

export type LoopbackPart = { readonly first: string; readonly last: string } & Disposable;

/** Each stretch holds 9 * 256 addresses; the first two are left to benches that are told their pool. */
const size = 9;
const [firstPart, parts] = [2, 26];
const claimPort = 10_079;

/** Claims a free stretch; where nothing can be claimed (127/8 has one address only) takes one without. */
export async function claimLoopbackPart(): Promise<LoopbackPart> {
  const start = randomInt(parts);
  for (let i = 0; i < parts; i += 1) {
    const base = (firstPart + ((start + i) % parts)) * size;
    const claim = await listen(`127.77.${base + size - 1}.255`);
    if (claim !== 'taken') return { ...rangeFrom(base), [Symbol.dispose]: () => void claim?.close() };
  }
  return { ...rangeFrom((firstPart + start) * size), [Symbol.dispose]: () => undefined };
}

function rangeFrom(base: number): { first: string; last: string } {
  return { first: `127.77.${base}.1`, last: `127.77.${base + size - 1}.254` };
}

async function listen(host: string): Promise<Server | undefined | 'taken'> {
  const server = createServer((socket) => socket.destroy());
  server.unref();
  try {
    server.listen({ host, port: claimPort, exclusive: true });
    await once(server, 'listening');
    return server;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'taken' : undefined;
  }
}
