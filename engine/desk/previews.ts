/** The files of a phone of a job, whether the bench works on it or not. */
import type { DatabaseSync } from 'node:sqlite';
import { orderOfRow } from '../bench/job.js';
import { servedBefore } from '../bench/served-before.js';
import { type Against, showFiles, someBench } from '../bench/showing.js';
import type { Bench } from '../bench.js';
import type { Input, Output } from '../contract/calls.js';
import type { Mac } from '../contract/mac.js';
import { deriveKey } from '../store/keys.js';
import type { Job, Jobs } from '../store/jobs.js';
import type { Journal } from '../store/journal.js';
import { Served } from '../store/served.js';
import { done, failed, type Reply } from './reply.js';
import { toldPreview } from './told-preview.js';

export type PreviewsOptions = {
  readonly database: DatabaseSync;
  readonly jobs: Jobs;
  readonly journal: (job: Job) => Journal;
  readonly bench: () => Bench | undefined;
  readonly now: () => Date;
};

export class Previews {
  readonly #options: PreviewsOptions;
  readonly #served: Served;

  constructor(options: PreviewsOptions) {
    this.#options = options;
    this.#served = new Served(options.database);
  }

  /** What a phone was served last, by any job whose key is still there. */
  get against(): Against {
    return servedBefore(this.#served, (id) => this.#options.jobs.find(id)?.key);
  }

  /** `row`: which row of its list the phone has. */
  show({ job: id, mac: written, reveal = false }: Input<'device.preview'>, row: number | null): Reply<Output<'device.preview'>> {
    const job = this.#options.jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    const mac = written as Mac;
    const { jobs, database } = this.#options;
    const bench = this.#options.bench();
    const isLive = bench?.job.id === id;
    const order = isLive ? bench.order : row === null ? undefined : orderOfRow(database, jobs, job, row);
    if (row === null) return failed('device.unknown', { mac });
    if (job.key === undefined || order === undefined) return failed('key.other', { job: id });
    order.bind(mac, { row });
    const prepared = order.of(mac);
    if (prepared === undefined) return failed('draft.row-unservable', { row });
    const files = showFiles({
      pack: order.pack,
      recipe: order.recipe,
      compiled: prepared.compiled,
      mac,
      bench: isLive ? bench.address : someBench,
      markerKey: deriveKey(job.key, 'marker'),
      revealed: reveal,
      against: this.against,
    });
    if (reveal) this.#noteShown(job, mac, prepared.row.row, isLive ? bench : undefined);
    const asks = order.pack.asks(order.recipe, prepared.compiled, prepared.row, isLive ? bench.address : someBench);
    return done({ ...toldPreview(files, reveal), asks: [...asks] });
  }

  #noteShown(job: Job, mac: Mac, row: number, bench: Bench | undefined): void {
    const at = this.#options.now().toISOString();
    if (bench !== undefined) return bench.noteShown({ row, at });
    this.#options.journal(job).note({ at, mac, fact: { kind: 'secretsShown' } });
  }
}
