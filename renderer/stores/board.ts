/** The board: a snapshot and the numbered batches after it. A gap in the numbers, or another epoch, asks for a new snapshot. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BenchApi, BenchState, DeviceRow, Event, Load, Snapshot } from '../../engine/contract/calls.js';

export type Batch = Extract<Event, { kind: 'batch' }>;
export type Counts = Snapshot['counts'];
type BoardJob = BenchState['job'];

export type BoardState = {
  readonly loaded: boolean;
  readonly epoch: string;
  readonly seq: number;
  /** The running bench; null when none runs. */
  readonly bench: BenchState | null;
  /** The job of the phones shown: the running one, or the one that ran last. */
  readonly job: BoardJob | null;
  /** How busy the running bench is; null while nothing is known of it. */
  readonly load: Load | null;
  readonly counts: Counts;
  readonly devices: ReadonlyMap<string, DeviceRow>;
  /** Takes a new snapshot; batches that arrive meanwhile are kept and applied after it. */
  readonly refresh: () => Promise<void>;
  readonly hear: (batch: Batch) => void;
};

const noCounts: Counts = { devices: 0, pass: 0, unverified: 0, fail: 0, pending: 0 };

/** While a snapshot is under way; more than this can only mean that it will not come. */
const mostKept = 200;

/** How long a snapshot may take, and when it is asked for again where none came; ms. An engine that dies takes its answers with it. */
const patience = 10_000;
const retryAfter = 1000;

export function createBoardStore(bench: BenchApi): StoreApi<BoardState> {
  let asking = false;
  let again = false;
  let kept: Batch[] = [];
  let later: ReturnType<typeof setTimeout> | undefined;

  return createStore<BoardState>((set, get) => {
    async function refresh(): Promise<void> {
      if (asking) {
        again = true;
        return;
      }
      asking = true;
      clearTimeout(later);
      const snapshot = await askSnapshot(bench);
      asking = false;
      const waiting = kept;
      kept = [];
      if (snapshot === null) {
        later = setTimeout(() => void refresh(), retryAfter);
      } else {
        set(fromSnapshot(snapshot, get()));
        for (const batch of waiting) hear(batch);
      }
      if (again) {
        again = false;
        await refresh();
      }
    }

    function hear(batch: Batch): void {
      if (asking) {
        kept = [...kept.slice(-mostKept), batch];
        return;
      }
      const state = get();
      if (batch.epoch === state.epoch && batch.seq <= state.seq && batch.reset !== true) return;
      if (batch.epoch !== state.epoch || batch.seq !== state.seq + 1 || batch.reset === true) {
        void refresh();
        return;
      }
      set(applied(state, batch));
    }

    return { loaded: false, epoch: '', seq: -1, bench: null, job: null, load: null, counts: noCounts, devices: new Map(), refresh, hear };
  });
}

async function askSnapshot(bench: BenchApi): Promise<Snapshot | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patience);
  });
  try {
    const answer = await Promise.race([bench.call('board.snapshot', {}), tooLong]);
    return answer?.ok === true ? answer.value : null;
  } catch {
    return null; // the way to the engine broke
  } finally {
    clearTimeout(timer);
  }
}

function fromSnapshot(snapshot: Snapshot, before: BoardState): Partial<BoardState> {
  const { epoch, seq, bench, load, counts, devices } = snapshot;
  const job = bench?.job ?? (devices.length === 0 ? null : before.job);
  return { loaded: true, epoch, seq, bench, load, counts, job, devices: new Map(devices.map((device) => [device.mac, device])) };
}

function applied(state: BoardState, batch: Batch): Partial<BoardState> {
  const bench = batch.bench === undefined ? state.bench : batch.bench;
  const load = bench === null ? null : batch.load === undefined ? state.load : batch.load;
  const changed = { seq: batch.seq, counts: batch.counts, bench, load, job: bench?.job ?? state.job };
  if (batch.devices.length === 0) return changed;
  const devices = new Map(state.devices);
  for (const device of batch.devices) devices.set(device.mac, device);
  return { ...changed, devices };
}
