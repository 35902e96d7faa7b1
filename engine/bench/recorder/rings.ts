/** The newest things of each of many, bounded for each and together: whoever has most gives way first. */

/** What a thing costs beside its bytes, in bytes. */
const overhead = 256;

type Ring<T> = { items: (T | undefined)[]; first: number; bytes: number; forgotten: number };

export class Rings<T> {
  readonly #limits: { readonly each: number; readonly bytes: number; readonly rings: number };
  readonly #sizeOf: (item: T) => number;
  readonly #rings = new Map<string, Ring<T>>();
  #bytes = 0;

  /** `each`: things of one; `bytes`: of all together; `rings`: how many may have one. */
  constructor(limits: { readonly each: number; readonly bytes: number; readonly rings: number }, sizeOf: (item: T) => number) {
    this.#limits = limits;
    this.#sizeOf = (item) => sizeOf(item) + overhead;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#bytes;
  }

  keys(): readonly string[] {
    return [...this.#rings.keys()];
  }

  add(key: string, item: T): void {
    const ring = this.#ring(key);
    const size = this.#sizeOf(item);
    ring.items.push(item);
    ring.bytes += size;
    this.#bytes += size;
    if (ring.items.length - ring.first > this.#limits.each) this.#forget(ring, 1);
    while (this.#bytes > this.#limits.bytes) this.#giveWay();
  }

  /** What is kept of one, oldest first, and how many older ones are gone. */
  of(key: string): { readonly items: readonly T[]; readonly forgotten: number } {
    const ring = this.#rings.get(key);
    if (ring === undefined) return { items: [], forgotten: 0 };
    return { items: ring.items.slice(ring.first) as T[], forgotten: ring.forgotten };
  }

  /** What was kept of one is another's from now on, `order` deciding whose comes first. */
  move(from: string, to: string, order: (a: T, b: T) => number): void {
    if (from === to || !this.#rings.has(from)) return;
    const [moved, there] = [this.of(from), this.of(to)];
    for (const key of [from, to]) this.#drop(key);
    for (const item of [...there.items, ...moved.items].sort(order)) this.add(to, item);
    const ring = this.#rings.get(to);
    if (ring !== undefined) ring.forgotten += moved.forgotten + there.forgotten;
  }

  #ring(key: string): Ring<T> {
    const known = this.#rings.get(key);
    if (known !== undefined) return known;
    if (this.#rings.size >= this.#limits.rings) this.#drop(this.#rings.keys().next().value ?? '');
    const ring: Ring<T> = { items: [], first: 0, bytes: 0, forgotten: 0 };
    this.#rings.set(key, ring);
    return ring;
  }

  #drop(key: string): void {
    this.#bytes -= this.#rings.get(key)?.bytes ?? 0;
    this.#rings.delete(key);
  }

  /** Half of the largest goes at once, so that one who talks much does not cost a search for each word. */
  #giveWay(): void {
    let largest: Ring<T> | undefined;
    for (const ring of this.#rings.values()) if (largest === undefined || ring.bytes > largest.bytes) largest = ring;
    if (largest !== undefined) this.#forget(largest, Math.ceil((largest.items.length - largest.first) / 2));
  }

  #forget(ring: Ring<T>, count: number): void {
    for (let i = 0; i < count; i += 1) {
      const item = ring.items[ring.first];
      if (item === undefined) break;
      const size = this.#sizeOf(item);
      ring.bytes -= size;
      this.#bytes -= size;
      ring.items[ring.first] = undefined;
      ring.first += 1;
      ring.forgotten += 1;
    }
    // moving the rest to the front now and then keeps the array as short as what it holds
    if (ring.first > 64 && ring.first * 2 > ring.items.length) {
      ring.items.splice(0, ring.first);
      ring.first = 0;
    }
  }
}
