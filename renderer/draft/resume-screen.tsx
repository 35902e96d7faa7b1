/** Going on with an open job: where the bench stands this time. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import { Examined } from '../doctor/examined.js';
import { Icon } from '../look/icons.js';
import { Page } from '../look/page.js';
import { Trouble } from '../look/trouble.js';
import { isAllowed, placeInput } from '../stores/place.js';
import { useBoard, usePlace, useRoute, useStores } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';
import { PlaceChoice } from './place-step.js';
import { Step } from './step.js';

export function ResumeScreen({ job, name }: { readonly job: string; readonly name: string }): ReactNode {
  const { t } = useWords();
  const { bench, board } = useStores();
  const place = usePlace((state) => state);
  const go = useRoute((state) => state.go);
  const isRunning = useBoard((state) => state.bench !== null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);

  async function resume(): Promise<void> {
    const where = placeInput(place);
    if (where === null) return;
    setBusy(true);
    setError(null);
    const answer = await bench.call('bench.resume', { job, ...where });
    setBusy(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    await board.getState().refresh();
    go({ screen: 'board' });
  }

  return (
    <Page title={t('resume.title', { name: harmless(shortened(name, 120)) })}>
      <Step number={1} title={t('draft.place')} isDone={isAllowed(place)}>
        <PlaceChoice />
      </Step>
      <Step number={2} title={t('draft.ready')} isDone={false}>
        {place.chosen === null ? null : <Examined checks={place.checks} />}
        {error === null ? null : <Trouble error={error} />}
        <div className={classes['startRow']}>
          <Button
            size="lg"
            leftSection={<Icon name="play" size={22} />}
            loading={busy}
            disabled={isRunning || !isAllowed(place)}
            onClick={() => void resume()}
          >
            {t('resume.start')}
          </Button>
          <span role="status" className={classes['blocked']}>
            {isRunning ? t('draft.blocked.running') : ''}
          </span>
        </div>
      </Step>
    </Page>
  );
}
