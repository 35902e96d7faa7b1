/**
 * A small stock of addresses at which nobody answers, kept ahead of demand.
 *
 * RFC 2131 section 2.2 wants an address probed before it is given. Asked for in the OFFER path that would cost every phone the time
 * a silent address takes to say nothing; so it is done beforehand, and a carton of a thousand phones finds a thousand addresses
 * ready. An address that answers is set aside and said. Where a system can't check, `check` says so, and addresses are given as
 * they are: the phone's own probe (section 4.4.1) and its DECLINE remain.
 */
import type { Mac } from '../../contract/mac.js';
import type { Clock } from '../service.js';
import type { Bindings } from './bindings-contract.js';

/**
 * Looks which addresses somebody answers at: by address the MAC, or null where it stays unknown. Undefined: it can't be found out
 * here. Never rejects.
 */
export type AddressCheck = ((addresses: readonly string[]) => Promise<ReadonlyMap<string, Mac | null> | undefined>) & Partial<Disposable>;

export type StockOptions = {
  readonly bindings: Bindings;
  readonly clock: Clock;
  readonly check: AddressCheck;
  /** Somebody answers at an address of the pool. */
  readonly found: (address: string, by: Mac | null) => void;
  /** How many addresses are kept ready; 1,024 unless set. */
  readonly size?: number;
};

/** Where somebody sits on an address of ours it is left alone for an hour, then looked at again. */
const setAsideMs = 3_600_000;
/** An address may be taken by hand after it was checked; part of the stock is looked at again each minute. */
const againMs = 60_000;
const againPart = 8;
/** So many at once; a check takes as long for one as for many. */
const mostAtOnce = 1_024;

export class Stock {
  readonly #options: StockOptions;
  readonly #size: number;
  #running: Promise<void> | undefined;
  #cancel: () => void = () => undefined;
  #stopped = false;

  constructor(options: StockOptions) {
    this.#options = options;
    this.#size = options.size ?? 1_024;
  }

  /** Fills the stock the first time, and keeps it filled from then on. */
  async open(): Promise<void> {
    await this.refill();
    if (!this.#stopped) this.#cancel = this.#options.clock.after(againMs, () => this.#lookAgain());
  }

  /** Fills the stock up where it is lower than three quarters; at most one such look is under way. */
  refill(): Promise<void> {
    if (this.#running !== undefined) return this.#running;
    const { bindings } = this.#options;
    if (this.#stopped || bindings.stock() > this.#size * 0.75) return Promise.resolve();
    this.#running = this.#fill().finally(() => (this.#running = undefined));
    return this.#running;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async #fill(): Promise<void> {
    const { bindings, clock, check, found } = this.#options;
    const wanted = Math.min(mostAtOnce, this.#size - bindings.stock());
    const addresses = bindings.toCheck(wanted, clock.now().getTime());
    if (addresses.length === 0) return;
    const answers = await check(addresses);
    const now = clock.now().getTime();
    // Not to be found out: as good as silent, and not asked again.
    if (answers === undefined) this.stop();
    for (const address of addresses) {
      const by = answers?.get(address);
      if (bindings.checked(address, by, now, now + setAsideMs)) found(address, by ?? null);
    }
  }

  #lookAgain(): void {
    if (this.#stopped) return;
    this.#options.bindings.doubt(Math.ceil(this.#size / againPart));
    void this.refill().then(() => {
      if (!this.#stopped) this.#cancel = this.#options.clock.after(againMs, () => this.#lookAgain());
    });
  }
}
