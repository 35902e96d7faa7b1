/** The form of a recipe (format version 1) and what of it this version of Benchtone can't do yet. */
import { z } from 'zod';
import { knownWords } from '../contract/columns.js';
import { meantShape } from './meant-schema.js';

/** Longest text, in characters. */
export const textLimit = 8192;
const text = z.string().max(textLimit);
/** A text, or one of `value` and `clear`. */
const parameter = z.union([
  text,
  z.strictObject({ value: text.optional(), ua: z.enum(['na', 'ro', 'rw']).optional(), clear: z.literal('true').optional() }),
]);
const parameters = z.record(text, parameter);
const flag = z.enum(['true', 'false']);

/** `true`, OpenSSL's form with a digest, or RFC 8188 with the spelling of its key. */
const encrypt = z.union([
  flag,
  z.strictObject({ digest: z.enum(['sha256', 'md5']).optional(), keep: flag.optional() }),
  z.strictObject({ content: z.literal('aes128gcm'), ikm: z.enum(['text', 'hex', 'base64url']).optional(), keep: flag.optional() }),
]);

/** `https` and `firmware` are part of the form, and refused by name afterwards. */
const delivery = z.strictObject({
  transport: z.enum(['http', 'tftp', 'https']).optional(),
  gzip: flag.optional(),
  encrypt: encrypt.optional(),
  account: z.strictObject({ user: text, password: text }).optional(),
  parts: flag.optional(),
});

/** `options` by code; what each may hold is the pack's to say. */
const dhcp = z.strictObject({ options: z.record(text, text).optional() });

export const recipeForm = z.strictObject({
  benchtone: z.literal('1'),
  name: text.min(1),
  phones: text,
  columns: z.partialRecord(z.enum(knownWords), text).optional(), // empty: no column of the list is that
  ...meantShape,
  parameters: parameters.optional(),
  /** Tags that are emptied. */
  clear: z.array(text).optional(),
  unchecked: z.array(text).optional(),
  template: text.optional(),
  delivery: delivery.optional(),
  dhcp: dhcp.optional(),
  models: z
    .record(
      text,
      z.strictObject({
        ...meantShape,
        parameters: parameters.optional(),
        clear: z.array(text).optional(),
        delivery: delivery.optional(),
        dhcp: dhcp.optional(),
        firmware: z.unknown().optional(),
      }),
    )
    .optional(),
  firmware: z.unknown().optional(),
  bootstrap: z.record(text, text).optional(),
  handOff: parameters.optional(),
});

export type RecipeForm = z.infer<typeof recipeForm>;
export type ParametersForm = z.infer<typeof parameters>;
export type DeliveryForm = z.infer<typeof delivery>;
