/**
 * Jobs that are not started yet: a CSV and a recipe, read and judged, and what each row's phone would get. Kept for the window under a
 * handle; nothing of a draft is on disk.
 */
import { servable } from '../bench/guarded.js';
import { type JobInput, listName } from '../bench/job.js';
import { type Against, showFiles, someBench } from '../bench/showing.js';
import type { Shown } from '../bench/shown-secrets.js';
import type { Input, Output } from '../contract/calls.js';
import type { Problem, Result } from '../contract/problem.js';
import { Secret } from '../contract/secret.js';
import { parseMac } from '../contract/mac.js';
import { packNamed } from '../phones/packs.js';
import { neverRotated } from '../profiles/phone-keys.js';
import type { RawRow } from '../profiles/csv.js';
import type { Row } from '../profiles/job.js';
import { withColumns } from '../profiles/recipe-columns.js';
import { jobSteps, type ReadJob } from '../profiles/read-job.js';
import { finishInSlices } from '../profiles/slices.js';
import { handOffRows } from './hand-off.js';
import { Keepsakes } from './keepsakes.js';
import { readings } from './readings.js';
import { starterText } from './recipes.js';
import { done, failed, refused, type Reply } from './reply.js';
import { toldPreview } from './told-preview.js';
import type { SecondLists } from './second-lists.js';
import type { Uploads } from './uploads.js';

type Draft = { readonly job: ReadJob; readonly list: string; readonly files: readonly Uint8Array[]; readonly shown: Shown[] };
type DraftRow = Output<'draft.check'>['rows'][number];
type RecipeText = { readonly text: string | undefined; readonly bytes: Uint8Array };

/** Drafts kept at once; a window has one or two. */
const draftLimit = 8;
const bytesLimit = 128 << 20;
/** In the place of keys that are made when the bench starts. */
const toCome = { key: new Secret('made at the start'), directory: new Secret('made-at-the-start') };
const keysToCome = neverRotated(toCome, toCome);

export class Drafts {
  readonly #uploads: Uploads;
  readonly #against: Against;
  readonly #now: () => Date;
  readonly #second: SecondLists;
  readonly #kept = new Keepsakes<Draft>({
    number: draftLimit,
    bytes: bytesLimit,
    sizeOf: ({ files }) => files.reduce((sum, { length }) => sum + length, 0),
  });

  constructor(
    uploads: Uploads,
    { against, now, second }: { readonly against: Against; readonly now: () => Date; readonly second: SecondLists },
  ) {
    this.#uploads = uploads;
    this.#against = against;
    this.#now = now;
    this.#second = second;
  }

  /** Reads a CSV with a recipe; nothing is served. */
  async check({ csv: handle, recipe: named, encoding, columns }: Input<'draft.check'>): Promise<Reply<Output<'draft.check'>>> {
    const csv = this.#uploads.bytes(handle);
    if (csv === undefined) return failed('file.gone');
    const recipe = this.#recipe(named);
    if (recipe === undefined) return failed('recipe.gone');
    const templates: Uint8Array[] = [];
    const steps = jobSteps(csv, recipe.text, {
      ...(encoding === undefined ? {} : { encoding }),
      ...(columns === undefined ? {} : { columns }),
      readTemplate: (name) => {
        const bytes = this.#uploads.named(name);
        if (bytes !== undefined) templates.push(bytes);
        return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
      },
    });
    const job = await finishInSlices(steps); // a running bench goes on meanwhile
    const { openJobs, problems: earlier } = await this.#second.look(job);
    const undecided = job.problems.some(({ code }) => code === 'csv.encoding' || code === 'csv.encoding-unknown');
    return done({
      draft: this.#kept.keep({
        job,
        list: listName(this.#uploads.nameOf(handle) ?? ''),
        files: [csv, recipe.bytes, ...templates],
        shown: [],
      }),
      recipeName: job.recipe?.name ?? null,
      columns: job.roles.map((role) => ({ ...role })),
      rows: allRows(job.written, job.rows),
      openJobs,
      problems: [...job.problems, ...earlier].map(told),
      badLines: [...job.bad].toSorted((a, b) => a - b),
      fatal: job.fatal,
      readings: undecided ? readings(csv) : [],
    });
  }

  /** What a row's phone would get; secrets masked before anything is written, unless they are asked for. */
  preview({ draft: handle, row: number, reveal = false }: Input<'draft.preview'>): Reply<Output<'draft.preview'>> {
    const draft = this.#kept.get(handle);
    if (draft === undefined) return failed('draft.gone');
    const { recipe, rows } = draft.job;
    const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
    const row = rows.find((each) => each.row === number);
    const compiled = recipe === undefined || row === undefined ? undefined : pack?.compile(recipe, row).compiled;
    if (recipe === undefined || pack === undefined || row === undefined || compiled === undefined)
      return failed('draft.row-unservable', { row: number });
    // Of keys that are made at the start only the place is known.
    const whole = compiled.encryption === undefined ? compiled : pack.withKeys(compiled, keysToCome);
    const files = showFiles({ pack, recipe, compiled: whole, mac: row.mac, bench: someBench, revealed: reveal, against: this.#against });
    if (reveal) draft.shown.push({ row: number, at: this.#now().toISOString() });
    return done(toldPreview(files, reveal));
  }

  /** Rows whose passwords somebody saw. */
  shown(handle: string): readonly Shown[] {
    return this.#kept.get(handle)?.shown ?? [];
  }

  /** What a row's phone will ask for by itself, on the bench and with the customer. */
  asks({ draft: handle, row: number }: Input<'draft.asks'>): Reply<Output<'draft.asks'>> {
    const draft = this.#kept.get(handle);
    if (draft === undefined) return failed('draft.gone');
    const { recipe, rows } = draft.job;
    const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
    const row = rows.find((each) => each.row === number);
    if (recipe === undefined || pack === undefined || row === undefined) return failed('draft.row-unservable', { row: number });
    const { compiled } = pack.compile(recipe, row);
    if (compiled === undefined) return failed('draft.row-unservable', { row: number });
    return done([...pack.asks(recipe, compiled, row, someBench)]);
  }

  /** What a row's phone will hold for the bench alone, and what it leaves with. */
  handOff({ draft: handle, row: number }: Input<'draft.handOff'>): Reply<Output<'draft.handOff'>> {
    const draft = this.#kept.get(handle);
    if (draft === undefined) return failed('draft.gone');
    const { recipe, rows } = draft.job;
    const row = rows.find((each) => each.row === number);
    const compiled = recipe === undefined || row === undefined ? undefined : packNamed(recipe.phones)?.compile(recipe, row).compiled;
    if (recipe === undefined || compiled === undefined) return failed('draft.row-unservable', { row: number });
    return done([...handOffRows(recipe, compiled, () => 'waiting')]);
  }

  /** A draft as the input of a job; refused while there is something a person has to decide. */
  input(handle: string, skipBad: boolean): Reply<JobInput> {
    const draft = this.#kept.get(handle);
    if (draft === undefined) return failed('draft.gone');
    const served: Result<Pick<JobInput, 'recipe' | 'rows'>> = servable(draft.job, skipBad);
    return served.ok
      ? done({ ...served.value, files: draft.files, ...(draft.list === '' ? {} : { list: draft.list }) })
      : refused(served.refusal);
  }

  /** What a draft's list changes of an open job. */
  changes({ draft, job, skipBad }: Input<'draft.changes'>): Reply<Output<'draft.changes'>> {
    const input = this.input(draft, skipBad);
    return input.ok ? this.#second.changes(job, input.value) : input;
  }

  /** A recipe that knows the columns, beside the one it came from. */
  remember({ recipe: named, columns }: Input<'draft.remember'>): Reply<Output<'draft.remember'>> {
    const recipe = this.#recipe(named);
    if (recipe?.text === undefined) return failed('recipe.gone');
    const edited = withColumns(recipe.text, columns);
    if (!edited.ok) return failed('recipe.form');
    const name = this.#uploads.nameOf(named) ?? `${named.replace(/^starter:/, '').replaceAll(/[^\w-]/g, '')}.yaml`;
    const file = this.#uploads.take(name, Buffer.from(edited.text).toString('base64'));
    return file.ok ? done({ file: file.value, text: edited.text }) : file;
  }

  #recipe(named: string | null): RecipeText | undefined {
    if (named === null) return { text: undefined, bytes: new Uint8Array(0) };
    const starter = starterText(named);
    const bytes = starter === undefined ? this.#uploads.bytes(named) : Buffer.from(starter);
    return bytes === undefined ? undefined : { text: Buffer.from(bytes).toString('utf8'), bytes };
  }
}

function told({ line, column, code, severity, params, suggestion }: Problem): Output<'draft.check'>['problems'][number] {
  return { line, column, code, severity, params: { ...params }, suggestion };
}

/** Every row of the file in its order: as it is understood where it can be served, as it is written where it cannot. */
function allRows(raw: readonly RawRow[], served: readonly Row[]): DraftRow[] {
  const good = new Map(served.map((row) => [row.line, row]));
  return raw.map(({ row, line, values }) => {
    const read = good.get(line);
    const mac = read === undefined ? (parseMac(values['mac'] ?? '') ?? null) : read.mac;
    return {
      row,
      line,
      mac,
      macText: mac === null ? textOrNull(values['mac']) : null,
      model: read?.model ?? values['model'] ?? '',
      name: textOrNull(values['name']),
      extension: textOrNull(values['extension']),
    };
  });
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
