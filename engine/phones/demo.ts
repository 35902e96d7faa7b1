/** What the demo prepares its phones with. */
export { demoRecipe } from '../../resources/demo/recipe.js';
