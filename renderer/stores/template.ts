/** A template somebody has, on its way to a recipe: what is in it, what the person said of it, and what that comes to. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BenchApi, CallError, Input, Output } from '../../engine/contract/calls.js';

type Taken = Output<'files.upload'>;
export type TemplateReading = Output<'template.read'>;
export type Decisions = Input<'template.read'>['decisions'];
type File = Output<'template.open'>['files'][number];

export type TemplateState = {
  readonly opened: { readonly handle: string; readonly files: readonly File[] } | null;
  readonly chosen: readonly string[];
  readonly name: string;
  readonly decisions: Decisions;
  readonly reading: TemplateReading | null;
  readonly busy: boolean;
  readonly error: CallError | null;
  readonly open: (file: Taken) => Promise<void>;
  readonly choose: (names: readonly string[]) => void;
  readonly setName: (name: string) => void;
  readonly decide: (decisions: Decisions) => void;
  /** Takes every proposal that is shown: columns for the server's tags, the right spelling where only that differs. */
  readonly accept: () => void;
  /** The recipe as a file of the engine's, and its text. */
  readonly use: () => Promise<Output<'template.use'> | null>;
  readonly fail: (error: CallError) => void;
  readonly close: () => void;
};

const undecided: Decisions = { map: {}, set: {}, rename: {}, drop: [], keep: [] };
const empty = { opened: null, chosen: [], name: '', decisions: undecided, reading: null, busy: false, error: null } as const;

export function createTemplateStore(bench: BenchApi): StoreApi<TemplateState> {
  let asked = 0;
  return createStore<TemplateState>((set, get) => {
    function input(): Input<'template.read'> | null {
      const { opened, chosen, name, decisions } = get();
      return opened === null || chosen.length === 0
        ? null
        : { template: opened.handle, files: [...chosen], name: name.trim() || 'Imported', decisions };
    }
    async function read(): Promise<void> {
      const what = input();
      if (what === null) return set({ reading: null });
      const mine = ++asked;
      const answer = await bench.call('template.read', what);
      if (mine !== asked) return;
      set(answer.ok ? { reading: answer.value, error: null } : { error: answer.error });
    }
    return {
      ...empty,
      open: async (file) => {
        const mine = ++asked;
        set({ ...empty, busy: true });
        const answer = await bench.call('template.open', { file: file.handle });
        if (mine !== asked) return;
        if (!answer.ok) return set({ busy: false, error: answer.error });
        const { template, files } = answer.value;
        const profiles = files.filter(({ tags }) => tags !== null);
        const chosen = profiles.length === 1 ? profiles.map(({ name }) => name) : [];
        set({ busy: false, opened: { handle: template, files }, chosen, name: file.name.replace(/\.[^.]{1,5}$/, '') });
        await read();
      },
      choose: (chosen) => {
        set({ chosen });
        void read();
      },
      setName: (name) => {
        set({ name });
        void read();
      },
      decide: (decisions) => {
        set({ decisions });
        void read();
      },
      accept: () => {
        const { reading, decisions } = get();
        if (reading === null) return;
        const proposed = reading.serverTags.flatMap(({ tag, becomes, proposal }) =>
          becomes === null && proposal !== null ? [[tag, proposal]] : [],
        );
        const respelled = reading.tags.flatMap(({ written, meant, problems }) =>
          meant !== null && problems.some(({ code }) => code === 'import.wrong-case') ? [[written, meant]] : [],
        );
        get().decide({
          ...decisions,
          map: { ...decisions.map, ...Object.fromEntries(proposed) },
          rename: { ...decisions.rename, ...Object.fromEntries(respelled) },
        });
      },
      use: async () => {
        const what = input();
        if (what === null) return null;
        set({ busy: true });
        const answer = await bench.call('template.use', what);
        set({ busy: false, error: answer.ok ? null : answer.error });
        return answer.ok ? answer.value : null;
      },
      fail: (error) => set({ error }),
      close: () => {
        asked += 1;
        set(empty);
      },
    };
  });
}
