/** Saves a job's result. */
import type { ReactNode } from 'react';
import { saveResult } from '../api/save-result.js';
import { SaveButton } from '../look/save-button.js';
import { useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';

export function ExportButton(props: { readonly job: string; readonly compact?: boolean; readonly label?: string }): ReactNode {
  const { bench } = useStores();
  const { t } = useWords();
  const { job, ...look } = props;
  return (
    <SaveButton {...look} done={t('history.saved')} save={() => saveResult(bench, job)}>
      {t('board.export')}
    </SaveButton>
  );
}
