/** The raw syslog lines of a bench: into the segments, and the newest of each phone in memory for whoever looks. Secrets are masked in both. */
import type { Mac } from '../contract/mac.js';
import { lineText, type RawLine } from '../services/syslog/server.js';
import type { Segments } from '../store/segments.js';
import { Rings } from './recorder/rings.js';
import { redact } from './redact.js';

export type BookOptions = {
  readonly segments: Segments;
  readonly holder: (address: string) => Mac | undefined;
  /** What must not be shown of a phone. */
  readonly secrets: (mac: Mac) => readonly string[];
};

export type ShownLine = { at: string; from: string; mac: Mac | null; transport: 'udp' | 'tcp'; parsed: boolean; text: string };

const limits = { each: 1_000, bytes: 16 * 1024 * 1024, rings: 4_096 };
const callsItselfSecret = /pass|pwd|secret/i;

type Kept = RawLine & { readonly seq: number };

export class SyslogBook {
  readonly #options: BookOptions;
  readonly #rings = new Rings<Kept>(limits, ({ latin1 }) => latin1.length);
  /** Of addresses heard since the last tick: looking up whose one is takes longer than all the rest. */
  readonly #secrets = new Map<string, readonly string[]>();
  #seq = 0;
  #at = Number.NaN;
  #time = '';

  constructor(options: BookOptions) {
    this.#options = options;
  }

  /** Takes one line; bound, so that it can be passed on. */
  readonly take = (line: RawLine): void => {
    const { at, from, transport, parsed, latin1 } = line;
    this.#seq += 1;
    this.#rings.add(from, { at, from, transport, parsed, latin1, seq: this.#seq });
    if (at !== this.#at) [this.#at, this.#time] = [at, new Date(at).toISOString()];
    this.#options.segments.add(`${this.#time} ${from} ${this.#masked(lineText(line), from)}`);
  };

  /** Writes what waits, and forgets whose addresses are whose; to be called now and then. */
  tick(): void {
    this.#options.segments.flush();
    this.#secrets.clear();
  }

  /** The newest lines, oldest first. */
  lines(mac: Mac | null, limit: number): ShownLine[] {
    const { holder } = this.#options;
    const found = this.#rings.keys().flatMap((from) => {
      const who = holder(from) ?? null;
      return mac !== null && who !== mac ? [] : this.#rings.of(from).items.map((line) => ({ line, mac: who }));
    });
    const newest = found.sort((a, b) => a.line.seq - b.line.seq).slice(-limit);
    return newest.map(({ line: { at, from, transport, parsed, latin1 }, mac: who }) => ({
      at: new Date(at).toISOString(),
      from,
      mac: who,
      transport,
      parsed,
      text: this.#masked(lineText({ latin1 }), from),
    }));
  }

  #masked(text: string, from: string): string {
    const secrets = this.#secretsOf(from);
    return secrets.length === 0 && !callsItselfSecret.test(text) ? text : redact(text, secrets);
  }

  #secretsOf(from: string): readonly string[] {
    const known = this.#secrets.get(from);
    if (known !== undefined) return known;
    const mac = this.#options.holder(from);
    const secrets = mac === undefined ? [] : this.#options.secrets(mac);
    if (this.#secrets.size < limits.rings) this.#secrets.set(from, secrets);
    return secrets;
  }
}
