/** Where a list is dropped, or chosen with the host's own dialog. */
import { Button, Loader } from '@mantine/core';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { uploadFile } from '../api/take-file.js';
import { Icon } from '../look/icons.js';
import { useDraft, useStores } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './draft.module.css';
import { useFileChoice } from './use-file-choice.js';

export function FileZone(): ReactNode {
  const { t, bytes } = useWords();
  const { bench } = useStores();
  const { csv, takeCsv, fail } = useDraft((state) => state);
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const depth = useRef(0);
  const choice = useFileChoice('csv', takeCsv);

  async function drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    const file = event.dataTransfer.files.item(0);
    if (file === null) return;
    setBusy(true);
    const answer = await uploadFile(bench, file);
    setBusy(false);
    if (answer.ok) takeCsv(answer.value);
    else fail(answer.error);
  }

  return (
    <div
      className={classes['zone']}
      data-over={over}
      data-taken={csv !== null}
      data-drop="csv"
      onDragEnter={() => {
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current -= 1;
        if (depth.current <= 0) setOver(false);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void drop(event)}
    >
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
    </div>
  );
}
