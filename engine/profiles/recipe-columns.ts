/** What a person said of a list's columns, remembered in the recipe. */
import { knownWords } from '../contract/columns.js';
import type { Columns } from './known-columns.js';
import { type EditedRecipe, editRecipe } from './recipe-edit.js';
import { readYaml } from './recipe-yaml.js';

/** The recipe's text with `columns` set. What was said of other columns before stays, unless its heading is another word's now. */
export function withColumns(text: string, said: Columns): EditedRecipe {
  const read = readYaml(text.replace(/^\uFEFF/, '')).value;
  const before = typeof read === 'object' && 'columns' in read ? read.columns : undefined;
  const headingOf = (word: string): unknown =>
    typeof before === 'object' && Object.hasOwn(before, word) ? Object.entries(before).find(([key]) => key === word)?.[1] : undefined;
  const taken = new Set<unknown>(Object.values(said).filter((heading) => heading !== ''));
  return editRecipe(
    text,
    knownWords.flatMap((word) => {
      const heading = said[word];
      if (heading !== undefined) return { path: ['columns', word], value: heading };
      return taken.has(headingOf(word)) ? { path: ['columns', word], value: null } : [];
    }),
  );
}
