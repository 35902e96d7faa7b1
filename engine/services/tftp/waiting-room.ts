/** Who is served at a time: everybody, or as many as a person allows, and then first come first served. */

export type Place<T> = { readonly key: string; readonly address: string; readonly request: T };

/** Most transfers of one address: without a cap a whole bench behind one address translator fits, with one nobody takes it all. */
const ofOneClient = { capped: 64, otherwise: 1_024 };
/** Whoever floods the port with made-up addresses gets no further than this. */
const mostAtAll = 16_384;
/** Who waits and has not asked again for so long has given up, in milliseconds. */
const freshFor = 15_000;

export class WaitingRoom<T> {
  readonly #cap: number | undefined;
  readonly #inside = new Map<string, string>();
  readonly #byAddress = new Map<string, number>();
  /** In the order of their coming. */
  readonly #queue = new Map<string, { readonly place: Place<T>; askedAt: number }>();

  /** `cap`: transfers at a time; undefined where nobody set one. */
  constructor(cap: number | undefined) {
    this.#cap = cap;
  }

  get inside(): number {
    return this.#inside.size;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /** Addresses of those whose turn is next, in its order, `most` at the most. */
  queue(most: number): string[] {
    return [...this.#queue.values().take(most)].map(({ place }) => place.address);
  }

  /** `in`: be served, and `leave` afterwards. `waits`: `next` will name it. `crowd`: this client has enough as it is. */
  enter(place: Place<T>, now: number): 'in' | 'waits' | 'crowd' {
    const { key, address } = place;
    const waiting = this.#queue.get(key);
    if (waiting !== undefined) {
      this.#queue.set(key, { place, askedAt: now }); // keeps its turn
      return 'waits';
    }
    const own = this.#byAddress.get(address) ?? 0;
    if (own >= (this.#cap === undefined ? ofOneClient.otherwise : ofOneClient.capped)) return 'crowd';
    if (this.#inside.size + this.#queue.size >= mostAtAll) return 'crowd';
    this.#byAddress.set(address, own + 1);
    if (this.#cap !== undefined && this.#inside.size >= this.#cap) {
      this.#queue.set(key, { place, askedAt: now });
      return 'waits';
    }
    this.#inside.set(key, address);
    return 'in';
  }

  leave(key: string): void {
    const address = this.#inside.get(key);
    if (address === undefined) return;
    this.#inside.delete(key);
    this.#forget(address);
  }

  /** Whose turn it is now, and already inside; undefined when nobody waits or there is no room. */
  next(now: number): Place<T> | undefined {
    for (const [key, { place, askedAt }] of this.#queue) {
      if (this.#cap !== undefined && this.#inside.size >= this.#cap) return undefined;
      this.#queue.delete(key);
      if (now - askedAt < freshFor) {
        this.#inside.set(key, place.address);
        return place;
      }
      this.#forget(place.address);
    }
    return undefined;
  }

  #forget(address: string): void {
    const left = (this.#byAddress.get(address) ?? 1) - 1;
    if (left === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, left);
  }
}
