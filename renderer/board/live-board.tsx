/** The board of the bench that runs, or ran last. */
import { Button } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { Icon } from '../look/icons.js';
import { Page } from '../look/page.js';
import { useBoard, useRoute } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { BoardHeader } from './board-header.js';
import { BoardView } from './board-view.js';
import { ExportButton } from './export-button.js';

export function LiveBoard(): ReactNode {
  const { t, time } = useWords();
  const { loaded, bench, job, counts, devices } = useBoard((state) => state);
  const { go, askStop } = useRoute((state) => state);
  const all = useMemo(() => [...devices.values()], [devices]);

  if (job === null)
    return (
      <Page title={t('board.title')} lead={loaded ? t('board.empty') : t('common.loading')}>
        {loaded ? (
          <div>
            <p>{t('board.empty.text')}</p>
            <Button onClick={() => go({ screen: 'start' })}>{t('nav.start')}</Button>
          </div>
        ) : null}
      </Page>
    );

  const facts =
    bench === null
      ? []
      : [t('board.on', { interface: bench.interface, address: bench.address }), t('board.since', { time: time(bench.startedAt) })];
  return (
    <BoardView
      job={job.id}
      devices={all}
      counts={counts}
      notices={bench?.notices ?? []}
      header={
        <BoardHeader
          name={job.name}
          virtual={job.virtual}
          facts={facts}
          state={bench?.state ?? 'stopped'}
          actions={
            <>
              <ExportButton job={job.id} />
              {bench === null ? null : (
                <Button
                  color="red"
                  variant="outline"
                  leftSection={<Icon name="stop" size={18} />}
                  loading={bench.state === 'stopping'}
                  onClick={() => askStop(true)}
                >
                  {t('board.stop')}
                </Button>
              )}
            </>
          }
        />
      }
    />
  );
}
