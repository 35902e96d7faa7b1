/** A new job, as steps on one page. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import { Examined } from '../doctor/examined.js';
import { Icon } from '../look/icons.js';
import { Page } from '../look/page.js';
import { Trouble } from '../look/trouble.js';
import { isAllowed, placeInput } from '../stores/place.js';
import { useBoard, useDraft, usePlace, useRoute, useStores } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import { blockedBy } from './blocked.js';
import classes from './draft.module.css';
import { FileZone } from './file-zone.js';
import { PlaceChoice } from './place-step.js';
import { RecipeChoice } from './recipe-step.js';
import { RowsStep } from './rows-step.js';
import { Step } from './step.js';

export function DraftScreen(): ReactNode {
  const { t } = useWords();
  const { bench, board } = useStores();
  const draft = useDraft((state) => state);
  const place = usePlace((state) => state);
  const go = useRoute((state) => state.go);
  const isRunning = useBoard((state) => state.bench !== null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const blocked = blockedBy(draft, place, isRunning);
  const { reading, skipBad } = draft;
  const isRead = reading !== null && !draft.busy && !reading.fatal && (reading.badLines.length === 0 || skipBad);

  const revised = reading?.openJobs.find(({ job }) => job === draft.revise?.job);
  const asWhat = revised === undefined ? '' : t('draft.start.revise', { name: harmless(shortened(revised.name, 60)) });

  async function start(): Promise<void> {
    const where = placeInput(place);
    if (reading === null || where === null) return;
    setBusy(true);
    setError(null);
    const answer = await bench.call('bench.start', {
      draft: reading.draft,
      skipBad,
      ...where,
      ...(draft.revise === null ? {} : { revise: { job: draft.revise.job, again: [...draft.revise.again] } }),
    });
    setBusy(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    draft.clear();
    await board.getState().refresh();
    go({ screen: 'board' });
  }

  return (
    <Page title={t('draft.title')}>
      <Step number={1} title={t('draft.csv')} isDone={draft.csv !== null}>
        <FileZone />
        {draft.error === null ? null : <Trouble error={draft.error} />}
      </Step>
      <Step number={2} title={t('draft.kit')} isDone={draft.recipe.kind !== 'none'}>
        <RecipeChoice />
      </Step>
      <Step number={3} title={t('draft.rows')} isDone={isRead}>
        <RowsStep />
      </Step>
      <Step number={4} title={t('draft.place')} isDone={isAllowed(place)}>
        <PlaceChoice />
      </Step>
      <Step number={5} title={t('draft.ready')} isDone={false}>
        {place.chosen === null ? null : <Examined checks={place.checks} />}
        {error === null ? null : <Trouble error={error} />}
        <div className={classes['startRow']}>
          <Button
            size="lg"
            leftSection={<Icon name="play" size={22} />}
            loading={busy}
            disabled={blocked !== null}
            onClick={() => void start()}
          >
            {t('draft.start')}
          </Button>
          <span role="status" className={classes['blocked']}>
            {busy ? t('draft.starting') : blocked === null ? asWhat : t(blocked)}
          </span>
        </div>
      </Step>
    </Page>
  );
}
