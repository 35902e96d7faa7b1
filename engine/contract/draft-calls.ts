/** Calls about a list that is not served yet: what its columns are, and what it changes of a job that is open already. */
import { z } from 'zod';
import { knownWords } from './columns.js';
import { handle, jobId, mac, shortText } from './shapes.js';

const change = z.strictObject({
  kind: z.enum(['added', 'changed', 'removed']),
  /** Number of the row in the job; null for a new one. */
  row: z.int().nullable(),
  /** Line of the new list; null where it lacks the row. */
  line: z.int().nullable(),
  mac: mac.nullable(),
  model: z.string(),
  name: z.string().nullable(),
  extension: z.string().nullable(),
  standing: z.enum(['notSeen', 'underWay', 'handedOff']),
  /** What the phone is sent otherwise; null: not written. Secrets are masked. */
  parameters: z.array(z.strictObject({ tag: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});

export const draftCalls = {
  /** What the list of a draft changes of an open job; nothing is applied. */
  'draft.changes': {
    input: z.strictObject({ draft: handle, job: jobId, skipBad: z.boolean() }),
    output: z.strictObject({
      revision: z.int(),
      changes: z.array(change),
      /** Rows of which nothing changes for the phone. */ same: z.int(),
    }),
  },
  /** The recipe with what was said of columns written into it, as a file of its own. `recipe` as in `draft.check`. */
  'draft.remember': {
    input: z.strictObject({ recipe: shortText, columns: z.partialRecord(z.enum(knownWords), z.string().max(16_384)) }),
    output: z.strictObject({ file: z.strictObject({ handle, name: shortText, size: z.int() }), text: z.string() }),
  },
} as const;
