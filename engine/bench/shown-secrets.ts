/** That somebody looked at a row's passwords goes into the journal of its phone; of a row that still waits for one, once it has come. */
import type { Mac } from '../contract/mac.js';
import type { Fact } from '../contract/observation.js';
import type { Listener } from '../roster/roster.js';

export type Shown = { readonly row: number; readonly at: string };

export class ShownSecrets {
  readonly #macOf: (row: number) => Mac | undefined;
  readonly #record: (mac: Mac, at: string, fact: Fact) => void;
  readonly #waiting = new Map<number, string>();

  constructor(macOf: (row: number) => Mac | undefined, record: (mac: Mac, at: string, fact: Fact) => void) {
    this.#macOf = macOf;
    this.#record = record;
  }

  note({ row, at }: Shown): void {
    const mac = this.#macOf(row);
    if (mac === undefined) this.#waiting.set(row, at);
    else this.#record(mac, at, { kind: 'secretsShown' });
  }

  /** Hears which phone a row got. */
  readonly hear: Listener = ({ mac, fact }) => {
    if (fact.kind !== 'bound') return;
    const at = this.#waiting.get(fact.row);
    if (at !== undefined && this.#waiting.delete(fact.row)) this.#record(mac, at, { kind: 'secretsShown' });
  };
}
