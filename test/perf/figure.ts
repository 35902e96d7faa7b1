/** What is measured: a figure, its contestants, and what came out. */
import type { PerfLab } from './lab.js';

/** A peer's name, or `seconds`: a bound on our own value instead of a ratio. */
type Bounds = Readonly<Record<string, number>>;

export type Contestant = {
  /** `ours`, or the peer it is. */
  readonly name: string;
  /** One repetition: starts and stops what it needs, gives the value in the figure's unit. Throwing means it failed. */
  run(): Promise<number>;
};

export type Figure = {
  readonly name: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** Least (or, where lower is better, greatest) ratio ours/peer that has to hold. A key that is the figure's unit bounds our own median. */
  readonly must: Bounds;
  readonly aim: Bounds;
  /** Repetitions of each contestant, 5 at least. */
  readonly runs: number;
  /** Why this machine can't say; undefined when it can. */
  unable?(lab: PerfLab): string | undefined;
  contestants(lab: PerfLab): Promise<readonly Contestant[]>;
};

/** What `--json` prints of a figure, and why where it does not hold or can't be said. */
export type Measured = {
  readonly figure: string;
  readonly unit: string;
  readonly runs: number;
  readonly ours: number | null;
  readonly peers: Readonly<Record<string, number | null>>;
  readonly ratio: Readonly<Record<string, number | null>>;
  readonly must: Bounds;
  readonly aim: Bounds;
  readonly better: 'higher' | 'lower';
  readonly holds: boolean | null;
  readonly reasons: readonly string[];
};

/** The values of each contestant so far, and why those that failed did. */
export type Taken = { readonly values: ReadonlyMap<string, readonly number[]>; readonly failures: ReadonlyMap<string, string> };

/** Judges a figure: medians, ratios, whether every must holds; null where a peer it is held against is missing. Pure. */
export function judge(figure: Figure, { values, failures }: Taken): Measured {
  const names = [...new Set([...values.keys(), ...failures.keys(), ...Object.keys(figure.must)])];
  const value = (name: string): number | null => (failures.has(name) ? null : median(values.get(name) ?? []));
  const ours = value('ours');
  const peers = Object.fromEntries(names.filter((name) => name !== 'ours' && name !== figure.unit).map((name) => [name, value(name)]));
  const ratio = Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, ratioOf(ours, peer)]));
  const reasons = [...failures].map(([name, why]) => `${name}: ${why}`);
  let holds: boolean | null = ours === null ? (failures.has('ours') ? false : null) : true;
  for (const [name, bound] of Object.entries(figure.must)) {
    const found = name === figure.unit ? ours : (ratio[name] ?? null);
    if (found === null) holds = holds === false ? false : null;
    else if (figure.better === 'higher' ? found < bound : found > bound) holds = false;
  }
  const { name, unit, runs, must, aim, better } = figure;
  return { figure: name, unit, runs, ours, peers, ratio, must, aim, better, holds, reasons };
}

/** The middle of the values; null when there is none. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function ratioOf(ours: number | null, peer: number | null): number | null {
  return ours === null || peer === null || peer === 0 ? null : ours / peer;
}
