/** By which transport a phone fetches its files. */
import type { Transport } from '../../contract/observation.js';
import type { Recipe } from '../../profiles/job.js';

/** The recipe's transport for a model; its general one where the model is not known yet or nothing else is said. */
export function transportFor(recipe: Recipe, model: string | undefined): Transport {
  const own = model !== undefined && Object.hasOwn(recipe.models, model) ? recipe.models[model]?.delivery : undefined;
  return own?.transport ?? recipe.delivery.transport;
}
