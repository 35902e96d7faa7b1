/** Jobs there are, and the one that is looked at. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BenchApi, CallError, Output } from '../../engine/contract/calls.js';

export type JobInfo = Output<'jobs.list'>[number];
type JobBoard = Output<'jobs.board'>;

export type JobsState = {
  readonly jobs: readonly JobInfo[] | null;
  readonly looked: JobBoard | null;
  readonly error: CallError | null;
  readonly load: () => Promise<void>;
  readonly look: (job: string) => Promise<void>;
};

export function createJobsStore(bench: BenchApi): StoreApi<JobsState> {
  return createStore<JobsState>((set, get) => ({
    jobs: null,
    looked: null,
    error: null,
    load: async () => {
      const answer = await bench.call('jobs.list', {});
      set(answer.ok ? { jobs: answer.value, error: null } : { error: answer.error });
    },
    look: async (job) => {
      if (get().looked?.job.id !== job) set({ looked: null, error: null });
      const answer = await bench.call('jobs.board', { job });
      set(answer.ok ? { looked: answer.value, error: null } : { error: answer.error });
    },
  }));
}
