/** Calls that show what a phone gets: the exact files, where each value comes from, what changed, and what the phone will ask for. */
import { z } from 'zod';
import { ask } from './ask.js';
import { at, coded, handle, jobId, mac } from './shapes.js';

const parameter = z.strictObject({
  tag: z.string(),
  /** `********` where it is a secret, unless secrets were asked for. */
  value: z.string(),
  ua: z.enum(['na', 'ro', 'rw']),
  secret: z.boolean(),
  /** Where it comes from (`origin.<what>`). */
  origin: coded,
  /** Against the file the phone was served last; null where it never was, or nobody can tell any more. */
  change: z.enum(['same', 'changed', 'new']).nullable(),
});

const preview = z.strictObject({
  files: z.array(
    z.strictObject({
      file: z.enum(['bootstrap', 'install', 'model', 'customer', 'device', 'handOff']),
      path: z.string(),
      /** Before it is packed. */
      text: z.string(),
      packed: z.strictObject({ gzip: z.boolean(), encrypted: z.boolean() }),
      parameters: z.array(parameter),
      servedAt: at.nullable(),
      /** Tags that stood in the file served last and are no more. */
      gone: z.array(z.string()),
    }),
  ),
  /** Secrets are as they are. */
  revealed: z.boolean(),
});

export const previewCalls = {
  /** A row of a draft. `reveal`: with its secrets; that somebody asked goes into the journal of its phone once the job is started. */
  'draft.preview': { input: z.strictObject({ draft: handle, row: z.int(), reveal: z.boolean().optional() }), output: preview },
  /** A phone of a stored or running job. `reveal`: with its secrets, which goes into its journal. */
  'device.preview': {
    input: z.strictObject({ job: jobId, mac, reveal: z.boolean().optional() }),
    output: preview.extend({ /** What it will ask for by itself. */ asks: z.array(ask) }),
  },
} as const;

export type PreviewShown = z.output<typeof preview>;
