/** What a phone will ask for by one of its rules, as it crosses to people. No secret in it. */
import { z } from 'zod';

const askCase = z.strictObject({
  /** As it is written, what is known of the phone filled in; null where the phone goes this way in any case. */
  condition: z.string().nullable(),
  /** Null where nothing is fetched. */
  url: z.string().nullable(),
  /** Parameters the rule sets by itself. */
  sets: z.array(z.string()),
  /** Names of the options it is asked with (`key`, `uid`), never their values. */
  options: z.array(z.string()),
});

export const ask = z.strictObject({
  stage: z.enum(['bench', 'production']),
  tag: z.string(),
  /** None: the phone asks for nothing. */
  cases: z.array(askCase),
  /** Macros only the phone knows, where the case depends on them. */
  on: z.array(z.string()),
});

export type Ask = z.infer<typeof ask>;
