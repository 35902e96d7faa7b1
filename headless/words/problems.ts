/** What is wrong in a list or a recipe, and what to do. */
export const problemTexts = {} as const;
