/** Sockets on 127.0.0.1 with ports of the system's choice, and a notebook for observations. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import type { Fact, Observation } from '../../../engine/contract/observation.js';
import type { Result } from '../../../engine/contract/problem.js';

export async function openLoopback(port: number): Promise<Result<dgram.Socket>> {
  const socket = dgram.createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return { ok: true, value: socket };
}

export async function listenLoopback(server: Server, port: number): Promise<Result<number>> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { ok: true, value: (server.address() as AddressInfo).port };
}

/** Keeps what is observed, and lets a test wait for a fact. */
export class Notebook {
  readonly observations: Observation[] = [];
  readonly #waiting = new Set<() => void>();

  readonly observe = (observation: Observation): void => {
    this.observations.push(observation);
    for (const look of this.#waiting) look();
  };

  get facts(): Fact[] {
    return this.observations.map(({ fact }) => fact);
  }

  of<K extends Fact['kind']>(...kinds: K[]): Extract<Fact, { kind: K }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { kind: K }> => (kinds as string[]).includes(fact.kind));
  }

  /** The facts of these kinds once there are `count` of them. */
  async until<K extends Fact['kind']>(count: number, ...kinds: K[]): Promise<Extract<Fact, { kind: K }>[]> {
    await this.#until(() => this.of(...kinds).length >= count);
    return this.of(...kinds);
  }

  async #until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (!holds()) return;
      this.#waiting.delete(look);
      resolve();
    };
    this.#waiting.add(look);
    await promise;
  }
}
