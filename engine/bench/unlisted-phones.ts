/**
 * Phones that ask for an address and are in no row: left alone, but said, for the likeliest mistake at a bench is a MAC mistyped in the list.
 */
import { type Mac, spellMac } from '../contract/mac.js';
import type { Observation } from '../contract/observation.js';
import type { Refusal } from '../contract/problem.js';
import type { Order } from './order.js';

/** So many are told; a whole office of phones on the wire is one mistake, not a thousand. */
const mostTold = 100;
/** Digits in which a mistyped MAC differs from the right one: one wrong, or two swapped. */
const mostDigits = 2;

export class UnlistedPhones {
  readonly #order: Order;
  readonly #tell: (notice: Refusal) => void;
  readonly #told = new Set<Mac>();

  constructor(order: Order, tell: (notice: Refusal) => void) {
    this.#order = order;
    this.#tell = tell;
  }

  /** Tells of a phone that DHCP left alone, once. */
  hear({ sender: { mac }, fact }: Observation): void {
    if (fact.kind !== 'dhcpIgnored' || fact.because !== 'unlisted' || mac === undefined) return;
    if (this.#told.has(mac) || this.#told.size >= mostTold) return;
    this.#told.add(mac);
    const recognised = this.#order.pack.recognise({ mac, ...(fact.vendorClass === undefined ? {} : { vendorClass: fact.vendorClass }) });
    const model = recognised.kind === 'stranger' ? undefined : recognised.model;
    const near = nearestOf(mac, this.#order.macs());
    const line = near === undefined ? undefined : this.#order.lineOf(near);
    this.#tell({
      kind: 'usage',
      code: line === undefined ? 'dhcp.unlisted-phone' : 'dhcp.mistyped-mac',
      params: {
        mac: spellMac(mac),
        model: model ?? '',
        ...(near === undefined || line === undefined ? {} : { line, listed: spellMac(near) }),
      },
    });
  }
}

function nearestOf(mac: Mac, listed: readonly Mac[]): Mac | undefined {
  return listed.find((each) => differences(mac, each) <= mostDigits);
}

function differences(one: string, other: string): number {
  return Array.from(one).filter((digit, index) => digit !== other[index]).length;
}
