/**
 * What a user interface may ask of the engine, and what it hears. One contract, two transports: Electron IPC, or HTTP and
 * server-sent events on loopback. Names are `subject.verb`; every input is checked by the gateway, every output in tests.
 */
import { z } from 'zod';
import { ask } from './ask.js';
import { benchCalls } from './bench-calls.js';
import { knownWords } from './columns.js';
import { draftCalls } from './draft-calls.js';
import { evidenceNames, states, verdictKinds } from './evidence.js';
import { recipeCalls } from './recipe-calls.js';
import { previewCalls } from './preview-calls.js';
import { handOffCalls } from './hand-off-calls.js';
import { templateCalls } from './template-calls.js';
import { parameterCalls } from './parameter-calls.js';
import { at, coded, handle, jobId, mac, params, proof, shortText } from './shapes.js';

const problem = z.strictObject({
  line: z.int().nullable(),
  column: z.string().nullable(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  params,
  suggestion: z.string().nullable(),
});
const check = z.strictObject({
  id: z.string(),
  state: z.enum(['ok', 'warn', 'stop']),
  code: z.string(),
  params,
  /** What to do and how to take it back; `repair`: `doctor.repair` does the one, or without `act` the other. */
  remedy: z.strictObject({ act: coded.optional(), undo: coded.optional(), repair: z.enum(['ports', 'firewall']).optional() }).optional(),
});
const counts = z.strictObject({ devices: z.int(), pass: z.int(), unverified: z.int(), fail: z.int(), pending: z.int() });

/** One phone on the board. */
const deviceRow = z.strictObject({
  mac,
  row: z.int().nullable(),
  /** Line of its row in the list, as people count; null without a row, and where the job's key is gone. */
  line: z.int().nullable(),
  /** Order of arrival, from 1; null while only expected. */
  slot: z.int().nullable(),
  name: z.string().nullable(),
  extension: z.string().nullable(),
  model: z.string().nullable(),
  address: z.string().nullable(),
  state: z.enum(states),
  verdict: z.enum(verdictKinds),
  evidence: z.strictObject({ lease: proof, delivery: proof, word: proof, readBack: proof, handOff: proof }),
  /** The next evidence it lacks; null when there is none to wait for. */
  waitsFor: z.enum(evidenceNames).nullable(),
  problem: coded.nullable(),
  /** Bytes of files delivered to it. */
  bytes: z.int(),
  /** The newest fact about it, as a code (`fact.<kind>…`) and parameters; texts in it come from the network. */
  lastWords: z.strictObject({ at, code: z.string(), params }).nullable(),
  lastSeen: at.nullable(),
});

const jobInfo = z.strictObject({
  id: jobId,
  name: z.string(),
  /** What the file of its newest list is called, without its ending: jobs of one recipe are told apart by it. */
  list: z.string().nullable(),
  revision: z.int(),
  created: at,
  closed: at.nullable(),
  /** Closed: when its secrets are destroyed. Null while it is open, and once they are gone. */
  secretsUntil: at.nullable(),
  /** Made of virtual phones: marked as such wherever it is shown. */
  virtual: z.boolean(),
  counts,
  /** Its secrets are still there and it does not run: it can be gone on with. One that was closed is open again then. */
  resumable: z.boolean(),
});

const benchState = z.strictObject({
  job: z.strictObject({ id: jobId, name: z.string(), revision: z.int(), virtual: z.boolean() }),
  /** `starting`: the interlocks are still being asked; ports are known from `running` on. */
  state: z.enum(['starting', 'running', 'stopping']),
  /** Own DHCP: serving, not asked for, or stopped by an interlock. */
  dhcp: z.enum(['serving', 'off', 'stopped']),
  /** The interface: `gone` while its cable or dock is unplugged. */
  link: z.enum(['up', 'gone']),
  interface: z.string(),
  address: z.string(),
  ports: z.partialRecord(z.enum(['dhcp', 'tftp', 'http', 'https', 'syslog']), z.int()),
  startedAt: at,
  /** What the bench had to say of itself: an interlock that took effect, say. Newest last, at most 20. */
  notices: z.array(z.strictObject({ at, code: z.string(), params })),
});

/** How busy the bench is with files, over TFTP and HTTP. */
const load = z.strictObject({
  /** Transfers under way, and those that wait for their turn (with a cap a person set). */
  transfers: z.int(),
  waiting: z.int(),
  /** Of those that wait the first 50, the next one first. */
  queue: z.array(z.strictObject({ address: z.string(), mac: mac.nullable() })),
  /** Phones that are not finished, and about how many seconds they will take at the present pace; null while nobody can tell. */
  unfinished: z.int(),
  secondsLeft: z.int().nullable(),
  /** A `Resync_Random_Delay` in seconds that would spread the load, where it would help. */
  suggestRandomDelay: z.int().nullable(),
});

/** The whole board at one moment. `epoch` changes when the engine starts anew: then numbers begin again. */
const snapshot = z.strictObject({
  epoch: z.string(),
  seq: z.int(),
  bench: benchState.nullable(),
  load: load.nullable(),
  counts,
  devices: z.array(deviceRow),
});

/** A number more than the one before; a gap asks for a new snapshot. Ten a second at most. `bench` only when it changed. */
const batch = z.strictObject({
  kind: z.literal('batch'),
  epoch: z.string(),
  seq: z.int(),
  counts,
  devices: z.array(deviceRow),
  bench: benchState.nullable().optional(),
  /** Only when it changed. */
  load: load.nullable().optional(),
  /** The board belongs to another job now: forget what was shown and take a snapshot. */
  reset: z.boolean().optional(),
});
/** From the shell, not the engine: how the engine's process is. */
const engineNews = z.strictObject({ kind: z.literal('engine'), state: z.enum(['running', 'restarting', 'failed']) });
/** A person chose a menu item. */
const menuNews = z.strictObject({ kind: z.literal('menu'), item: z.enum(['new-job', 'history', 'doctor', 'stop', 'export', 'about']) });

export const event = z.discriminatedUnion('kind', [batch, engineNews, menuNews]);

const draftRow = z.strictObject({
  row: z.int(),
  line: z.int(),
  mac: mac.nullable(),
  /** What stands in the MAC's cell of a line that has no MAC though something stands there; else null. */
  macText: z.string().nullable(),
  model: z.string(),
  name: z.string().nullable(),
  extension: z.string().nullable(),
});
/** One column of a list: what it was taken for, how that was known, and what becomes of it. */
const columnRole = z.strictObject({
  heading: z.string(),
  word: z.enum(knownWords).nullable(),
  /** Somebody said so, its heading is the word, or another spelling of it. */
  by: z.enum(['said', 'heading', 'spelling']).nullable(),
  /** A setting of the phone by its own name, a part of the recipe's values, or nothing but a note. */
  use: z.enum(['parameter', 'recipe']).nullable(),
  /** What its values look like, where nobody has said what it is. */
  looks: z.enum(['mac', 'model', 'serial']).nullable(),
});
const taken = z.strictObject({ handle, name: shortText, size: z.int() });

export const calls = {
  'app.info': {
    input: z.strictObject({}),
    output: z.strictObject({ version: z.string(), host: z.enum(['desktop', 'browser']), platform: z.string(), dataFolder: z.string() }),
  },
  'settings.read': {
    input: z.strictObject({}),
    output: z.strictObject({ language: z.enum(['en', 'ja']).nullable(), theme: z.enum(['auto', 'light', 'dark']) }),
  },
  'settings.write': {
    input: z.strictObject({ language: z.enum(['en', 'ja']).optional(), theme: z.enum(['auto', 'light', 'dark']).optional() }),
    output: z.strictObject({}),
  },
  /** A file's bytes, dropped or chosen in the browser; base64, 20 MiB at most. */
  'files.upload': { input: z.strictObject({ name: shortText, base64: z.base64().max(28_000_000) }), output: taken },
  /**
   * Desktop only: the shell's own dialog. Null when the person closed it. What a recipe names beside it is taken along, where it is there.
   * `as`: the name the file is kept under, such as the one a recipe calls its template by. `kit`: what a recipe is made of.
   */
  'files.choose': {
    input: z.strictObject({ what: z.enum(['csv', 'recipe', 'template', 'kit']), as: shortText.optional() }),
    output: taken.nullable(),
  },
  /** Desktop only: a result into a file the person chooses; false when the dialog was closed. */
  'files.save': {
    input: z.strictObject({
      name: shortText,
      content: z.union([z.strictObject({ text: z.string().max(20_000_000) }), z.strictObject({ base64: z.base64().max(28_000_000) })]),
    }),
    output: z.strictObject({ saved: z.boolean() }),
  },
  /** Recipes that come with Benchtone. */
  'recipes.list': { input: z.strictObject({}), output: z.array(z.strictObject({ id: shortText, name: z.string() })) },
  /** The interfaces a bench could stand on, the likely one first and `proposed`. */
  'interfaces.list': {
    input: z.strictObject({}),
    output: z.array(
      z.strictObject({
        name: z.string(),
        address: z.string(),
        prefix: z.int(),
        proposed: z.boolean(),
        /** A `stop` among them: own DHCP is refused there unless its name is repeated. */
        checks: z.array(check),
      }),
    ),
  },
  /** Ports of this computer that no bench can stand on yet, and what each lacks. */
  'interfaces.unready': { input: z.strictObject({}), output: z.array(check) },
  /** `phones`: ends with virtual phones that are served on loopback, some seconds more. */
  'doctor.run': { input: z.strictObject({ interface: shortText.optional(), phones: z.boolean().optional() }), output: z.array(check) },
  /** Reads a CSV with a recipe: every row with its problems; nothing is served. `recipe`: a handle, `starter:<id>`, or null. */
  'draft.check': {
    input: z.strictObject({
      csv: handle,
      recipe: shortText.nullable(),
      encoding: shortText.optional(),
      /** Which heading is which, as the person says; an empty one: none is. */
      columns: z.partialRecord(z.enum(knownWords), z.string().max(16_384)).optional(),
    }),
    output: z.strictObject({
      draft: handle,
      recipeName: z.string().nullable(),
      columns: z.array(columnRole),
      rows: z.array(draftRow),
      problems: z.array(problem),
      /** Lines with an error: left out when the person says so. */
      badLines: z.array(z.int()),
      /** Wrong as a whole: nothing can be served. */
      fatal: z.boolean(),
      /**
       * Open jobs some phones of the list are in: it may be a second list of one of them. `shared`: how many phones; `likely`: most of the list, and
       * no other job has as many.
       */
      openJobs: z.array(
        z.strictObject({ job: jobId, name: z.string(), created: at, revision: z.int(), shared: z.int(), likely: z.boolean() }),
      ),
      /** Where the bytes cannot decide: the same first lines, read both ways. `doubtful`: there are bytes in it that the encoding has no sign for. */
      readings: z.array(z.strictObject({ encoding: z.string(), lines: z.array(z.string()), doubtful: z.boolean() })),
    }),
  },
  /** What a row's phone will ask for by itself. */
  'draft.asks': { input: z.strictObject({ draft: handle, row: z.int() }), output: z.array(ask) },
  'bench.start': {
    input: z.strictObject({
      draft: handle,
      interface: shortText,
      address: shortText.optional(),
      skipBad: z.boolean(),
      dhcp: z.boolean(),
      /** The interface's name, repeated by the person. */
      despite: shortText.optional(),
      /** The next revision of an open job instead of a new one; `again`: phones handed off that are prepared once more. */
      revise: z.strictObject({ job: jobId, again: z.array(mac).max(50_000) }).optional(),
    }),
    output: z.strictObject({ job: jobId }),
  },
  /** Goes on with an open job. */
  'bench.resume': {
    input: z.strictObject({
      job: jobId,
      interface: shortText,
      address: shortText.optional(),
      dhcp: z.boolean(),
      despite: shortText.optional(),
    }),
    output: z.strictObject({ job: jobId }),
  },
  'bench.demo': {
    input: z.strictObject({ phones: z.int().min(1).max(500), fault: z.number().min(0).max(1) }),
    output: z.strictObject({ job: jobId }),
  },
  'bench.stop': { input: z.strictObject({}), output: z.strictObject({}) },
  /** The board of the running bench, or of the job looked at last. */
  'board.snapshot': { input: z.strictObject({}), output: snapshot },
  'jobs.list': { input: z.strictObject({}), output: z.array(jobInfo) },
  'jobs.board': { input: z.strictObject({ job: jobId }), output: z.strictObject({ job: jobInfo, devices: z.array(deviceRow) }) },
  /** A phone's page: its row and its timeline, the newest 2,000 entries, oldest first. */
  'device.page': {
    input: z.strictObject({ job: jobId, mac }),
    output: z.strictObject({
      device: deviceRow,
      timeline: z.array(z.strictObject({ seq: z.int(), at, address: z.string().nullable(), code: z.string(), params })),
    }),
  },
  /** A job's result as CSV text. */
  'report.csv': { input: z.strictObject({ job: jobId }), output: z.strictObject({ name: z.string(), text: z.string() }) },
  ...benchCalls,
  ...parameterCalls,
  ...recipeCalls,
  ...draftCalls,
  ...templateCalls,
  ...previewCalls,
  ...handOffCalls,
} as const;

type Calls = typeof calls;
export type CallName = keyof Calls;
export type Input<Name extends CallName> = z.infer<Calls[Name]['input']>;
export type Output<Name extends CallName> = z.infer<Calls[Name]['output']>;
export type Event = z.infer<typeof event>;
export type DeviceRow = z.infer<typeof deviceRow>;
export type Load = z.infer<typeof load>;
export type BenchState = z.infer<typeof benchState>;
export type Snapshot = Output<'board.snapshot'>;
/** An expected failure, as it crosses to the window. */
export type CallError = z.infer<typeof coded>;
export type Answer<Name extends CallName = CallName> =
  | { readonly ok: true; readonly value: Output<Name> }
  | { readonly ok: false; readonly error: CallError };

/** What the renderer is given, whichever the transport. */
export interface BenchApi {
  readonly host: 'desktop' | 'browser';
  call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Answer<Name>>;
  /** Hears every event until the returned function is called. */
  on(listener: (event: Event) => void): () => void;
}
