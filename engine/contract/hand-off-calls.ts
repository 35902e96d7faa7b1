/** Calls about what a phone leaves the bench with: the values that go, what replaces them, and the keys that stay. */
import { z } from 'zod';
import { coded, handle, jobId, mac, shortText } from './shapes.js';

/** One bench-only value; secrets masked. `by`: what decides what replaces it. */
const value = z.strictObject({
  tag: z.string(),
  onBench: z.string(),
  after: z.string(),
  by: z.enum(['factory', 'recipe', 'row', 'key']),
  /** The key path of the recipe or the column of the list; null where neither decides. */
  place: z.string().nullable(),
  /** `gone` and `left` as the phone's own page showed it last; `waiting` until it was looked at. */
  state: z.enum(['waiting', 'gone', 'left']),
});

export const handOffCalls = {
  /** What a row's phone will hold for the bench, and what it leaves with. */
  'draft.handOff': { input: z.strictObject({ draft: handle, row: z.int() }), output: z.array(value) },
  /** The same of a phone of a job, with what is left. Sealed: handed off, and nothing is. */
  'device.handOff': {
    input: z.strictObject({ job: jobId, mac }),
    output: z.strictObject({
      sealed: z.boolean(),
      values: z.array(value),
      /** Null where its files are not encrypted. */
      keys: z
        .strictObject({
          /** How often they were rotated. */
          turn: z.int(),
          /** The phone has shown that it has these; until then it has those before them. */
          proven: z.boolean(),
          /** Why it can't have new ones now. */
          refused: coded.nullable(),
        })
        .nullable(),
    }),
  },
  /**
   * New keys for one phone, or for all of the job whose files are encrypted (null). Refused for one that is handed off, whose files are not
   * encrypted, or that has too many waiting; of all, those are counted as `left`.
   */
  'keys.rotate': {
    input: z.strictObject({ job: jobId, mac: mac.nullable() }),
    output: z.strictObject({ rotated: z.int(), left: z.array(z.strictObject({ mac, reason: coded })) }),
  },
  /** The keys of a job's phones as `mac,key,directory`, locked under a passphrase as openssl opens it. */
  'keys.export': {
    input: z.strictObject({ job: jobId, passphrase: z.string().min(10).max(200) }),
    output: z.strictObject({ name: shortText, base64: z.base64(), phones: z.int(), command: z.string() }),
  },
  /** How many phones of a job have keys, and how many of them have not shown yet that they have theirs. */
  'keys.count': { input: z.strictObject({ job: jobId }), output: z.strictObject({ phones: z.int(), unproven: z.int() }) },
} as const;

export type HandOffRow = z.infer<typeof value>;
