/**
 * The form of the catalogue's entries, `resources/cisco-mpp/catalogue/<area>.json`: one parameter each, or a family of them that differ
 * by a number alone.
 */
import { z } from 'zod';

/**
 * `timeList`: seconds, `a,b,c` one after the other, `base+random`. `trigger`: a condition without parentheses. `extension`: which line a
 * key belongs to. `keys`: softkeys by name and place. `code`: a feature code such as `*72`. `tone`: a tone or cadence script. `led`:
 * colour and pattern of a lamp. `offset`: hours and minutes with a sign. `numbers`: whole numbers with commas between them. `decimal`: a number that may have a point.
 */
const kinds = [
  'flag',
  'choice',
  'integer',
  'text',
  'url',
  'rule',
  'trigger',
  'secret',
  'host',
  'timeList',
  'hhmm',
  'extension',
  'keys',
  'code',
  'tone',
  'led',
  'offset',
  'numbers',
  'decimal',
] as const;

/**
 * How sure it is. `report`: a real phone has it with this default. `document`: Cisco's documents say so. `inferred`: a phone has the tag,
 * and what may stand in it follows from its name and its relatives. `disputed`: documents contradict each other, or none tells.
 */
const confidences = ['report', 'document', 'inferred', 'disputed'] as const;

/** Label and one sentence of help. */
const words = z.tuple([z.string().min(1), z.string().min(1)]);

export const entryForm = z.strictObject({
  /** As on the wire; `_n_` stands for a line or key, `Unit_m_Key_k_` for a key of an expansion module, `#` for each of `each`. */
  tag: z.string(),
  /** What `#` stands for, first and last: `1-12`, `A-P`. */
  each: z
    .string()
    .regex(/^(?:\d{1,2}-\d{1,2}|[A-Z]-[A-Z])$/)
    .optional(),
  /** What the number counts: lines (accounts), keys beside the screen, or keys that can be given a function. */
  per: z.enum(['line', 'key', 'function']).optional(),
  kind: z.enum(kinds),
  /** The factory default; null where no document or report tells. */
  default: z.string().nullable(),
  values: z.array(z.string()).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  unit: z.string().optional(),
  /** Most characters. */
  limit: z.number().optional(),
  /** Whether a read-back shows it: `sometimes` for what only some models or releases have. */
  readable: z.enum(['always', 'sometimes', 'never']).default('always'),
  /** Why it is written by the hand-off alone: it could cut the read-back, or it would end or disturb the bench's own work. */
  waits: z.enum(['read-back', 'bench']).optional(),
  /** The values after which the phone can no longer be read; `*` for any. */
  endsReading: z.array(z.string()).optional(),
  /** Other spellings of the same, written beside it, for releases differ and a phone ignores the one it does not know. */
  also: z.array(z.string()).optional(),
  /** Spellings of documents and of other families that these phones do not know. */
  wrong: z.array(z.string()).optional(),
  /** First and last firmware release that has it, where known. */
  since: z.string().optional(),
  until: z.string().optional(),
  confidence: z.enum(confidences),
  en: words,
  ja: words,
});

/** A parameter, what is known of it. */
export type Known = z.infer<typeof entryForm> & { /** The file it stands in: what it is about. */ readonly area: string };

export type Kind = Known['kind'];

/** False for what the documents leave open or contradict each other on, and for what follows from a name alone. */
export function isVerified({ confidence }: Pick<Known, 'confidence'>): boolean {
  return confidence === 'report' || confidence === 'document';
}
