/** Who gets a lease and what it is told: the interlock "only phones". */
import type { Mac } from '../contract/mac.js';
import type { BenchAddress, Recognised } from '../phones/pack.js';
import type { Client, Decision, DhcpPolicy } from '../services/lease.js';
import type { Order } from './order.js';

/** Which MACs outside the rows get a lease: none, phones the pack recognises, all. */
export const unlistedChoices = ['ignore', 'phones', 'any'] as const;
export type Unlisted = (typeof unlistedChoices)[number];

/** Long enough for a shift on the bench, short enough that addresses come back over a week-end. */
const leaseSeconds = 12 * 3600;

/** More phones outside the rows than this are nobody's bench. */
const mostGuests = 2000;

/**
 * The DHCP policy of a job: its own phones always, others as `unlisted` says, as long as every row keeps an address for its phone.
 * `poolSize`: addresses of the pool; `leased`: who holds some of them from before.
 */
export function dhcpPolicy(
  order: Order,
  bench: BenchAddress,
  unlisted: Unlisted,
  { poolSize, leased = [] }: { readonly poolSize: number; readonly leased?: readonly Mac[] },
): DhcpPolicy {
  const guests = new Set<Mac>(leased.filter((mac) => order.of(mac) === undefined));
  return (client) => {
    const recognised = order.pack.recognise(client);
    const listed = order.of(client.mac) !== undefined;
    if (!listed && !admitsUnlisted(recognised, unlisted)) return ignored(recognised);
    if (!listed && !guests.has(client.mac)) {
      if (guests.size >= Math.min(mostGuests, poolSize - order.macs().length)) return { serve: false, because: 'pool-exhausted' };
      guests.add(client.mac);
    }
    const options = order.pack.options(bench, order.transport(client.mac, modelOf(recognised)));
    return { serve: true, options, leaseSeconds };
  };
}

/** Whether a MAC outside the rows is a matter of this job at all. */
export function admits(order: Order, unlisted: Unlisted, client: Client | { readonly mac: Mac }): boolean {
  return order.of(client.mac) !== undefined || admitsUnlisted(order.pack.recognise(client), unlisted);
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
