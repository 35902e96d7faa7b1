/** Calls that make a recipe of a template somebody has. */
import { z } from 'zod';
import { handle, params, shortText } from './shapes.js';

const text = z.string().max(8192);
const texts = z.record(shortText, text);
const tags = z.array(shortText).max(20_000);

const input = z.strictObject({
  template: handle,
  /** Names as `template.open` gave them; a later one wins. */
  files: z.array(shortText).min(1).max(50),
  /** Name of the recipe. */
  name: z.string().min(1).max(200),
  decisions: z.strictObject({
    /** By tag of a server (`%BWHOST-1%`): recipe text, or nothing. */
    map: texts,
    /** By tag as it is written: recipe text in its value's place. */
    set: texts,
    rename: texts,
    drop: tags,
    keep: tags,
  }),
});

const problem = z.strictObject({
  line: z.int().nullable(),
  column: z.string().nullable(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  params,
  suggestion: z.string().nullable(),
});

export const templateCalls = {
  /** What can be chosen in a file: itself, or the text files of an archive. */
  'template.open': {
    input: z.strictObject({ file: handle }),
    output: z.strictObject({
      template: handle,
      files: z.array(
        z.strictObject({
          name: z.string(),
          /** Bytes. */
          size: z.int(),
          /** Parameters in it; null for what is no profile. */
          tags: z.int().nullable(),
          /** Code of the reason why it cannot be taken. */
          refused: z.string().nullable(),
        }),
      ),
    }),
  },
  /** What becomes of every tag, and what is to be decided. Secrets are masked. */
  'template.read': {
    input,
    output: z.strictObject({
      tags: z.array(
        z.strictObject({
          file: z.string(),
          line: z.int().nullable(),
          written: z.string(),
          tag: z.string(),
          value: z.string(),
          becomes: z.string().nullable(),
          place: z.enum(['parameters', 'handOff']),
          status: z.enum(['taken', 'open', 'dropped', 'empty', 'overruled', 'never']),
          secret: z.boolean(),
          meant: z.string().nullable(),
          problems: z.array(problem),
        }),
      ),
      serverTags: z.array(
        z.strictObject({
          tag: z.string(),
          usedBy: z.array(z.string()),
          proposal: z.string().nullable(),
          becomes: z.string().nullable(),
          secret: z.boolean(),
        }),
      ),
      problems: z.array(problem),
      open: z.int(),
      columns: z.array(z.string()),
      /** The recipe as it stands, once nothing is open. */
      recipe: z.string().nullable(),
    }),
  },
  /** The recipe as a file of the window's, to be used or saved. */
  'template.use': {
    input,
    output: z.strictObject({ file: z.strictObject({ handle, name: shortText, size: z.int() }), text: z.string() }),
  },
} as const;
