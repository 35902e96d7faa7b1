/** The board of a job that does not run here. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { CloseButton } from '../history/close-button.js';
import { ResumeButton } from '../history/resume-button.js';
import { Page } from '../look/page.js';
import { Trouble } from '../look/trouble.js';
import { useJobs, useRoute } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import { BoardHeader } from './board-header.js';
import { BoardView } from './board-view.js';
import { KeysButton } from '../leaving/keys-button.js';
import { ExportButton } from './export-button.js';

export function JobBoard({ job }: { readonly job: string }): ReactNode {
  const { t, moment } = useWords();
  const { looked, error, look } = useJobs((state) => state);
  const go = useRoute((state) => state.go);
  useEffect(() => void look(job), [look, job]);

  if (looked?.job.id !== job)
    return (
      <Page title={t('board.title')} lead={error === null ? t('common.loading') : ''}>
        {error === null ? null : <Trouble error={error} onRetry={() => void look(job)} />}
      </Page>
    );
  const { name, list, virtual, created, counts } = looked.job;
  return (
    <BoardView
      job={job}
      devices={looked.devices}
      counts={counts}
      notices={[]}
      stopped
      header={
        <BoardHeader
          name={name}
          virtual={virtual}
          facts={[...(list === null ? [] : [harmless(shortened(list, 80))]), moment(created), t('job.looking')]}
          state="stopped"
          actions={
            <>
              <Button variant="default" onClick={() => go({ screen: 'history' })}>
                {t('common.back')}
              </Button>
              <ExportButton job={job} />
              <KeysButton job={job} allLeft={counts.devices > 0 && counts.pass === counts.devices} />
              <CloseButton job={looked.job} />
              <ResumeButton job={looked.job} />
            </>
          }
        />
      }
    />
  );
}
