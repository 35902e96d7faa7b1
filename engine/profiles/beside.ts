/** Files a recipe names that lie beside it: its template. */
import { readRecipe } from './recipe.js';

/** The names, each plain: no way out of the recipe's folder. Never throws. */
export function namesBeside(recipe: string): readonly string[] {
  const names = new Set<string>();
  readRecipe(recipe, {
    readTemplate: (name) => {
      names.add(name);
      return undefined;
    },
  });
  return [...names].filter(isPlainName);
}

/** Whether a name is a file's and nothing more: no folder, no way up. */
export function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name);
}
