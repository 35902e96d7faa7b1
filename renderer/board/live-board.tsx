/** The board of the bench that runs, or ran last. */
import { Button } from '@mantine/core';
import { memo, type ReactNode, useEffect, useMemo } from 'react';
import { JobList } from '../history/job-list.js';
import { ResumeButton } from '../history/resume-button.js';
import { Icon } from '../look/icons.js';
import { Page } from '../look/page.js';
import { useBoard, useJobs, useRoute } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { BoardHeader } from './board-header.js';
import { BoardView } from './board-view.js';
import classes from './no-bench.module.css';
import { KeysButton } from '../leaving/keys-button.js';
import { ExportButton } from './export-button.js';
import { LoadLine } from './load-line.js';
import { LookCloser } from './look-closer.js';
import { others } from './notices.js';
import { Starting } from './starting.js';

export function LiveBoard(): ReactNode {
  const isThere = useBoard((state) => state.job !== null);
  return isThere ? <Phones /> : <NoBench />;
}

function NoBench(): ReactNode {
  const { t } = useWords();
  const loaded = useBoard((state) => state.loaded);
  const go = useRoute((state) => state.go);
  const { jobs, load } = useJobs((state) => state);
  useEffect(() => void load(), [load]);
  const last = jobs?.slice(0, 1) ?? [];
  return (
    <Page title={t('board.title')} lead={loaded ? t('board.empty') : t('common.loading')}>
      {loaded ? (
        <>
          <p className={classes['text']}>{t('board.empty.text')}</p>
          <div>
            <Button size="md" onClick={() => go({ screen: 'start' })}>
              {t('nav.start')}
            </Button>
          </div>
          {last.length === 0 ? null : (
            <section className={classes['last']}>
              <h2>{t('board.empty.last')}</h2>
              <JobList jobs={last} />
            </section>
          )}
        </>
      ) : null}
    </Page>
  );
}

const noNotices = [] as const;

function Phones(): ReactNode {
  const job = useBoard((state) => state.job?.id ?? '');
  const bench = useBoard((state) => state.bench);
  const notices = useMemo(() => (bench === null ? noNotices : others(bench)), [bench]);
  const { counts, devices } = useBoard((state) => state);
  const all = useMemo(() => [...devices.values()], [devices]);
  return <BoardView job={job} devices={all} counts={counts} notices={notices} header={<LiveHead />} stopped={bench === null} />;
}

function LiveHead(): ReactNode {
  return (
    <>
      <LiveHeader />
      <LoadLine />
      <Starting />
    </>
  );
}

const usualDhcpPort = 67;

/** Apart from the phones, which change ten times a second. */
const LiveHeader = memo(function LiveHeader(): ReactNode {
  const { t, time } = useWords();
  const bench = useBoard((state) => state.bench);
  const job = useBoard((state) => state.job);
  const askStop = useRoute((state) => state.askStop);
  const allLeft = useBoard(({ counts }) => counts.devices > 0 && counts.pass === counts.devices);
  if (job === null) return null;
  const { dhcp } = bench?.ports ?? {};
  const facts =
    bench === null
      ? []
      : [
          t('board.on', { interface: bench.interface, address: bench.address }),
          // Virtual phones that are started by hand have to be told; real ones know one port alone.
          ...(dhcp === undefined || dhcp === usualDhcpPort ? [] : [t('board.dhcpPort', { port: String(dhcp) })]),
          t('board.since', { time: time(bench.startedAt) }),
        ];
  return (
    <BoardHeader
      name={job.name}
      virtual={job.virtual}
      facts={facts}
      state={bench?.state ?? 'stopped'}
      actions={
        <>
          {bench === null ? null : <LookCloser />}
          <ExportButton job={job.id} />
          <KeysButton job={job.id} allLeft={allLeft} />
          {bench === null ? <GoOn job={job.id} /> : null}
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

/** The bench was stopped: the job can be gone on with from here, too. */
function GoOn({ job }: { readonly job: string }): ReactNode {
  const { jobs, load } = useJobs((state) => state);
  useEffect(() => void load(), [load, job]);
  const info = jobs?.find(({ id }) => id === job);
  return info === undefined ? null : <ResumeButton job={info} />;
}
