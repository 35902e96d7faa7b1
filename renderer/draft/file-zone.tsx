/** Where a list is dropped, or chosen with the host's own dialog. */
import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../look/icons.js';
import { useDraft } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import { DropZone } from './drop-zone.js';
import { useFileChoice } from './use-file-choice.js';

export function FileZone(): ReactNode {
  const { t, bytes } = useWords();
  const { csv, takeCsv } = useDraft((state) => state);
  const choice = useFileChoice('csv', takeCsv);
  return (
    <DropZone what="csv" take={takeCsv} taken={csv !== null}>
      {({ over, busy }) => (
        <>
          {busy || choice.busy ? <Loader size="sm" /> : <Icon name={csv === null ? 'upload' : 'draft'} size={csv === null ? 34 : 24} />}
          {csv === null ? (
            <div>
              <strong>{over ? t('draft.csv.over') : t('draft.csv.drop')}</strong>
              <span>{t('draft.csv.hint')}</span>
            </div>
          ) : (
            <div>
              <strong>
                <bdi className="foreign">{harmless(shortened(csv.name, 120))}</bdi>
              </strong>
              <span className="digits">{bytes(csv.size)}</span>
            </div>
          )}
          <Button variant={csv === null ? 'filled' : 'default'} onClick={choice.choose}>
            {t(csv === null ? 'draft.csv.choose' : 'draft.csv.change')}
          </Button>
          {choice.input}
        </>
      )}
    </DropZone>
  );
}
