/** What a row's phone would be sent, and what it will ask for. */
import { Modal } from '@mantine/core';
import { type ReactNode, useCallback } from 'react';
import type { Answer } from '../../engine/contract/calls.js';
import { HandOffOfRow } from '../leaving/hand-off-values.js';
import { PreviewPanel } from '../preview/preview-panel.js';
import { useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { Asks } from './asks.js';
import type { Line } from './lines.js';

export function Preview(props: { readonly draft: string; readonly line: Line | null; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const { draft, line, onClose } = props;
  const row = line?.row?.row;
  return (
    <Modal
      opened={line !== null}
      onClose={onClose}
      size={900}
      title={t('draft.preview.title', { line: line?.line ?? '' })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {row === undefined ? null : (
        <>
          <OfRow key={`${draft} ${row}`} draft={draft} row={row} />
          <Asks draft={draft} row={row} />
          <HandOffOfRow draft={draft} row={row} />
        </>
      )}
    </Modal>
  );
}

function OfRow({ draft, row }: { readonly draft: string; readonly row: number }): ReactNode {
  const { bench } = useStores();
  const load = useCallback(
    (reveal: boolean): Promise<Answer<'draft.preview'>> => bench.call('draft.preview', { draft, row, ...(reveal ? { reveal } : {}) }),
    [bench, draft, row],
  );
  return <PreviewPanel load={load} />;
}
