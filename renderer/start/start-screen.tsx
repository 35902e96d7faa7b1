/** The first screen: try it, start a job, or go on with one. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import { JobList } from '../history/job-list.js';
import { Icon } from '../look/icons.js';
import { Page } from '../look/page.js';
import { Trouble } from '../look/trouble.js';
import { useBoard, useJobs, useRoute, useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { VirtualBadge } from '../board/board-header.js';
import { harmless } from '../words/foreign-text.js';
import classes from './start.module.css';

const demo = { phones: 24, fault: 0 } as const;

export function StartScreen(): ReactNode {
  const { t } = useWords();
  const { bench, board } = useStores();
  const { go } = useRoute((state) => state);
  const running = useBoard((state) => state.bench);
  const { jobs, load } = useJobs((state) => state);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  useEffect(() => void load(), [load, running?.job.id]);

  async function tryIt(): Promise<void> {
    setBusy(true);
    setError(null);
    const answer = await bench.call('bench.demo', demo);
    if (!answer.ok) {
      setBusy(false);
      setError(answer.error);
      return;
    }
    await board.getState().refresh();
    go({ screen: 'board' });
  }

  return (
    <Page title={t('start.title')} lead={t('app.tagline')}>
      {running === null ? null : (
        <section className={classes['running']}>
          <span className={classes['live']} aria-hidden="true" />
          <div>
            <strong>{t('start.running')}</strong> <bdi>{harmless(running.job.name)}</bdi> {running.job.virtual ? <VirtualBadge /> : null}
          </div>
          <Button onClick={() => go({ screen: 'board' })}>{t('start.running.open')}</Button>
        </section>
      )}
      {error === null ? null : <Trouble error={error} />}
      <div className={classes['choices']}>
        <section className={classes['choice']} data-virtual="true">
          <span className={classes['picture']}>
            <Icon name="play" size={30} />
          </span>
          <h2>{t('start.demo')}</h2>
          <p>{t('start.demo.text')}</p>
          <span role="status" className={classes['hint']}>
            {busy ? t('start.demo.busy') : running === null ? '' : t('start.demo.blocked')}
          </span>
          <Button size="lg" color="violet" loading={busy} disabled={running !== null} onClick={() => void tryIt()}>
            {t('start.demo')}
          </Button>
        </section>
        <section className={classes['choice']}>
          <span className={classes['picture']}>
            <Icon name="draft" size={30} />
          </span>
          <h2>{t('start.new')}</h2>
          <p>{t('start.new.text')}</p>
          <Button size="lg" onClick={() => go({ screen: 'draft' })}>
            {t('start.new')}
          </Button>
        </section>
      </div>
      {jobs === null || jobs.length === 0 ? null : (
        <section className={classes['recent']}>
          <div className={classes['recentHead']}>
            <h2>{t('start.recent')}</h2>
            <Button variant="subtle" onClick={() => go({ screen: 'history' })}>
              {t('start.all')}
            </Button>
          </div>
          <JobList jobs={jobs.slice(0, 4)} />
        </section>
      )}
    </Page>
  );
}
