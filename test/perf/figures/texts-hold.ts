/**
 * The longest the event loop is held, in milliseconds, while texts as large as they may be are opened at the window: a recipe of 9,000
 * parameters nobody knows, one of more items than any recipe has, and a template of 4 MB.
 */
import { packNamed } from '../../../engine/phones/packs.js';
import { recipeSteps } from '../../../engine/profiles/recipe.js';
import { finishInSlices } from '../../../engine/profiles/slices.js';
import type { Figure } from '../figure.js';
import { longestHold } from './large-list.js';

const head = 'benchtone: 1\nname: large\nphones: cisco-mpp\n';
const numbers = (count: number, each: (i: number) => string): string[] => Array.from({ length: count }, (_, i) => each(i));

export const figure: Figure = {
  name: 'texts-hold',
  unit: 'milliseconds',
  better: 'lower',
  must: { milliseconds: 50 },
  aim: { milliseconds: 25 },
  runs: 7,
  contestants: () => {
    const recipe = `${head}parameters:\n${numbers(9000, (i) => `  Tag_${i}_: "value ${i}"`).join('\n')}\n`;
    const items = `${head}unchecked: [${numbers(40_000, (i) => `T${i}`).join(', ')}]\n`;
    const template = `<flat-profile>\n${numbers(7000, (i) => `<Tag_${i}_ ua="na">${'v'.repeat(560)}</Tag_${i}_>`).join('\n')}\n</flat-profile>\n`;
    const foreign = packNamed('cisco-mpp')?.foreign;
    if (foreign === undefined) throw new Error('there is such a pack');
    const run = async (): Promise<number> =>
      Math.max(
        await longestHold(() => finishInSlices(recipeSteps(recipe))),
        await longestHold(() => finishInSlices(recipeSteps(items))),
        await longestHold(() => finishInSlices(foreign.readSteps(template))),
      );
    return Promise.resolve([{ name: 'ours', run }]);
  },
};
