/** A recipe's text at the window: read, changed in one place, taken as the recipe of a job. */
import type { Input, Output } from '../contract/calls.js';
import type { Problem } from '../contract/problem.js';
import { editRecipe } from '../profiles/recipe-edit.js';
import { recipeSteps } from '../profiles/recipe.js';
import { finishInSlices } from '../profiles/slices.js';
import { starterText } from './recipes.js';
import { done, failed, type Reply } from './reply.js';
import type { Uploads } from './uploads.js';

export class RecipeTexts {
  readonly #uploads: Uploads;

  constructor(uploads: Uploads) {
    this.#uploads = uploads;
  }

  read({ recipe }: Input<'recipes.read'>): Reply<Output<'recipes.read'>> {
    const starter = starterText(recipe);
    if (starter !== undefined) return done({ name: `${recipe.replace(/^starter:/, '')}.yaml`, text: starter });
    const bytes = this.#uploads.bytes(recipe);
    if (bytes === undefined) return failed('recipe.gone');
    return done({ name: this.#uploads.nameOf(recipe) ?? 'my-recipe.yaml', text: Buffer.from(bytes).toString('utf8') });
  }

  /** What the program writes into a recipe holds no secret: that belongs into the list. */
  async edit({ text, edits }: Input<'recipes.edit'>): Promise<Reply<Output<'recipes.edit'>>> {
    const edited = editRecipe(text, edits);
    if (!edited.ok) return this.#refused(text, edited.problems);
    const problems = await this.#problems(edited.text);
    const changed = new Set(edits.map(({ path }) => path.join('.')));
    const secrets = problems.filter(({ code, column }) => code === 'recipe.secret-inside' && column !== null && changed.has(column));
    // The text is as it was: what was to be written stands in none of its lines.
    return secrets.length > 0
      ? this.#refused(text, secrets, null)
      : done({ text: edited.text, problems: problems.map(copied), refused: [] });
  }

  /** Nothing was changed, and why; what is wrong with the text as it stands is told as ever. */
  async #refused(text: string, why: readonly Problem[], line?: null): Promise<Reply<Output<'recipes.edit'>>> {
    const at = line === undefined ? {} : { line };
    const refused = why.map((problem) => Object.assign(copied(problem), { severity: 'error' as const }, at));
    return done({ text, problems: (await this.#problems(text)).map(copied), refused });
  }

  async take({ name, text }: Input<'recipes.take'>): Promise<Reply<Output<'recipes.take'>>> {
    const taken = this.#uploads.take(name, Buffer.from(text, 'utf8').toString('base64'));
    return taken.ok ? done({ ...taken.value, problems: (await this.#problems(text)).map(copied) }) : taken;
  }

  /** A running bench goes on meanwhile. */
  async #problems(text: string): Promise<readonly Problem[]> {
    const readTemplate = (name: string): string | undefined => {
      const bytes = this.#uploads.named(name);
      return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
    };
    return (await finishInSlices(recipeSteps(text, { readTemplate }))).problems;
  }
}

function copied(problem: Problem): Output<'recipes.edit'>['problems'][number] {
  return { ...problem, params: { ...problem.params } };
}
