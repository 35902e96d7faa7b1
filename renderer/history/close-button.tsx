/** Closes a job nobody will go on with: asks first, then says until when its secrets are kept. */
import { Button, Group, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Answer } from '../../engine/contract/calls.js';
import { Trouble } from '../look/trouble.js';
import type { JobInfo } from '../stores/jobs.js';
import { useJobs, useStores } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';

export function CloseButton({ job, compact = false }: { readonly job: JobInfo; readonly compact?: boolean }): ReactNode {
  const { t, day } = useWords();
  const { bench } = useStores();
  const { load, look } = useJobs((state) => state);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer<'jobs.close'> | null>(null);
  const name = harmless(shortened(job.name, 120));
  const isClosed = answer?.ok === true;
  const { devices, pass } = job.counts;

  async function close(): Promise<void> {
    setBusy(true);
    const closed = await bench.call('jobs.close', { job: job.id });
    setAnswer(closed);
    setBusy(false);
    if (closed.ok) void (compact ? load() : look(job.id));
  }

  function leave(): void {
    setAsked(false);
    setAnswer(null);
  }

  // The answer stays in sight though the job is closed behind it already.
  if (job.closed !== null && !asked) return null;
  return (
    <>
      {job.closed === null ? (
        <Button size={compact ? 'xs' : 'sm'} variant="default" aria-label={t('history.close.of', { name })} onClick={() => setAsked(true)}>
          {t('history.close')}
        </Button>
      ) : null}
      <Modal
        opened={asked}
        onClose={leave}
        title={t(isClosed ? 'history.close.done' : 'history.close.title')}
        centered
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <p>
          <b>
            <bdi>{name}</bdi>
          </b>
        </p>
        {isClosed ? (
          <p role="status">{t('history.close.until', { date: day(answer.value.purged) })}</p>
        ) : (
          <>
            {pass < devices ? <p>{t('history.close.unfinished', { count: devices - pass })}</p> : null}
            <p>{t('history.close.text')}</p>
          </>
        )}
        {answer?.ok === false ? <Trouble error={answer.error} /> : null}
        <Group justify="flex-end" mt="md">
          {isClosed ? (
            <Button data-autofocus onClick={leave}>
              {t('common.ok')}
            </Button>
          ) : (
            <>
              <Button variant="default" data-autofocus onClick={leave}>
                {t('common.cancel')}
              </Button>
              <Button loading={busy} onClick={() => void close()}>
                {t('history.close.yes')}
              </Button>
            </>
          )}
        </Group>
      </Modal>
    </>
  );
}
