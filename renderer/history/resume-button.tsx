/** Goes on with an open job: a real one asks where first, a virtual one stays within this computer. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import type { JobInfo } from '../stores/jobs.js';
import { useBoard, useRoute, useStores } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';

/** Virtual phones come through loopback, whatever is said here. */
const within = { interface: 'lo', dhcp: true } as const;

export function ResumeButton({ job, compact = false }: { readonly job: JobInfo; readonly compact?: boolean }): ReactNode {
  const { t, sentence } = useWords();
  const { bench, board } = useStores();
  const go = useRoute((state) => state.go);
  const isRunning = useBoard((state) => state.bench !== null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  if (!job.resumable) return null;
  const { pass, devices } = job.counts;
  const isFinished = devices > 0 && pass === devices;

  async function resume(): Promise<void> {
    if (!job.virtual) return go({ screen: 'resume', job: job.id, name: job.name });
    setBusy(true);
    const answer = await bench.call('bench.resume', { job: job.id, ...within });
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    await board.getState().refresh();
    return go({ screen: 'board' });
  }

  return (
    <>
      <Button
        size={compact ? 'xs' : 'sm'}
        variant={isFinished ? 'subtle' : job.closed === null ? 'filled' : 'default'}
        disabled={isRunning}
        loading={busy}
        aria-label={t('history.resume.of', { name: harmless(shortened(job.name, 120)) })}
        onClick={() => void resume()}
      >
        {t('history.resume')}
      </Button>
      {error === null ? null : (
        <span role="alert" className="state-failed">
          {sentence(error.code, error.params)}
        </span>
      )}
    </>
  );
}
