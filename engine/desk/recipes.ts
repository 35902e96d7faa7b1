/** The recipes that come with Benchtone, bundled as text: `starter:<id>`. */
import officeText from '../../resources/starter/office.yaml?raw';
import { readRecipe } from '../profiles/recipe.js';

const starters: Readonly<Record<string, string>> = { office: officeText };
const prefix = 'starter:';

/** Every starter recipe by its id and the name it has inside. */
export function listStarters(): { id: string; name: string }[] {
  return Object.entries(starters).map(([id, text]) => ({ id, name: readRecipe(text).recipe?.name ?? id }));
}

/** The text of `starter:<id>`; undefined for what is none. */
export function starterText(id: string): string | undefined {
  const name = id.startsWith(prefix) ? id.slice(prefix.length) : '';
  return Object.hasOwn(starters, name) ? starters[name] : undefined;
}
