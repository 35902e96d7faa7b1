/** Jobs with what came of them and what can be done. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { VirtualBadge } from '../board/board-header.js';
import { ExportButton } from '../board/export-button.js';
import { GroupMark } from '../look/marks.js';
import type { JobInfo } from '../stores/jobs.js';
import { useBoard, useRoute } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './history.module.css';
import { CloseButton } from './close-button.js';
import { ResumeButton } from './resume-button.js';

export function JobList({ jobs }: { readonly jobs: readonly JobInfo[] }): ReactNode {
  const { t } = useWords();
  return (
    <div className={classes['frame']} role="region" aria-label={t('history.title')} tabIndex={0}>
      <table className={classes['jobs']}>
        <thead>
          <tr>
            <th scope="col">{t('history.job')}</th>
            <th scope="col">{t('history.created')}</th>
            <th scope="col">{t('history.result')}</th>
            <th scope="col">{t('history.state')}</th>
            <th scope="col">
              <span className="hidden-visually">{t('history.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function JobRow({ job }: { readonly job: JobInfo }): ReactNode {
  const { t, moment, day } = useWords();
  const go = useRoute((state) => state.go);
  const running = useBoard((state) => state.bench?.job.id ?? null);
  const { pass, devices, fail, unverified } = job.counts;
  const name = harmless(shortened(job.name, 120));
  const isRunning = running === job.id;
  return (
    <tr>
      <th scope="row">
        <span className={classes['name']}>
          <bdi>{name}</bdi>
          {job.virtual ? <VirtualBadge /> : null}
        </span>
        <span className={classes['minor']}>
          {job.list === null ? null : (
            <>
              <bdi>{harmless(shortened(job.list, 80))}</bdi> ·{' '}
            </>
          )}
          {t('history.revision', { revision: job.revision })}
        </span>
      </th>
      <td className={classes['when']}>{moment(job.created)}</td>
      <td>
        <Share pass={pass} unverified={unverified} fail={fail} all={devices} />
        <span className={classes['share']}>{t('history.readyOf', { pass, devices })}</span>
      </td>
      <td className={classes['state']}>
        {t(isRunning ? 'history.isRunning' : job.closed === null ? 'history.isOpen' : 'history.closed')}
        {job.secretsUntil === null ? null : (
          <span className={classes['minor']}>{t('history.close.kept', { date: day(job.secretsUntil) })}</span>
        )}
      </td>
      <td>
        <div className={classes['actions']}>
          <Button
            variant="default"
            size="xs"
            aria-label={t('history.open.of', { name })}
            onClick={() => go(isRunning ? { screen: 'board' } : { screen: 'job', job: job.id })}
          >
            {t('history.open')}
          </Button>
          <ExportButton job={job.id} compact label={t('history.csv.of', { name })} />
          {isRunning ? null : <CloseButton job={job} compact />}
          {isRunning ? null : <ResumeButton job={job} compact />}
        </div>
      </td>
    </tr>
  );
}

/** How much of a job is ready, unproven, failed: as a bar, beside the words. */
function Share(props: { readonly pass: number; readonly unverified: number; readonly fail: number; readonly all: number }): ReactNode {
  const { pass, unverified, fail, all } = props;
  const width = (count: number): number => (all === 0 ? 0 : (100 * count) / all);
  const parts = [
    { group: 'ready', count: pass },
    { group: 'hand', count: unverified },
    { group: 'failed', count: fail },
  ] as const;
  return (
    <span className={classes['result']}>
      <svg className={classes['bar']} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ group, count }, index) => (
          <rect
            key={group}
            className={`state-${group}`}
            fill="currentColor"
            x={parts.slice(0, index).reduce((sum, part) => sum + width(part.count), 0)}
            width={width(count)}
            height="6"
          />
        ))}
      </svg>
      {fail > 0 ? <GroupMark group="failed" size={14} /> : unverified > 0 ? <GroupMark group="hand" size={14} /> : null}
    </span>
  );
}
