/**
 * The DHCP service of the bench as a program, for a namespace: one JSON argument, JSON lines out.
 *
 *   {"interface":"eth1"}                       serves until SIGTERM; leases in the file `leases`
 *   {"interface":"eth1","probe":true}          looks for other DHCP servers and ends
 *   {"interface":"eth1","interlock":true}      asks the interlocks and ends
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { probeForeignDhcp, watchForeignDhcp } from '../../../engine/network/foreign-dhcp.js';
import { refusingInterlock } from '../../../engine/network/interlocks.js';
import { defaultPool, findPlace, type Place } from '../../../engine/network/places.js';
import { startDhcp } from '../../../engine/services/dhcp/server.js';
import type { Lease } from '../../../engine/services/lease.js';
import { systemClock } from '../../../engine/services/service.js';
import { MemoryLeases } from '../../engine/services/dhcp/lease-store.js';

export type Orders = {
  readonly interface: string;
  readonly leases?: string;
  /** Option 66; the bench's URL unless set. */
  readonly tftpServerName?: string;
  readonly probe?: boolean;
  readonly interlock?: boolean;
  readonly despite?: string;
  /** Milliseconds between looks for foreign servers while serving. */
  readonly watchMs?: number;
};

const orders = JSON.parse(process.argv[2] ?? '{}') as Orders;

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

class LeaseFile extends MemoryLeases {
  readonly #file: string;

  constructor(file: string) {
    super(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Lease[]) : []);
    this.#file = file;
  }

  override put(lease: Lease, done?: (error?: unknown) => void): void {
    super.put(lease, (error) => {
      // The base class's constructor puts too, before there is a file.
      if (#file in this) writeFileSync(this.#file, JSON.stringify(this.all()));
      done?.(error);
    });
  }
}

async function serve(place: Place): Promise<void> {
  const pool = defaultPool(place);
  if (!pool.ok) return say(pool.refusal);
  const url = `http://${place.address}`;
  const started = await startDhcp({
    place,
    port: 67,
    pool: pool.value,
    clock: systemClock,
    leases: orders.leases === undefined ? new MemoryLeases() : new LeaseFile(orders.leases),
    policy: () => ({
      serve: true,
      leaseSeconds: 600,
      options: [
        { code: 66, text: orders.tftpServerName ?? url },
        { code: 150, addresses: [place.address] },
        { code: 160, text: url },
      ],
    }),
    observe: say,
    trouble: (trouble) => say({ trouble }),
  });
  if (!started.ok) return say({ refused: started.refusal });
  const stopWatching =
    orders.watchMs === undefined
      ? () => undefined
      : watchForeignDhcp(
          place,
          { clock: systemClock, everyMs: orders.watchMs, ms: 1000 },
          { found: () => undefined, named: (foreign) => say({ foreign }) },
        );
  process.once('SIGTERM', () => {
    stopWatching();
    void started.value[Symbol.asyncDispose]();
  });
  say({ ready: place.address });
}

const found = findPlace(orders.interface);
if (!found.ok) say({ refused: found.refusal });
else if (orders.probe === true) say({ probed: await probeForeignDhcp(found.value, { clock: systemClock }) });
else if (orders.interlock === true) {
  const despite = orders.despite === undefined ? {} : { despite: orders.despite };
  say({ interlock: (await refusingInterlock(found.value, { clock: systemClock, ...despite })) ?? null });
} else await serve(found.value);
