/** The catalogue of parameters, fetched once, and what the person looks for in it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BenchApi, CallError, Output } from '../../engine/contract/calls.js';

export type ParameterInfo = Output<'parameters.list'>[number];

export type ParametersState = {
  readonly all: readonly ParameterInfo[] | null;
  readonly error: CallError | null;
  readonly query: string;
  /** Only entries of this area; all where it is empty. */
  readonly area: string;
  readonly load: () => Promise<void>;
  readonly search: (query: string) => void;
  readonly choose: (area: string) => void;
};

export function createParametersStore(bench: BenchApi): StoreApi<ParametersState> {
  return createStore<ParametersState>((set, get) => ({
    all: null,
    error: null,
    query: '',
    area: '',
    load: async () => {
      if (get().all !== null) return;
      const answer = await bench.call('parameters.list', {});
      set(answer.ok ? { all: answer.value, error: null } : { error: answer.error });
    },
    search: (query) => set({ query }),
    choose: (area) => set({ area }),
  }));
}

/** Those of the area in which every word of the query stands somewhere, in either language, spelled as on the wire or as on the phone's page, or in one word. */
export function found(all: readonly ParameterInfo[], query: string, area: string): readonly ParameterInfo[] {
  const words = letters(query).split(' ').filter(Boolean);
  return all.filter((each) => {
    if (area !== '' && each.area !== area) return false;
    const { tag, spellings, en, ja } = each;
    const where = letters([tag, ...spellings, en.label, en.help, ja.label, ja.help].join(' '));
    const names = [tag, ...spellings, en.label, ja.label].map((name) => letters(name).replaceAll(' ', ''));
    return (
      words.every((word) => where.includes(word) || names.some((name) => name.includes(word))) ||
      spellings.some((spelling) => spelling.toLowerCase() === query.trim().toLowerCase())
    );
  });
}

/** `Resync_At (HHmm)` and `resync at hhmm` are looked for alike; the number of a line counts for nothing. */
function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
}
