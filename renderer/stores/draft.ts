/** A job before it starts: a list, a recipe, and what a reading of both together found. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BenchApi, CallError, Output } from '../../engine/contract/calls.js';
import type { KnownWord } from '../../engine/contract/columns.js';

export type Taken = Output<'files.upload'>;
export type Reading = Output<'draft.check'>;
type Recipe = Output<'recipes.list'>[number];

type RecipeChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'starter'; readonly recipe: Recipe }
  | { readonly kind: 'file'; readonly file: Taken };

type SaidColumns = Readonly<Partial<Record<KnownWord, string>>>;
type Revise = { readonly job: string; readonly again: readonly string[] };

export type DraftState = {
  readonly csv: Taken | null;
  readonly recipes: readonly Recipe[];
  readonly recipe: RecipeChoice;
  /** What the person said the list was saved as. */
  readonly encoding: string | null;
  /** Which heading is which, as the person said; an empty one: none is. A mended list keeps it. */
  readonly columns: SaidColumns;
  /** The open job this list is the next revision of, and which of its phones are prepared again; null for a new job. */
  readonly revise: Revise | null;
  /** The person said which it is; else it is what was proposed. */
  readonly reviseSaid: boolean;
  readonly reading: Reading | null;
  readonly busy: boolean;
  readonly error: CallError | null;
  readonly skipBad: boolean;
  readonly loadRecipes: () => Promise<void>;
  readonly takeCsv: (csv: Taken) => void;
  readonly takeRecipe: (recipe: RecipeChoice) => void;
  readonly takeEncoding: (encoding: string) => void;
  readonly takeColumns: (columns: SaidColumns) => void;
  readonly takeRevise: (revise: Revise | null) => void;
  readonly setSkipBad: (skipBad: boolean) => void;
  readonly fail: (error: CallError) => void;
  readonly clear: () => void;
};

const empty = {
  csv: null,
  recipe: { kind: 'none' },
  encoding: null,
  columns: {},
  revise: null,
  reviseSaid: false,
  reading: null,
  busy: false,
  error: null,
  skipBad: false,
} as const;

export function createDraftStore(bench: BenchApi): StoreApi<DraftState> {
  let asked = 0;
  return createStore<DraftState>((set, get) => {
    async function check(): Promise<void> {
      const { csv, recipe, encoding, columns } = get();
      if (csv === null) return;
      const mine = ++asked;
      set({ busy: true, error: null });
      const answer = await bench.call('draft.check', {
        csv: csv.handle,
        recipe: recipeName(recipe),
        ...(encoding === null ? {} : { encoding }),
        ...(Object.keys(columns).length === 0 ? {} : { columns }),
      });
      if (mine !== asked) return;
      if (!answer.ok) {
        set({ busy: false, reading: null, error: answer.error });
        return;
      }
      const there = answer.value.columns.map(({ heading }) => heading);
      const kept = Object.entries(columns).filter(([, heading]) => heading === '' || there.includes(heading));
      if (there.length > 0 && kept.length < Object.keys(columns).length) {
        // What was said of an earlier list holds for this one as far as it has the headings.
        set({ columns: Object.fromEntries(kept) });
        await check();
        return;
      }
      const { revise, reviseSaid } = get();
      const isThere = revise === null || answer.value.openJobs.some(({ job }) => job === revise.job);
      set({ busy: false, reading: answer.value, ...(reviseSaid && isThere ? {} : { revise: proposed(answer.value), reviseSaid: false }) });
    }
    return {
      ...empty,
      recipes: [],
      loadRecipes: async () => {
        const answer = await bench.call('recipes.list', {});
        if (answer.ok) set({ recipes: answer.value });
      },
      takeCsv: (csv) => {
        set({ csv, encoding: null, revise: null, reviseSaid: false, skipBad: false });
        void check();
      },
      takeRecipe: (recipe) => {
        set({ recipe });
        void check();
      },
      takeEncoding: (encoding) => {
        set({ encoding });
        void check();
      },
      takeColumns: (said) => {
        const taken = new Set(Object.values(said));
        const others = Object.entries(get().columns).filter(([, heading]) => heading === '' || !taken.has(heading));
        set({ columns: { ...Object.fromEntries(others), ...said } });
        void check();
      },
      takeRevise: (revise) => set({ revise, reviseSaid: true }),
      setSkipBad: (skipBad) => set({ skipBad }),
      fail: (error) => set({ error }),
      clear: () => {
        asked += 1;
        set(empty);
      },
    };
  });
}

/** A list most of whose phones are in one open job is likely its next; not before there is a recipe, for without one all their settings would go. */
function proposed({ openJobs, recipeName: name }: Reading): Revise | null {
  const job = name === null ? undefined : openJobs.find(({ likely }) => likely)?.job;
  return job === undefined ? null : { job, again: [] };
}

function recipeName(recipe: RecipeChoice): string | null {
  if (recipe.kind === 'none') return null;
  return recipe.kind === 'starter' ? `starter:${recipe.recipe.id}` : recipe.file.handle;
}
