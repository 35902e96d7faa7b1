/** The board of the bench that runs, or ran last. */
import { Button } from '@mantine/core';
import { memo, type ReactNode, useMemo } from 'react';
import { Icon } from '../look/icons.js';
import { Page } from '../look/page.js';
import { useBoard, useRoute } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { BoardHeader } from './board-header.js';
import { BoardView } from './board-view.js';
import { ExportButton } from './export-button.js';

export function LiveBoard(): ReactNode {
  const isThere = useBoard((state) => state.job !== null);
  return isThere ? <Phones /> : <NoBench />;
}

function NoBench(): ReactNode {
  const { t } = useWords();
  const loaded = useBoard((state) => state.loaded);
  const go = useRoute((state) => state.go);
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
}

const noNotices = [] as const;

function Phones(): ReactNode {
  const job = useBoard((state) => state.job?.id ?? '');
  const notices = useBoard((state) => state.bench?.notices ?? noNotices);
  const { counts, devices } = useBoard((state) => state);
  const all = useMemo(() => [...devices.values()], [devices]);
  return <BoardView job={job} devices={all} counts={counts} notices={notices} header={<LiveHeader />} />;
}

/** Apart from the phones, which change ten times a second. */
const LiveHeader = memo(function LiveHeader(): ReactNode {
  const { t, time } = useWords();
  const bench = useBoard((state) => state.bench);
  const job = useBoard((state) => state.job);
  const askStop = useRoute((state) => state.askStop);
  if (job === null) return null;
  const facts =
    bench === null
      ? []
      : [t('board.on', { interface: bench.interface, address: bench.address }), t('board.since', { time: time(bench.startedAt) })];
  return (
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
  );
});
