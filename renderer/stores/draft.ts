/** A job before it starts: a list, a recipe, and what a reading of both together found. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BenchApi, CallError, Output } from '../../engine/contract/calls.js';

export type Taken = Output<'files.upload'>;
export type Reading = Output<'draft.check'>;
type Recipe = Output<'recipes.list'>[number];

type RecipeChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'starter'; readonly recipe: Recipe }
  | { readonly kind: 'file'; readonly file: Taken };

export type DraftState = {
  readonly csv: Taken | null;
  readonly recipes: readonly Recipe[];
  readonly recipe: RecipeChoice;
  /** What the person said the list was saved as. */
  readonly encoding: string | null;
  readonly reading: Reading | null;
  readonly busy: boolean;
  readonly error: CallError | null;
  readonly skipBad: boolean;
  readonly loadRecipes: () => Promise<void>;
  readonly takeCsv: (csv: Taken) => void;
  readonly takeRecipe: (recipe: RecipeChoice) => void;
  readonly takeEncoding: (encoding: string) => void;
  readonly setSkipBad: (skipBad: boolean) => void;
  readonly fail: (error: CallError) => void;
  readonly clear: () => void;
};

const empty = { csv: null, recipe: { kind: 'none' }, encoding: null, reading: null, busy: false, error: null, skipBad: false } as const;

export function createDraftStore(bench: BenchApi): StoreApi<DraftState> {
  let asked = 0;
  return createStore<DraftState>((set, get) => {
    async function check(): Promise<void> {
      const { csv, recipe, encoding } = get();
      if (csv === null) return;
      const mine = ++asked;
      set({ busy: true, error: null });
      const answer = await bench.call('draft.check', {
        csv: csv.handle,
        recipe: recipeName(recipe),
        ...(encoding === null ? {} : { encoding }),
      });
      if (mine !== asked) return;
      set(answer.ok ? { busy: false, reading: answer.value } : { busy: false, reading: null, error: answer.error });
    }
    return {
      ...empty,
      recipes: [],
      loadRecipes: async () => {
        const answer = await bench.call('recipes.list', {});
        if (answer.ok) set({ recipes: answer.value });
      },
      takeCsv: (csv) => {
        set({ csv, encoding: null, skipBad: false });
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
      setSkipBad: (skipBad) => set({ skipBad }),
      fail: (error) => set({ error }),
      clear: () => {
        asked += 1;
        set(empty);
      },
    };
  });
}

function recipeName(recipe: RecipeChoice): string | null {
  if (recipe.kind === 'none') return null;
  return recipe.kind === 'starter' ? `starter:${recipe.recipe.id}` : recipe.file.handle;
}
