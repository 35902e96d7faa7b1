/**
 * A stretch of 127.77.0.0/16 of its own for a bench on loopback, so that benches side by side do not take each other's addresses.
 * A listening socket on the last address of the stretch is the claim; the system gives it back when the process ends.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { openDatabase } from '../store/database.js';
import { Leases } from '../store/leases.js';

export type LoopbackPart = { readonly first: string; readonly last: string } & Disposable;

/** Each stretch holds 9 * 256 addresses; the first two are left to benches that are told their pool. */
const size = 9;
const [firstPart, parts] = [2, 26];
const claimPort = 10_079;

/**
 * Claims a free stretch: where it is free the one a data folder's newest lease is of, so that the phones of a job that goes on keep
 * their addresses. Where nothing can be claimed (127/8 has one address only) takes one without.
 */
export async function claimLoopbackPart(dataFolder: string): Promise<LoopbackPart> {
  const start = partOf(newestLeased(dataFolder)) ?? randomInt(parts);
  for (let i = 0; i < parts; i += 1) {
    const base = (firstPart + ((start + i) % parts)) * size;
    const claim = await listen(`127.77.${base + size - 1}.255`);
    if (claim !== 'taken') return { ...rangeFrom(base), [Symbol.dispose]: () => void claim?.close() };
  }
  return { ...rangeFrom((firstPart + start) * size), [Symbol.dispose]: () => undefined };
}

/** The address whose lease lapses last; undefined where there is none, or no folder yet. A damaged one is told when the bench opens it. */
function newestLeased(dataFolder: string): string | undefined {
  const opened = openDatabase(dataFolder, 'read');
  if (!opened.ok) return undefined;
  try {
    return new Leases(opened.value).all().reduce((newest, lease) => (lease.expires > newest.expires ? lease : newest), noLease).address;
  } catch {
    return undefined;
  } finally {
    opened.value.close();
  }
}

const noLease: { readonly address: string | undefined; readonly expires: number } = { address: undefined, expires: 0 };

/** Number of the stretch, from 0; undefined for an address of none. */
function partOf(address: string | undefined): number | undefined {
  const third = /^127\.77\.(\d+)\.\d+$/.exec(address ?? '')?.[1];
  const part = third === undefined ? -1 : Math.floor(Number(third) / size) - firstPart;
  return part >= 0 && part < parts ? part : undefined;
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
