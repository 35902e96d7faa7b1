/** The JSON lines of the command line, exactly as scripts and testers read them (design: the command line). */
import { ask } from './ask.js';
import { z } from 'zod';
import { knownWords } from './columns.js';
import { states, verdictKinds } from './evidence.js';
import { parameterInfo } from './parameter-calls.js';

const at = z.iso.datetime({ precision: 3 });
const mac = z.string().regex(/^[0-9a-f]{12}$/);
const params = z.record(z.string(), z.union([z.string(), z.number()]));
const proof = z.strictObject({ at }).nullable();

/** Once everything serves. */
const ready = z.strictObject({
  type: z.literal('ready'),
  job: z.string(),
  pid: z.int(),
  interface: z.string(),
  address: z.ipv4(),
  ports: z.partialRecord(z.enum(['dhcp', 'tftp', 'http', 'https', 'syslog']), z.int().min(1).max(65_535)),
});

/** At each change of a phone. */
const device = z.strictObject({
  type: z.literal('device'),
  at,
  mac,
  model: z.string().nullable(),
  row: z.int().nullable(),
  address: z.ipv4().nullable(),
  state: z.enum(states),
  verdict: z.enum(verdictKinds),
  evidence: z.strictObject({ lease: proof, delivery: proof, word: proof, readBack: proof, handOff: proof }),
  problem: z.strictObject({ code: z.string(), params }).nullable(),
});

/** `check`, and before `run`. */
const problem = z.strictObject({
  type: z.literal('problem'),
  line: z.int().nullable(),
  column: z.string().nullable(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  params,
  suggestion: z.string().nullable(),
});

/** `check`: what each column of the list was taken for, how that was known, what becomes of it, and what it looks like. */
const column = z.strictObject({
  type: z.literal('column'),
  heading: z.string(),
  word: z.enum(knownWords).nullable(),
  by: z.enum(['said', 'heading', 'spelling']).nullable(),
  use: z.enum(['parameter', 'recipe']).nullable(),
  looks: z.enum(['mac', 'model', 'serial']).nullable(),
});

/** `run` with other files than the open job was made from: what they change. Secrets are masked. */
const change = z.strictObject({
  type: z.literal('change'),
  change: z.enum(['added', 'changed', 'removed']),
  row: z.int().nullable(),
  line: z.int().nullable(),
  mac: mac.nullable(),
  standing: z.enum(['notSeen', 'underWay', 'handedOff']),
  /** Whether the phone of a changed row is prepared anew. */
  again: z.boolean(),
  parameters: z.array(z.strictObject({ tag: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});

/** `parameters`. */
const parameter = parameterInfo.extend({ type: z.literal('parameter') });

/** Before exit 2, 3 or 4. */
const refused = z.strictObject({ type: z.literal('refused'), code: z.string(), params });

/** A virtual phone's own record. */
const phone = z.strictObject({
  type: z.literal('phone'),
  mac,
  model: z.string(),
  fault: z.string().nullable(),
  took: z.array(z.string()),
  marker: z.string().nullable(),
  profileRule: z.string(),
  handedOff: z.boolean(),
  /** Handed off, and nothing is left that only the bench needed. */
  sealed: z.boolean(),
  /** The provisioning states it came to, in the words of Cisco's guide. */
  states: z.array(z.enum(['MFG-RESET', 'SP-CUST', 'SEC-PRV-1', 'SEC-PRV-2'])),
  /** SHA-256 of `key directory` as they stand in it; null without both. */
  keyed: z.string().nullable(),
});

/** `doctor`. */
const coded = z.strictObject({ code: z.string(), params });
const check = z.strictObject({
  type: z.literal('check'),
  id: z.string(),
  state: z.enum(['ok', 'warn', 'stop']),
  code: z.string(),
  params,
  /** What to do, and how to take it back. */
  remedy: z.strictObject({ act: coded.optional(), undo: coded.optional(), repair: z.enum(['ports', 'firewall']).optional() }).optional(),
});

/** `doctor --repair`. */
const repaired = z.strictObject({ type: z.literal('repaired'), done: z.boolean(), command: z.string(), reason: coded.nullable() });

/** `profiles --row`: a file of the row's phone, before it is packed; secrets masked unless they were asked for. */
const file = z.strictObject({
  type: z.literal('file'),
  row: z.int(),
  file: z.enum(['bootstrap', 'install', 'model', 'customer', 'device', 'handOff']),
  path: z.string(),
  gzip: z.boolean(),
  encrypted: z.boolean(),
  text: z.string(),
});
/** `profiles --row --explain`: a value, and in words where it comes from. */
const value = z.strictObject({
  type: z.literal('value'),
  row: z.int(),
  file: z.enum(['bootstrap', 'install', 'model', 'customer', 'device', 'handOff']),
  tag: z.string(),
  value: z.string(),
  ua: z.enum(['na', 'ro', 'rw']),
  secret: z.boolean(),
  origin: z.string(),
});
/** `import-template`: a tag of a file and what becomes of it; secrets masked. */
const tag = z.strictObject({
  type: z.literal('tag'),
  file: z.string(),
  line: z.int().nullable(),
  written: z.string(),
  tag: z.string(),
  value: z.string(),
  status: z.enum(['taken', 'open', 'dropped', 'empty', 'overruled', 'never']),
  becomes: z.string().nullable(),
});
/** `import-template`: a tag that a server fills, and what it becomes. */
const serverTag = z.strictObject({
  type: z.literal('serverTag'),
  tag: z.string(),
  usedBy: z.array(z.string()),
  proposal: z.string().nullable(),
  becomes: z.string().nullable(),
  secret: z.boolean(),
});
/** `import-template`, last: the recipe, or how much is to be decided before there is one. */
const recipe = z.strictObject({
  type: z.literal('recipe'),
  path: z.string().nullable(),
  open: z.int(),
  columns: z.array(z.string()),
  text: z.string().nullable(),
});

/** `asks`: what a row's phone will ask for. */
const asks = z.strictObject({ type: z.literal('asks'), row: z.int(), mac: mac.nullable(), model: z.string(), asks: z.array(ask) });
/** `handoff`: what is in a row's phone for the bench alone, and what stands in its place afterwards. Secrets are masked. */
const handOff = z.strictObject({
  type: z.literal('handOff'),
  row: z.int(),
  mac: mac.nullable(),
  model: z.string(),
  values: z.array(
    z.strictObject({
      tag: z.string(),
      onBench: z.string(),
      after: z.string(),
      by: z.enum(['factory', 'recipe', 'row', 'key']),
      place: z.string().nullable(),
    }),
  ),
});

/** `keys --rotate`: a phone that is to have new keys, or why it is not. */
const rotated = z.strictObject({ type: z.literal('rotated'), job: z.string(), mac, refused: coded.nullable() });

/** The last line, also after a signal. */
const summary = z.strictObject({
  type: z.literal('summary'),
  job: z.string(),
  devices: z.int(),
  pass: z.int(),
  unverified: z.int(),
  fail: z.int(),
  pending: z.int(),
  seconds: z.number(),
});

export const line = z.discriminatedUnion('type', [
  ready,
  device,
  problem,
  column,
  change,
  parameter,
  refused,
  phone,
  check,
  repaired,
  tag,
  serverTag,
  file,
  value,
  recipe,
  asks,
  handOff,
  rotated,
  summary,
]);
export type Line = z.infer<typeof line>;
