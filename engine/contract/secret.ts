/**
 * A value nobody may read by accident: passwords, keys, tokens.
 *
 * Every way of turning it into text gives the mask; only `reveal()` gives the value, so that a search for it finds all who do.
 */
export const mask = '********';

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the wire or for deriving a key; never for a log, a message or a JSON form. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return mask;
  }
}

/** The text of a value that may be secret; use only where the bytes leave for the phone or a comparison needs them. */
export function reveal(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}
