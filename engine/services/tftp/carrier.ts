/** Carries transfers that the service has decided on, from their first packet to their last. */
import type { Socket } from 'node:dgram';
import type { Result } from '../../contract/problem.js';
import type { Clock } from '../service.js';
import { datagramWire } from './datagram-wire.js';
import { type Hearer, Mover, type Order } from './mover.js';

export interface Carrier extends AsyncDisposable {
  begin(order: Order): void;
  abandon(id: number, because: 'reset' | 'error'): void;
}

export type LocalOptions = {
  readonly open: (port: number) => Promise<Result<Socket>>;
  readonly hearer: Hearer;
  readonly clock: Clock;
};

/** Packets that are sent before others of this thread have their turn. */
const atOnce = 64;

/** Carries in this thread, with sockets of Node; refused when no port can be had. */
export async function localCarrier({ open, hearer, clock }: LocalOptions): Promise<Result<Carrier>> {
  const wire = await datagramWire(open, (door, address, port, bytes) => {
    mover.receive(door, address, port, bytes);
    pump();
  });
  if (!wire.ok) return wire;
  const mover = new Mover(wire.value, hearer, () => clock.now().getTime());
  let [cancel, wakesAt, working, closed] = [() => {}, Infinity, false, false];
  const pump = (): void => {
    if (working || closed) return;
    if (mover.work(atOnce)) {
      working = true;
      setImmediate(() => {
        working = false;
        pump();
      });
    }
    arrange();
  };
  /** One timer for all; it may come too early, and then looks again. */
  const arrange = (): void => {
    const at = mover.wakeAt;
    if (at >= wakesAt && at !== Infinity) return;
    cancel();
    wakesAt = at;
    cancel = at === Infinity ? () => {} : clock.after(Math.max(0, at - clock.now().getTime()), look);
  };
  const look = (): void => {
    wakesAt = Infinity;
    mover.tick();
    pump();
  };
  mover.onReady = pump;
  return {
    ok: true,
    value: {
      begin(order) {
        mover.begin(order);
        pump();
      },
      abandon(id, because) {
        mover.abandon(id, because);
        arrange();
      },
      async [Symbol.asyncDispose]() {
        closed = true;
        cancel();
        await wire.value[Symbol.asyncDispose]();
      },
    },
  };
}
