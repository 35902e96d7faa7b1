/** Calls about a recipe's text: reading it, changing it in one place with its comments kept, taking the changed one. */
import { z } from 'zod';
import { handle, params, shortText } from './shapes.js';

const text = z.string().max(1 << 20);
const problem = z.strictObject({
  line: z.int().nullable(),
  column: z.string().nullable(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  params,
  suggestion: z.string().nullable(),
});

export const recipeCalls = {
  /** The text of a recipe: a handle, or `starter:<id>`. */
  'recipes.read': { input: z.strictObject({ recipe: shortText }), output: z.strictObject({ name: z.string(), text }) },
  /**
   * Sets texts at key paths, or takes keys away (null); what was written around them stays. A secret is refused: then the text is as it was,
   * and `refused` says why. `problems` are those of the text given back.
   */
  'recipes.edit': {
    input: z.strictObject({
      text,
      edits: z
        .array(z.strictObject({ path: z.array(shortText).min(1).max(8), value: z.string().max(8192).nullable() }))
        .min(1)
        .max(100),
    }),
    output: z.strictObject({ text, problems: z.array(problem), refused: z.array(problem) }),
  },
  /** A text as a recipe to be used; what is wrong with it is told with it. */
  'recipes.take': {
    input: z.strictObject({ name: shortText, text }),
    output: z.strictObject({ handle, name: shortText, size: z.int(), problems: z.array(problem) }),
  },
} as const;
