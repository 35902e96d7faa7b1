/**
 * The board of one job as a window shows it: its journal folded into devices, with what the fold of the roster leaves out: the order
 * of arrival, bytes delivered, the newest fact. Everything follows from the journal, so that it is the same after a crash.
 */
import { type Counts, countsOf, viewOf } from '../bench/board.js';
import type { DeviceRow } from '../contract/calls.js';
import { type EvidenceName, evidenceNames } from '../contract/evidence.js';
import type { Mac } from '../contract/mac.js';
import type { Fact, Journalled } from '../contract/observation.js';
import { advance } from '../roster/advance.js';
import { type Device, newDevice, verdictOf } from '../roster/device.js';
import { finish, type Steps } from '../profiles/slices.js';
import type { Job, Jobs } from '../store/jobs.js';
import type { Journal } from '../store/journal.js';
import { capped, toldFact } from './told-fact.js';

/** What a row says of its phone. */
export type Label = { readonly name: string | null; readonly extension: string | null; readonly line: number | null };

type Entry = {
  readonly device: Device;
  readonly slot: number | null;
  readonly bytes: number;
  readonly newest: Journalled | undefined;
};

/** Facts that are no word of the phone. */
const ofTheBench: ReadonlySet<Fact['kind']> = new Set(['bound', 'unbound', 'secretsShown', 'keysRotated']);

export class JobBoard {
  readonly job: Job;
  readonly #rows: number;
  readonly #labels: ReadonlyMap<number, Label>;
  readonly #entries = new Map<Mac, Entry>();
  #arrived = 0;
  #seq = 0;

  /** A board that knows nothing yet. */
  constructor(job: Job, rows: number, labels: ReadonlyMap<number, Label>) {
    this.job = job;
    this.#rows = rows;
    this.#labels = labels;
  }

  /** Number of the newest entry it knows. */
  get seq(): number {
    return this.#seq;
  }

  /** Takes an entry the journal has got; one it knows already changes nothing. */
  take(entry: Journalled): void {
    if (entry.seq <= this.#seq) return;
    this.#seq = entry.seq;
    const known = this.#entries.get(entry.mac);
    const device = advance(known?.device ?? newDevice(entry.mac, entry.at), entry);
    const { fact } = entry;
    this.#entries.set(entry.mac, {
      device,
      slot: known?.slot ?? (device.lastSeen === null ? null : (this.#arrived += 1)),
      bytes: (known?.bytes ?? 0) + (fact.kind === 'fileDelivered' ? fact.bytes : 0),
      newest: ofTheBench.has(fact.kind) ? known?.newest : entry,
    });
  }

  counts(): Counts {
    const devices = [...this.#entries.values()].map(({ device }) => device);
    return countsOf(devices, Math.max(0, this.#rows - devices.filter(({ row }) => row !== null).length));
  }

  /** Nothing more is asked of any phone of the rows. */
  get allPassed(): boolean {
    const { devices, pass } = this.counts();
    return devices === pass;
  }

  device(mac: Mac): Device | undefined {
    return this.#entries.get(mac)?.device;
  }

  devices(): readonly Device[] {
    return [...this.#entries.values()].map(({ device }) => device);
  }

  rows(): DeviceRow[] {
    return [...this.#entries.values()].map((entry) => this.#rowOf(entry));
  }

  row(mac: Mac): DeviceRow | undefined {
    const entry = this.#entries.get(mac);
    return entry === undefined ? undefined : this.#rowOf(entry);
  }

  #rowOf({ device, slot, bytes, newest }: Entry): DeviceRow {
    const view = viewOf(device);
    const label = device.row === null ? undefined : this.#labels.get(device.row);
    return {
      ...view,
      line: label?.line ?? null,
      slot,
      name: label?.name ?? null,
      extension: label?.extension ?? null,
      waitsFor: waitsFor(device),
      problem: view.problem === null ? null : { code: view.problem.code, params: capped(view.problem.params) },
      bytes,
      lastWords: newest === undefined ? null : { at: newest.at, ...toldFact(newest.fact) },
      lastSeen: device.lastSeen,
    };
  }
}

/** Reads the board of a stored job, the whole journal of it. Names need the job's key: without it they are missing. */
export function readBoard(jobs: Jobs, job: Job, journal: Journal): JobBoard {
  return finish(boardSteps(jobs, job, journal));
}

/** The same in steps. */
export function* boardSteps(jobs: Jobs, job: Job, journal: Journal): Steps<JobBoard> {
  const labels = new Map<number, Label>();
  for (const { row } of yield* jobs.keptRowsSteps(job))
    labels.set(row.row, { name: row.values['name'] || null, extension: row.values['extension'] || null, line: row.line });
  const board = new JobBoard(job, jobs.rowCount(job), labels);
  for (const entry of journal.replay()) {
    board.take(entry);
    yield;
  }
  return board;
}

/** The next evidence a phone of the rows lacks, while anything is still to be had of it. */
function waitsFor(device: Device): EvidenceName | null {
  const { kind } = verdictOf(device);
  if (device.row === null || kind === 'pass' || kind === 'fail') return null;
  return evidenceNames.find((name) => device.evidence[name] === undefined) ?? null;
}
