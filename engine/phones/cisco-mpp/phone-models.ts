/** The models of the family: how people, labels and the phones themselves spell them, and how many lines and keys each has. */
import { z } from 'zod';
import entries from '../../../resources/cisco-mpp/models.json' with { type: 'json' };
import { nearest } from '../../profiles/nearest.js';

/** What a phone of a model has; the counts bound what a tag may number. */
const modelForm = z.strictObject({
  model: z.string(),
  /** Lines: accounts at a SIP server (`Proxy_n_`). */
  lines: z.int(),
  /** Keys beside the screen (`Extension_n_`), and how many of them can be given a function (`Extended_Function_n_`). */
  keys: z.int(),
  functions: z.int(),
  /** Expansion modules (`Unit_m_Key_k_`) that can be plugged in; 0 where none can. */
  units: z.int(),
  /** No document at hand says so. */
  unitsUnverified: z.boolean().default(false),
});
export type PhoneModel = z.infer<typeof modelForm>;

/** Every model, in the order of their numbers. */
export const phoneModels: readonly PhoneModel[] = z.array(modelForm).parse(entries);

const byName: ReadonlyMap<string, PhoneModel> = new Map(phoneModels.map((each) => [each.model, each]));

/** Keys of an expansion module, as they are numbered in tags. */
export const unitKeys = 32;

/** True for a model of the family by its short name ("8851"). */
export function isModel(model: string): boolean {
  return byName.has(model);
}

/** What a model has; undefined for one the family lacks. */
export function phoneModel(model: string): PhoneModel | undefined {
  return byName.get(model);
}

/** The most of something any model has. */
export function most(what: 'lines' | 'keys' | 'functions' | 'units'): number {
  return Math.max(...phoneModels.map((each) => each[what]));
}

/**
 * Reads `8851`, `CP-8851-3PCC`, `CP-8851-K9=`, `cp 8851`, `CP-8865NR-K9`, with anything an order number adds behind. A radio-less
 * variant (NR) counts as its model: which name its firmware uses is not documented.
 */
export function readModel(text: string): { model: string } | { model?: undefined; suggestion: string | null } {
  const spelled = text
    .normalize('NFKC')
    .trim()
    .replace(/^cisco[\s_-]+/i, '')
    .replace(/^(?:mpp|3pcc)[\s_-]+/i, '') // `Cisco-MPP-8851`: a device type of BroadWorks
    .replace(/^(?:ip )?phone\s+/i, '');
  const digits = /^(?:CP[-_ ]?)?(\d{4})(?:NR)?(?:-[0-9A-Z]+)*=*$/i.exec(spelled)?.[1];
  if (digits !== undefined && isModel(digits)) return { model: digits };
  const core = digits ?? spelled.replace(/^CP[-_ ]?/i, '').slice(0, 6);
  return { suggestion: nearest(core, byName.keys()) };
}
