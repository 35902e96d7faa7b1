/** Saves a job's result; says what went wrong where it was pressed. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import { saveResult } from '../api/save-result.js';
import { Icon } from '../look/icons.js';
import { useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';

export function ExportButton(props: { readonly job: string; readonly compact?: boolean; readonly label?: string }): ReactNode {
  const { bench } = useStores();
  const { t, code } = useWords();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<boolean | CallError>(false);

  async function save(): Promise<void> {
    setBusy(true);
    setOutcome(await saveResult(bench, props.job));
    setBusy(false);
  }

  const said = typeof outcome === 'object' ? code(outcome.code, outcome.params) : outcome ? t('history.saved') : '';
  return (
    <>
      <Button
        variant="default"
        size={props.compact === true ? 'xs' : 'sm'}
        leftSection={<Icon name="download" size={props.compact === true ? 15 : 18} />}
        loading={busy}
        {...(props.label === undefined ? {} : { 'aria-label': props.label })}
        onClick={() => void save()}
      >
        {t('board.export')}
      </Button>
      <span role="status" className={typeof outcome === 'object' ? 'state-failed' : 'hidden-visually'}>
        {said}
      </span>
    </>
  );
}
