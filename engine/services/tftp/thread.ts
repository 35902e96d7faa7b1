/**
 * The thread that carries transfers, so that sending firmware keeps nobody waiting for a lease or a profile.
 *
 * While transfers are under way it waits in the system's own call for packets, and looks for messages between two such waits; while
 * there are none it waits as Node does.
 */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { openUdp } from '../../network/sockets.js';
import { systemClock } from '../service.js';
import { type Carrier, localCarrier } from './carrier.js';
import { type Hearer, Mover } from './mover.js';
import { type NativeWire, nativeWire } from './native-wire.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

if (parentPort !== null) await run(parentPort, workerData as ThreadData);

async function run(port: MessagePort, { place, native, tapped, waiting }: ThreadData): Promise<void> {
  let said: FromThread[] = [];
  const flush = (): void => {
    if (said.length > 0) port.postMessage(said);
    said = [];
  };
  const hearer: Hearer = {
    ended: (id, ended) => said.push({ kind: 'ended', id, ended }),
    ...(tapped && {
      packet: (id, direction, localPort, bytes) => said.push({ kind: 'packet', id, direction, localPort, bytes: Uint8Array.from(bytes) }),
    }),
  };
  const flags = new Int32Array(waiting);
  const wire = native ? await nativeWire(place, (...datagram) => loop?.mover.receive(...datagram)) : undefined;
  const loop = wire && { wire, mover: new Mover(wire, hearer, () => performance.now()) };
  if (loop !== undefined) {
    port.on('message', (orders: ToThread) => new Loop(port, loop, flags, flush).begin(orders));
    port.postMessage([{ kind: 'ready', bell: loop.wire.bell } satisfies FromThread]);
    return;
  }
  const opened = await localCarrier({
    open: (number) => openUdp(place, number),
    hearer: { ...hearer, ended: (id, ended) => (hearer.ended(id, ended), flush()) },
    clock: systemClock,
  });
  if (!opened.ok) {
    port.postMessage([{ kind: 'failed' } satisfies FromThread]);
    return port.close();
  }
  port.on('message', (orders: ToThread) => {
    for (const order of orders) if (!obey(opened.value, order)) void opened.value[Symbol.asyncDispose]().then(() => port.close());
    flush();
  });
  port.postMessage([{ kind: 'ready', bell: -1 } satisfies FromThread]);
}

/** False when it is to end. */
function obey(carrier: Pick<Carrier, 'begin' | 'abandon'>, order: ToThread[number]): boolean {
  if (order.kind === 'begin') carrier.begin(order.order);
  else if (order.kind === 'abandon') carrier.abandon(order.id, order.because);
  return order.kind !== 'stop';
}

/** How long a wait for packets lasts at most, in milliseconds: so late may the process notice that it is to end. */
const mostWait = 250;
/** Packets sent before ACKs are looked at again. */
const atOnce = 128;

class Loop {
  readonly #port: MessagePort;
  readonly #with: { readonly wire: NativeWire; readonly mover: Mover };
  readonly #flags: Int32Array;
  readonly #flush: () => void;

  constructor(port: MessagePort, parts: { readonly wire: NativeWire; readonly mover: Mover }, flags: Int32Array, flush: () => void) {
    this.#port = port;
    this.#with = parts;
    this.#flags = flags;
    this.#flush = flush;
  }

  /** Runs until no transfer is left. */
  begin(orders: ToThread): void {
    const { wire, mover } = this.#with;
    let goesOn = this.#obey(orders) && this.#drain();
    while (goesOn && mover.size > 0) {
      const more = mover.work(atOnce);
      this.#flush();
      if (more) wire.turn(0);
      else {
        Atomics.store(this.#flags, 0, 1); // from here on who writes a message rings the bell
        goesOn = this.#drain();
        wire.turn(goesOn && mover.size > 0 ? this.#wait() : 0);
        Atomics.store(this.#flags, 0, 0);
      }
      mover.tick();
      goesOn = goesOn && this.#drain();
    }
    this.#flush();
    if (goesOn) return;
    this.#port.close();
    void wire[Symbol.asyncDispose]();
  }

  #wait(): number {
    const { mover } = this.#with;
    // What a message began is due at once.
    return mover.isDue ? 0 : Math.min(mostWait, Math.max(1, Math.ceil(mover.wakeAt - performance.now())));
  }

  #drain(): boolean {
    for (;;) {
      const message = receiveMessageOnPort(this.#port);
      if (message === undefined) return true;
      if (!this.#obey(message.message)) return false;
    }
  }

  #obey(orders: ToThread): boolean {
    return orders.every((order) => obey(this.#with.mover, order));
  }
}
