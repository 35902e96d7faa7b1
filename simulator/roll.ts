/** Which phones there are: from a list, or dealt by the seed; and what is wrong with each. */
import type { ListedPhone } from './csv.js';
import { dealFaults, type Fault } from './faults.js';
import { models, randomMac } from './identity.js';
import { seeded } from './random.js';

export type RolledPhone = { readonly mac: string; readonly model: string; readonly fault: Fault | undefined; readonly seed: string };

/** Gives every listed phone a MAC, a model, perhaps a fault, and a seed of its own. */
export function rollPhones(listed: readonly ListedPhone[], seed: number, faultRate: number): RolledPhone[] {
  const random = seeded(seed, 'roll');
  const faults = dealFaults(listed.length, faultRate, seed);
  const turns = random.shuffle(models);
  const taken = new Set(listed.flatMap(({ mac }) => (mac === undefined ? [] : [mac])));
  return listed.map(({ mac: given, model }, i) => {
    const mac = given ?? randomMac(random, taken);
    taken.add(mac);
    return { mac, model: model ?? turns[i % turns.length] ?? models[0], fault: faults[i], seed: `${seed}/${i}` };
  });
}
