/** Rows whose phone, extension or user was in a job before: told with that job's name and day, for a person to judge. */
import { existsSync } from 'node:fs';
import type { Problem } from '../contract/problem.js';
import type { Recipe, Row } from '../profiles/job.js';
import type { Columns } from '../profiles/known-columns.js';
import { errorAt, warningAt } from '../profiles/problems.js';
import type { Steps } from '../profiles/slices.js';
import { isDataFault, openDatabase } from '../store/database.js';
import { type Job, Jobs } from '../store/jobs.js';
import { type SeenKind, seenKinds } from '../store/seen.js';

type Asked = {
  readonly recipe: Pick<Recipe, 'name'>;
  readonly rows: readonly Row[];
  /** Headings of the list by known word, to tell the column by. */
  readonly columns: Columns;
};

const codes = {
  mac: 'mac.earlier-job',
  extension: 'extension.earlier-job',
  user: 'user.earlier-job',
  activation_code: 'activation.earlier-job',
} as const;
/** A code that is spent outweighs all else. */
const byWeight = ['activation_code', ...seenKinds.filter((kind) => kind !== 'activation_code')] as const;
const rowsPerStep = 32;

/**
 * A warning a row at most, of its MAC first; an error for an activation code, which works once. Extensions and users are compared with jobs of the same name alone: every customer has a 2001.
 * `isMeant`: false for jobs that are no earlier ones, such as the one this list belongs to. Works for jobs whose secrets are destroyed.
 */
export function* earlierJobs(jobs: Jobs, { recipe, rows, columns }: Asked, isMeant: (job: Job) => boolean): Steps<readonly Problem[]> {
  const known = new Map<string, Job | undefined>(jobs.list().map((job) => [job.id, isMeant(job) && !job.virtual ? job : undefined]));
  if ([...known.values()].every((job) => job === undefined)) return [];
  const look = jobs.seen.lookUp();
  const problems: Problem[] = [];
  const find = (row: Row, kind: SeenKind): Job | undefined =>
    look(row, kind)
      .flatMap((id) => known.get(id) ?? [])
      .filter((job) => kind === 'mac' || kind === 'activation_code' || job.name === recipe.name)
      .toSorted((a, b) => b.created.localeCompare(a.created))[0];
  for (const [index, row] of rows.entries()) {
    if (index % rowsPerStep === rowsPerStep - 1) yield;
    for (const kind of byWeight) {
      const job = find(row, kind);
      if (job === undefined) continue;
      const value = kind === 'mac' ? (row.mac ?? '') : kind === 'activation_code' ? '' : (row.values[kind] ?? '');
      const params = { value, job: job.id, name: job.name, date: job.created.slice(0, 10) };
      const at = { line: row.line, column: columns[kind] ?? kind };
      problems.push(kind === 'activation_code' ? errorAt(codes[kind], at, params) : warningAt(codes[kind], at, params));
      break;
    }
  }
  return problems;
}

/** The same of a data folder that nobody has open here; nothing where there is none. The newest open job is no earlier one. */
export function* earlierJobsIn(folder: string, installationKey: Uint8Array | undefined, asked: Asked): Steps<readonly Problem[]> {
  if (!existsSync(folder)) return [];
  const opened = openDatabase(folder, 'read');
  if (!opened.ok) return []; // whatever is wrong with it is told where it is opened to work
  try {
    const jobs = new Jobs(opened.value, installationKey);
    const open = jobs.open()?.id;
    return yield* earlierJobs(jobs, asked, ({ id }) => id !== open);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return []; // of an older version: it knows no earlier phones yet
  } finally {
    opened.value.close();
  }
}
