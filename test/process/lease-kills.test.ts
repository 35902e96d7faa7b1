/** Bursts of DHCP, each cut off by kill -9 at a random point: what was acknowledged holds for ever, and nobody else is given it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Mac } from '../../engine/contract/mac.js';
import { type Ack, carton, Crowd, leasedTwice } from '../engine/services/dhcp/crowd.js';
import { numbers } from '../engine/services/numbers.js';
import { type Bundled, bundle, node } from '../interop/bundle.js';
import { Scratch } from './programs.js';

const bursts = 100;
/** Clients of a burst: new ones, and some from the bursts before. */
const [newcomers, known] = [30, 10];

let keeper: Bundled;

beforeAll(async () => {
  keeper = await bundle('test/interop/programs/lease-keeper.ts');
});

afterAll(() => keeper[Symbol.asyncDispose]());

it(`killed with -9 in each of ${bursts} bursts, it never leases an address twice and forgets no lease it gave`, async () => {
  await using scratch = new Scratch();
  const random = numbers(2131);
  const acks: Ack[] = [];
  const cutOff: number[] = [];
  for (let burst = 0; burst < bursts; burst += 1) {
    const macs = [...carton(burst * newcomers, newcomers), ...someOf(acks, known, random)];
    const given = await burstUntilKilled(scratch.path('data'), macs, random(macs.length + 1));
    cutOff.push(given.length);
    acks.push(...given);
    expect({ burst, twice: leasedTwice(acks) }).toEqual({ burst, twice: [] });
  }
  expect(movedOn(acks)).toEqual([]);
  // The kills came at all points: before the first ACK, in the middle, and after the last.
  expect(Math.min(...cutOff)).toBeLessThan(5);
  expect(Math.max(...cutOff)).toBeGreaterThanOrEqual(newcomers + known);
}, 600_000);

/** Starts the service, lets all clients ask at once, and kills it once so many ACKs were seen; gives every ACK that was. */
async function burstUntilKilled(folder: string, macs: readonly Mac[], after: number): Promise<readonly Ack[]> {
  const service = spawn(node, [keeper.file, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(service, 'exit');
  try {
    const [said] = (await once(createInterface({ input: service.stdout }), 'line')) as [string];
    const port = Number(/^serves on (\d+)$/.exec(said)?.[1]);
    expect(port, said).toBeGreaterThan(0);
    await using crowd = await Crowd.start({ port, macs, retryMs: 2_000 });
    const enough = Promise.withResolvers<void>();
    crowd.onAck = () => crowd.acks.length >= after && enough.resolve();
    if (after > 0) await enough.promise;
    service.kill('SIGKILL');
    await ended;
    for (let seen = -1; seen < crowd.acks.length;) {
      seen = crowd.acks.length;
      await turn(); // what was sent before still arrives
    }
    return [...crowd.acks];
  } finally {
    service.kill('SIGKILL');
    await ended;
  }
}

function someOf(acks: readonly Ack[], count: number, random: (below: number) => number): readonly Mac[] {
  const macs = [...new Set(acks.map(({ mac }) => mac))];
  const chosen = new Set<Mac>();
  while (chosen.size < Math.min(count, macs.length)) chosen.add(macs[random(macs.length)]!);
  return [...chosen];
}

/** MACs that were given another address than the one they had. */
function movedOn(acks: readonly Ack[]): readonly string[] {
  const had = new Map<Mac, string>();
  return acks.flatMap(({ mac, address }) => {
    const before = had.get(mac) ?? address;
    had.set(mac, before);
    return before === address ? [] : [`${mac}: ${before}, then ${address}`];
  });
}
