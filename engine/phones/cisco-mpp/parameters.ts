/**
 * The catalogue of parameters: what a tag holds, its factory default, whether the phone shows it when it is read back, and whether
 * it has to wait for the hand-off. Cisco IP Phone Multiplatform provisioning guide and administration guides; defaults as a phone
 * with 12.0.1 reports them.
 */
import { z } from 'zod';
import entries from '../../../resources/cisco-mpp/parameters.json' with { type: 'json' };
import reported from '../../../resources/cisco-mpp/reported.json' with { type: 'json' };
import { nearest } from '../../profiles/nearest.js';

const entry = z.strictObject({
  /** As on the wire; `_n_` stands for a line, `Unit_m_Key_k_` for a key of an expansion module. */
  tag: z.string(),
  kind: z.enum(['flag', 'choice', 'integer', 'text', 'url', 'rule', 'secret', 'host', 'timeList', 'hhmm', 'extension']),
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
});

export type Known = z.infer<typeof entry>;

export type Found = { readonly known: Known; readonly line?: number };

/**
 * Names that a CP-6841 with 12.0.1 has in its report, and of which no more is known: any text may stand in them, and other models
 * and releases need not have them.
 */
const byName = z
  .array(z.string())
  .parse(reported)
  .map((tag): Known => ({ tag, kind: 'text', default: null, readable: 'sometimes' }));

const catalogue: ReadonlyMap<string, Known> = new Map([...byName, ...z.array(entry).parse(entries)].map((known) => [known.tag, known]));

/** Most lines any model has, and expansion modules and keys a tag may name. */
const most = { lines: 16, units: 3, keys: 32 } as const;

/** Finds a tag as written into a profile (`Proxy_1_`); tags are case-sensitive. */
export function findParameter(tag: string): Found | undefined {
  const plain = catalogue.get(tag);
  if (plain !== undefined) return /_[nmk]_/.test(tag) ? undefined : { known: plain };
  const unit = /^Unit_([1-9])_Key_([1-9]\d?)_$/.exec(tag);
  if (unit !== null) {
    const known = catalogue.get('Unit_m_Key_k_');
    return known !== undefined && Number(unit[1]) <= most.units && Number(unit[2]) <= most.keys ? { known } : undefined;
  }
  const line = /_([1-9]\d?)_$/.exec(tag)?.[1];
  const numbered = line === undefined ? undefined : catalogue.get(tag.replace(/_[1-9]\d?_$/, '_n_'));
  return numbered === undefined || Number(line) > most.lines ? undefined : { known: numbered, line: Number(line) };
}

/** The tag somebody may have meant; null when none is near. */
export function nearestParameter(text: string): string | null {
  const plain = canonical(text);
  const exact = allTags().find((tag) => canonical(tag) === plain);
  return exact ?? nearest(text, allTags());
}

/** Every tag there is, lines written out; made when first asked for. */
const allTags = once(() =>
  [...catalogue.keys()].flatMap((tag) => {
    if (tag === 'Unit_m_Key_k_') return ['Unit_1_Key_1_'];
    if (tag === 'Admin_Passwd') return []; // the other spelling of Admin_Password, written beside it anyway
    return tag.includes('_n_') ? Array.from({ length: most.lines }, (_, i) => tag.replace('_n_', `_${i + 1}_`)) : [tag];
  }),
);

/** Letters and digits only: what "User ID [1]", "user_id_1" and "User_ID_1_" have in common. */
function canonical(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
