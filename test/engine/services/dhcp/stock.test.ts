/** Addresses that were looked at, ahead of demand. */
import { expect, it } from 'vitest';
import type { Mac } from '../../../../engine/contract/mac.js';
import { openBindings } from '../../../../engine/services/dhcp/bindings.js';
import { type AddressCheck, Stock } from '../../../../engine/services/dhcp/stock.js';
import { mac } from '../../protocols/dhcp/packets.js';
import { HandClock } from '../hand-clock.js';
import { MemoryLeases } from './lease-store.js';

const squatter = mac('001122334455');

/** A segment on which somebody sits at some addresses; remembers what was asked. */
function segment(taken: ReadonlyMap<string, Mac | null>, size = 8) {
  const clock = new HandClock();
  const bindings = openBindings({ range: { first: '10.0.0.1', last: '10.0.0.40' }, except: ['10.0.0.1'] }, new MemoryLeases());
  const asked: (readonly string[])[] = [];
  const found: unknown[] = [];
  const check: AddressCheck = async (addresses) => {
    asked.push(addresses);
    return Promise.resolve(new Map([...taken].filter(([address]) => addresses.includes(address))));
  };
  const stock = new Stock({ bindings, clock, check, size, found: (address, by) => void found.push([address, by]) });
  return { clock, bindings, stock, asked, found, now: () => clock.now().getTime() };
}

const macOf = (i: number) => mac(`00562b0000${i.toString(16).padStart(2, '0')}`);

it('is full before the first phone asks; who sits on an address is said, and nobody is offered it', async () => {
  const world = segment(
    new Map([
      ['10.0.0.3', squatter],
      ['10.0.0.5', null],
    ]),
  );
  await world.stock.open();
  expect(world.asked).toEqual([['10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6', '10.0.0.7', '10.0.0.8', '10.0.0.9']]);
  expect(world.found).toEqual([
    ['10.0.0.3', squatter],
    ['10.0.0.5', null],
  ]);
  expect(world.bindings.stock()).toBe(6);
  const offered = Array.from({ length: 6 }, (_, i) => world.bindings.reserve(macOf(i), undefined, world.now(), world.now() + 60));
  expect(offered).toEqual(['10.0.0.2', '10.0.0.4', '10.0.0.6', '10.0.0.7', '10.0.0.8', '10.0.0.9']);
});

it('is filled up in the background, one look at a time', async () => {
  const world = segment(new Map());
  await world.stock.open();
  for (let i = 0; i < 4; i += 1) world.bindings.reserve(macOf(i), undefined, world.now(), world.now() + 60);
  await Promise.all([world.stock.refill(), world.stock.refill(), world.stock.refill()]);
  expect(world.asked.map(({ length }) => length)).toEqual([8, 4]);
  expect(world.bindings.stock()).toBe(8);
});

it('is looked at again as time goes by, and ends with the service', async () => {
  const world = segment(new Map());
  await world.stock.open();
  for (let minute = 0; minute < 4; minute += 1) {
    world.clock.pass(60_000);
    await world.stock.refill();
  }
  expect(world.asked.flat().length).toBeGreaterThan(8);
  world.stock.stop();
  expect(world.clock.waiting).toBe(0);
});

it('asks no more where nothing can be found out, and addresses are given as they are', async () => {
  const world = segment(new Map());
  let asked = 0;
  const blind = new Stock({
    bindings: world.bindings,
    clock: world.clock,
    size: 8,
    found: () => undefined,
    check: async () => Promise.resolve(void (asked += 1)),
  });
  await blind.open();
  for (let i = 0; i < 20; i += 1) expect(world.bindings.reserve(macOf(i), undefined, world.now(), world.now() + 60)).toBeDefined();
  await blind.refill();
  expect([asked, world.clock.waiting]).toEqual([1, 0]);
});
