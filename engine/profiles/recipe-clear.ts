/**
 * What a recipe empties: `clear: [Tag, …]`, or `{ clear: true }` in the place of a value. An empty element is written for it, and only for
 * it: left out, a parameter stays as it is, and documents disagree on what an empty one does (facts section 2.1).
 */
import type { Problem } from '../contract/problem.js';
import { recipeProblem } from './problems.js';
import type { ParametersForm, RecipeForm } from './recipe-schema.js';

type Lines = Readonly<Record<string, number>>;

/** Where a recipe says both or neither of a value and `clear`, or names a tag twice. */
export function clearProblems(form: RecipeForm, lines: Lines): readonly Problem[] {
  return [
    ...within(form, '', lines),
    ...written(form.handOff, 'handOff', lines),
    ...Object.entries(form.models ?? {}).flatMap(([model, own]) => within(own, `models.${model}.`, lines)),
  ];
}

function within({ parameters = {}, clear = [] }: Pick<RecipeForm, 'parameters' | 'clear'>, path: string, lines: Lines): Problem[] {
  const seen = new Set(Object.keys(parameters));
  const twice = clear.flatMap((tag) => {
    if (seen.has(tag)) return recipeProblem('error', 'recipe.clear-and-value', `${path}clear`, lines, { tag });
    seen.add(tag);
    return [];
  });
  return [...twice, ...written(parameters, `${path}parameters`, lines)];
}

function written(parameters: ParametersForm = {}, path: string, lines: Lines): Problem[] {
  return Object.entries(parameters).flatMap(([tag, said]) => {
    if (typeof said === 'string' || (said.value === undefined) !== (said.clear === undefined)) return [];
    return recipeProblem('error', said.clear === undefined ? 'recipe.value-missing' : 'recipe.clear-and-value', `${path}.${tag}`, lines, {
      tag,
    });
  });
}
