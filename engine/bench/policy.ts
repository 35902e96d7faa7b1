/** Who gets a lease and what it is told: the interlock "only phones". */
import type { Mac } from '../contract/mac.js';
import type { Fact } from '../contract/observation.js';
import type { BenchAddress, OfferedOption, Recognised } from '../phones/pack.js';
import type { Client, Decision, DhcpPolicy, Lease } from '../services/lease.js';
import { Guests } from './guests.js';
import type { Order } from './order.js';

/** Which MACs outside the rows get a lease: none, phones the pack recognises, all. */
export const unlistedChoices = ['ignore', 'phones', 'any'] as const;
export type Unlisted = (typeof unlistedChoices)[number];

/** Long enough for a shift on the bench, short enough that addresses come back over a week-end. */
const leaseSeconds = 12 * 3600;

/**
 * The DHCP policy of a job: its own phones always, others as `unlisted` says, as long as every row keeps an address for its phone.
 * `poolSize`: addresses of the pool; `leased`: leases from before; `now`: milliseconds since 1970.
 */
export function dhcpPolicy(
  order: Order,
  bench: BenchAddress,
  unlisted: Unlisted,
  { poolSize, leased = [], now }: { readonly poolSize: number; readonly leased?: readonly Lease[]; readonly now: () => number },
): DhcpPolicy {
  const guests = new Guests(leased.filter(({ mac }) => !order.has(mac)));
  const given = new Map<string, readonly OfferedOption[]>();
  const optionsFor = (mac: Mac, recognisedModel: string | undefined): readonly OfferedOption[] => {
    const model = order.modelOf(mac) ?? recognisedModel;
    const transport = order.transport(mac, model);
    const key = `${transport} ${model ?? ''}`;
    const known = given.get(key);
    if (known !== undefined) return known;
    const made = order.pack.options(bench, transport, order.recipe, model);
    given.set(key, made); // as many as there are models
    return made;
  };
  return (client) => {
    const { mac, takes = false, looks = false } = client;
    const recognised = order.pack.recognise(client);
    const listed = order.has(mac);
    if (!listed && !admitsUnlisted(recognised, unlisted)) return ignored(recognised);
    if (!listed) {
      const room = { size: poolSize - order.listed, forPhones: Math.min(order.unbound, poolSize) };
      const isPhone = recognised.kind !== 'stranger';
      const at = now();
      const admitted = looks
        ? guests.admits(mac, isPhone, room, at)
        : guests.admit({ mac, isPhone, takes, until: at + leaseSeconds * 1000 }, room, at);
      if (!admitted) return { serve: false, because: 'pool-exhausted' };
    }
    return { serve: true, options: optionsFor(mac, modelOf(recognised)), leaseSeconds };
  };
}

/** Whether a MAC outside the rows is a matter of this job at all. */
export function admits(order: Order, unlisted: Unlisted, client: Client | { readonly mac: Mac }): boolean {
  return order.has(client.mac) || admitsUnlisted(order.pack.recognise(client), unlisted);
}

/** What a DHCP fact shows of a client, for deciding whether it is a matter of this job. */
export function namesOf(fact: Fact): { vendorClass?: string; hostName?: string } {
  if (fact.kind !== 'dhcpDiscover' && fact.kind !== 'dhcpAck') return {};
  return {
    ...(fact.vendorClass === undefined ? {} : { vendorClass: fact.vendorClass }),
    ...(fact.hostName === undefined ? {} : { hostName: fact.hostName }),
  };
}

function admitsUnlisted(recognised: Recognised, unlisted: Unlisted): boolean {
  return unlisted === 'any' || (unlisted === 'phones' && recognised.kind !== 'stranger');
}

function ignored(recognised: Recognised): Decision {
  return { serve: false, because: recognised.kind === 'stranger' ? 'not-a-phone' : 'unlisted' };
}

function modelOf(recognised: Recognised): string | undefined {
  return recognised.kind === 'stranger' ? undefined : recognised.model;
}
