/** By which transport a phone fetches its files, and whether they come compressed. */
import type { Transport } from '../../contract/observation.js';
import type { Delivery, Recipe } from '../../profiles/job.js';

/** The recipe's transport for a model; its general one where the model is not known yet or nothing else is said. */
export function transportFor(recipe: Recipe, model: string | undefined): Transport {
  return ownDelivery(recipe, model)?.transport ?? recipe.delivery.transport;
}

/** Whether a model's files are compressed; phones know it by the header, whatever the file is called (facts section 2.2). */
export function gzipFor(recipe: Recipe, model: string | undefined): boolean {
  return ownDelivery(recipe, model)?.gzip ?? recipe.delivery.gzip ?? false;
}

/** Whether a model's files come in parts, what phones share apart from what is the phone's own. */
export function inParts(recipe: Recipe, model: string | undefined): boolean {
  return ownDelivery(recipe, model)?.parts ?? recipe.delivery.parts ?? false;
}

/** What the recipe says of a model's delivery by itself. */
export function ownDelivery(recipe: Recipe, model: string | undefined): Partial<Delivery> | undefined {
  return model !== undefined && Object.hasOwn(recipe.models, model) ? recipe.models[model]?.delivery : undefined;
}
