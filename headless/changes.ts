/** What a second list changes of the open job, as `run` says it before anything is applied. No secret is in it. */
import type { Change, Changes } from '../engine/bench/changes.js';
import type { JobChoice, JobInput } from '../engine/bench/job.js';
import { type Again, changesForOpenJob, isAgain } from '../engine/bench/revise.js';
import { spellMac } from '../engine/contract/mac.js';
import type { Result } from '../engine/contract/problem.js';
import type { Row } from '../engine/profiles/job.js';
import type { Job } from '../engine/store/jobs.js';
import { type Given, textOf, usage } from './arguments.js';
import { macList } from './mac-list.js';
import type { Output } from './output.js';
import { counted } from '../engine/contract/english/counted.js';

/**
 * Which job is meant: where the open one was made from other files, what they change is told, and `--revise` is needed to apply it.
 */
export function agreedJob(
  given: Given,
  { folder, installationKey, input }: { readonly folder: string; readonly installationKey: Uint8Array; readonly input: JobInput },
  output: Output,
): Result<JobChoice> {
  const [newJob, revise] = [given['new-job'] === true, given['revise'] === true];
  const said = textOf(given, 'again');
  const again: Result<Again> = said === undefined ? { ok: true, value: 'none' } : macList(said, (value) => usage('usage.again', { value }));
  if (!again.ok) return again;
  if (said !== undefined && !revise) return usage('usage.again-needs-revise');
  const changed: ReturnType<typeof changesForOpenJob> = newJob
    ? { ok: true, value: undefined }
    : changesForOpenJob(folder, installationKey, input);
  if (!changed.ok) return changed;
  if (changed.value !== undefined) {
    const { job, changes } = changed.value;
    tellChanges(job, changes, again.value, output);
    if (!revise) return usage('job.other-input', { job: job.id, name: job.name });
  }
  return { ok: true, value: { kind: 'files', input, newJob, ...(revise ? { revise: again.value } : {}) } };
}

/** A line a change; parameters of one phone at most so many. */
const parametersTold = 8;

/** Tells what changes. `again` says which phones that were handed off are prepared anew. */
function tellChanges(job: Job, { changes, same }: Changes, again: Again, output: Output): void {
  output.say(`\nThe open job ${job.id}, ${job.name}, was made from another list or recipe. Against its revision ${job.revision}:`);
  for (const change of changes) {
    output.line(lineOf(change, again));
    output.say(`  ${change.kind.padEnd(7)}  ${labelOf(change)}${fateOf(change, again)}`);
    if (change.kind === 'changed') for (const text of parametersOf(change)) output.say(`           ${text}`);
  }
  const of = (kind: Change['kind']): number => changes.filter((each) => each.kind === kind).length;
  output.say(
    `  ${of('added')} added, ${of('changed')} changed, ${of('removed')} removed, ${counted(same.length, 'row')} the same for the phone`,
  );
}

function lineOf(change: Change, again: Again) {
  const parameters = change.kind === 'changed' ? change.parameters.map((each) => ({ ...each })) : [];
  const { row, line } = rowOf(change);
  return {
    type: 'change',
    change: change.kind,
    row: change.kind === 'added' ? null : row,
    line: change.kind === 'removed' ? null : line,
    mac: change.mac,
    standing: change.standing,
    again: change.kind === 'changed' && isAgain(change, again),
    parameters,
  } as const;
}

function rowOf(change: Change): Row {
  return change.kind === 'removed' ? change.before.row : change.after;
}

function labelOf(change: Change): string {
  const { line, model, values } = rowOf(change);
  const where = change.kind === 'removed' ? `was line ${line}` : `line ${line}`;
  const phone = change.mac === null ? 'no MAC yet' : spellMac(change.mac);
  return [where, phone, model, values['name'] ?? '', values['extension'] ?? ''].filter((part) => part !== '').join('  ');
}

function fateOf(change: Change, again: Again): string {
  if (change.kind === 'added') return '';
  if (change.kind === 'removed') return change.standing === 'handedOff' ? ': handed off before, stays in the report' : ': leaves the job';
  if (change.standing !== 'handedOff') return change.standing === 'underWay' ? ': under way, is prepared anew' : '';
  return isAgain(change, again)
    ? ': handed off before, is prepared again (reset it to factory settings, then plug it in)'
    : ': handed off before, keeps what it has and its verdict';
}

function parametersOf({ parameters }: Change & { kind: 'changed' }): readonly string[] {
  const shown = (value: string | null): string => (value === null ? '(not written)' : JSON.stringify(value));
  const told = parameters.slice(0, parametersTold).map(({ tag, before, after }) => `${tag}: ${shown(before)} -> ${shown(after)}`);
  const more = parameters.length - told.length;
  return more === 0 ? told : [...told, `and ${counted(more, 'parameter')} more`];
}
