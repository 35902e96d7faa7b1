/** What a pack knows of the parameters of its phones, for people to look up. */
import { z } from 'zod';

/** A label and one sentence. */
const words = z.strictObject({ label: z.string(), help: z.string() });

export const parameterInfo = z.strictObject({
  /** As on the wire; `_n_` stands for the number of a line or key, `#` for each of `each`. */
  tag: z.string(),
  /** Every spelling there is, the first and the last of a long row alone. */
  spellings: z.array(z.string()),
  area: z.string(),
  kind: z.string(),
  /** The factory's; null where nothing tells. */
  default: z.string().nullable(),
  values: z.array(z.string()),
  min: z.number().nullable(),
  max: z.number().nullable(),
  unit: z.string().nullable(),
  /** Most characters. */
  limit: z.int().nullable(),
  /** How many of them each model has; empty where all have one. */
  models: z.array(z.strictObject({ model: z.string(), count: z.int() })),
  /** Only some models or releases have it, or no phone ever shows it. */
  readable: z.enum(['always', 'sometimes', 'never']),
  /** Written by the hand-off alone. */
  waits: z.boolean(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  /** `report`: as a real phone reports it. `document`: as documents say. The other two are not verified on hardware. */
  confidence: z.enum(['report', 'document', 'inferred', 'disputed']),
  en: words,
  ja: words,
});

export const parameterCalls = {
  /** Every parameter of a phone family, in the order of its areas. */
  'parameters.list': { input: z.strictObject({}), output: z.array(parameterInfo) },
} as const;

export type ParameterInfo = z.infer<typeof parameterInfo>;
