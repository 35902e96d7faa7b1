/** Every job there is. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Page } from '../look/page.js';
import { Trouble } from '../look/trouble.js';
import { useBoard, useJobs, useRoute } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { JobList } from './job-list.js';

export function HistoryScreen(): ReactNode {
  const { t } = useWords();
  const { jobs, error, load } = useJobs((state) => state);
  const go = useRoute((state) => state.go);
  const running = useBoard((state) => state.bench?.job.id ?? null);
  useEffect(() => void load(), [load, running]);
  return (
    <Page title={t('history.title')} actions={<Button onClick={() => go({ screen: 'draft' })}>{t('nav.draft')}</Button>}>
      {error === null ? null : <Trouble error={error} onRetry={() => void load()} />}
      {jobs === null ? (
        <p>{error === null ? t('common.loading') : ''}</p>
      ) : jobs.length === 0 ? (
        <p>{t('history.empty')}</p>
      ) : (
        <JobList jobs={jobs} />
      )}
    </Page>
  );
}
