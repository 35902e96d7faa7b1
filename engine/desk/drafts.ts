/**
 * Jobs that are not started yet: a CSV and a recipe, read and judged, and what each row's phone would get. Kept for the window under a
 * handle; nothing of a draft is on disk.
 */
import { servable } from '../bench/guarded.js';
import type { JobInput } from '../bench/job.js';
import type { Input, Output } from '../contract/calls.js';
import type { Result } from '../contract/problem.js';
import { Secret } from '../contract/secret.js';
import { parseMac } from '../contract/mac.js';
import type { BenchAddress, Compiled, Parameter } from '../phones/pack.js';
import { packNamed } from '../phones/packs.js';
import type { RawRow } from '../profiles/csv.js';
import type { Row } from '../profiles/job.js';
import { jobSteps, type ReadJob } from '../profiles/read-job.js';
import { finishInSlices } from '../profiles/slices.js';
import { Keepsakes } from './keepsakes.js';
import { readings } from './readings.js';
import { starterText } from './recipes.js';
import { done, failed, refused, type Reply } from './reply.js';
import type { Uploads } from './uploads.js';

type Draft = { readonly job: ReadJob; readonly files: readonly Uint8Array[] };
type DraftRow = Output<'draft.check'>['rows'][number];
type RecipeText = { readonly text: string | undefined; readonly bytes: Uint8Array };

/** Drafts kept at once; a window has one or two. */
const draftLimit = 8;
const bytesLimit = 128 << 20;
/** What a preview shows in place of the bench's address (RFC 5737) and ports. */
const someBench: BenchAddress = { address: '192.0.2.1', ports: { tftp: 69, http: 80, syslog: 514 } };
/** Markers of a preview prove nothing. */
const noKey = new Uint8Array(32);

export class Drafts {
  readonly #uploads: Uploads;
  readonly #kept = new Keepsakes<Draft>({
    number: draftLimit,
    bytes: bytesLimit,
    sizeOf: ({ files }) => files.reduce((sum, { length }) => sum + length, 0),
  });

  constructor(uploads: Uploads) {
    this.#uploads = uploads;
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
    const undecided = job.problems.some(({ code }) => code === 'csv.encoding' || code === 'csv.encoding-unknown');
    return done({
      draft: this.#kept.keep({ job, files: [csv, recipe.bytes, ...templates] }),
      recipeName: job.recipe?.name ?? null,
      columns: job.roles.map((role) => ({ ...role })),
      rows: allRows(job.written, job.rows),
      problems: job.problems.map((problem) => ({ ...problem, params: { ...problem.params } })),
      badLines: [...job.bad].toSorted((a, b) => a - b),
      fatal: job.fatal,
      readings: undecided ? readings(csv) : [],
    });
  }

  /** What a row's phone would get, secrets masked before anything is written. */
  preview({ draft: handle, row: number }: Input<'draft.preview'>): Reply<Output<'draft.preview'>> {
    const draft = this.#kept.get(handle);
    if (draft === undefined) return failed('draft.gone');
    const { recipe, rows } = draft.job;
    const pack = recipe === undefined ? undefined : packNamed(recipe.phones);
    const row = rows.find((each) => each.row === number);
    const compiled = recipe === undefined || row === undefined ? undefined : pack?.compile(recipe, row).compiled;
    if (recipe === undefined || pack === undefined || row === undefined || compiled === undefined)
      return failed('draft.row-unservable', { row: number });
    const masked = withoutSecrets(compiled);
    const files = {
      bootstrap: pack.bootstrap(recipe, someBench, compiled.transport, 'device'),
      device: pack.device(masked, noKey),
      handOff: pack.handOff(masked),
    };
    return done(
      (['bootstrap', 'device', 'handOff'] as const).map((file) => ({
        file,
        path: pack.filePath(file, row.model, row.mac),
        text: Buffer.from(files[file].bytes).toString('utf8'),
      })),
    );
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

  /** A draft as the input of a job; refused while there is something a person has to decide. */
  input(handle: string, skipBad: boolean): Reply<JobInput> {
    const draft = this.#kept.get(handle);
    if (draft === undefined) return failed('draft.gone');
    const served: Result<Pick<JobInput, 'recipe' | 'rows'>> = servable(draft.job, skipBad);
    return served.ok ? done({ ...served.value, files: draft.files }) : refused(served.refusal);
  }

  #recipe(named: string | null): RecipeText | undefined {
    if (named === null) return { text: undefined, bytes: new Uint8Array(0) };
    const starter = starterText(named);
    const bytes = starter === undefined ? this.#uploads.bytes(named) : Buffer.from(starter);
    return bytes === undefined ? undefined : { text: Buffer.from(bytes).toString('utf8'), bytes };
  }
}

/** Every row of the file in its order: as it is understood where it can be served, as it is written where it cannot. */
function allRows(raw: readonly RawRow[], served: readonly Row[]): DraftRow[] {
  const good = new Map(served.map((row) => [row.line, row]));
  return raw.map(({ row, line, values }) => {
    const read = good.get(line);
    return {
      row,
      line,
      mac: read === undefined ? (parseMac(values['mac'] ?? '') ?? null) : read.mac,
      model: read?.model ?? values['model'] ?? '',
      name: textOrNull(values['name']),
      extension: textOrNull(values['extension']),
    };
  });
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function withoutSecrets(compiled: Compiled): Compiled {
  return { ...compiled, device: compiled.device.map(masked), handOff: compiled.handOff.map(masked) };
}

function masked(parameter: Parameter): Parameter {
  return parameter.value instanceof Secret ? { ...parameter, value: parameter.value.toString() } : parameter;
}
