/** Things kept for the window under names nobody can guess: bounded in number and in size, the oldest given up first. */
import { randomBytes } from 'node:crypto';

export type Bounds<T> = { readonly number: number; readonly bytes: number; readonly sizeOf: (value: T) => number };

export class Keepsakes<T> {
  readonly #bounds: Bounds<T>;
  readonly #kept = new Map<string, T>();
  #bytes = 0;

  constructor(bounds: Bounds<T>) {
    this.#bounds = bounds;
  }

  /** Keeps a value; gives its handle. */
  keep(value: T): string {
    const handle = randomBytes(18).toString('base64url');
    this.#kept.set(handle, value);
    this.#bytes += this.#bounds.sizeOf(value);
    for (const oldest of this.#kept.keys()) {
      if (oldest === handle || (this.#kept.size <= this.#bounds.number && this.#bytes <= this.#bounds.bytes)) break;
      this.#forget(oldest);
    }
    return handle;
  }

  get(handle: string): T | undefined {
    return this.#kept.get(handle);
  }

  /** What is kept, the newest first. */
  newest(): readonly T[] {
    return [...this.#kept.values()].reverse();
  }

  #forget(handle: string): void {
    const value = this.#kept.get(handle);
    if (value !== undefined && this.#kept.delete(handle)) this.#bytes -= this.#bounds.sizeOf(value);
  }
}
