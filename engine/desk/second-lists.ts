/** Lists that may be a second one of a job that is open: which job that is, what it changes, and which phones were in jobs before. */
import type { DatabaseSync } from 'node:sqlite';
import type { Changes } from '../bench/changes.js';
import { earlierJobs } from '../bench/earlier-jobs.js';
import type { JobInput } from '../bench/job.js';
import { changesOf } from '../bench/revise.js';
import type { Output } from '../contract/calls.js';
import type { Problem } from '../contract/problem.js';
import type { Row } from '../profiles/job.js';
import type { ReadJob } from '../profiles/read-job.js';
import { finishInSlices } from '../profiles/slices.js';
import type { Job, Jobs } from '../store/jobs.js';
import { done, failed, refused, type Reply } from './reply.js';

type Candidate = Output<'draft.check'>['openJobs'][number];

export class SecondLists {
  readonly #database: DatabaseSync;
  readonly #jobs: Jobs;

  constructor(database: DatabaseSync, jobs: Jobs) {
    this.#database = database;
    this.#jobs = jobs;
  }

  /** Open jobs that some phones of the list are in, those with most of them first; and warnings of phones of any other job. */
  async look({ recipe, rows, columns }: ReadJob): Promise<{ openJobs: Candidate[]; problems: readonly Problem[] }> {
    if (recipe === undefined) return { openJobs: [], problems: [] };
    const open = new Map<string, { job: Job; rows: number }>(
      this.#jobs
        .list()
        .flatMap((job) => (job.closed === null && !job.virtual && job.key !== undefined ? [[job.id, { job, rows: 0 }] as const] : [])),
    );
    const look = this.#jobs.seen.lookUp();
    /** A row without a MAC is known by its number, in a job of the same name: every customer has a 2001. */
    const sharedWith = (row: Row): readonly string[] =>
      row.mac === null ? look(row, 'extension').filter((id) => open.get(id)?.job.name === recipe.name) : look(row, 'mac');
    for (const row of rows) for (const id of sharedWith(row)) (open.get(id) ?? { rows: 0 }).rows += 1;
    const candidates = [...open.values()].filter((each) => each.rows > 0).toSorted((a, b) => b.rows - a.rows);
    const meant = new Set(candidates.map(({ job }) => job.id));
    const problems = await finishInSlices(earlierJobs(this.#jobs, { recipe, rows, columns }, ({ id }) => !meant.has(id)));
    return {
      openJobs: candidates.map(({ job: { id, name, created, revision }, rows: shared }, place) => {
        const likely = place === 0 && shared * 2 > rows.length && (candidates[1]?.rows ?? 0) < shared;
        return { job: id, name, created, revision, shared, likely };
      }),
      problems,
    };
  }

  /** What a list changes of an open job. */
  changes(id: string, input: JobInput): Reply<Output<'draft.changes'>> {
    const job = this.#jobs.find(id);
    if (job === undefined) return failed('job.unknown', { job: id });
    const compared = changesOf(this.#database, this.#jobs, job, input);
    if (!compared.ok) return refused(compared.refusal);
    return done({ revision: job.revision, changes: compared.value.changes.map(told), same: compared.value.same.length });
  }
}

function told(change: Changes['changes'][number]): Output<'draft.changes'>['changes'][number] {
  const row: Row = change.kind === 'removed' ? change.before.row : change.after;
  return {
    kind: change.kind,
    row: change.kind === 'added' ? null : row.row,
    line: change.kind === 'removed' ? null : row.line,
    mac: change.mac,
    model: row.model,
    name: row.values['name'] || null,
    extension: row.values['extension'] || null,
    standing: change.standing,
    parameters: change.kind === 'changed' ? change.parameters.map((each) => ({ ...each })) : [],
  };
}
