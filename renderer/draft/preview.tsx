/** What a row's phone would be sent, as text, secrets masked. */
import { Loader, Modal, Tabs } from '@mantine/core';
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import type { Answer, Output } from '../../engine/contract/calls.js';
import { Trouble } from '../look/trouble.js';
import { useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import { Asks } from './asks.js';
import classes from './draft.module.css';
import type { Line } from './lines.js';

const mask = '********'; // as the engine writes it

export function Preview(props: { readonly draft: string; readonly line: Line | null; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const { draft, line, onClose } = props;
  const { bench } = useStores();
  const [answer, setAnswer] = useState<Answer<'draft.preview'> | null>(null);
  const row = line?.row?.row;
  useEffect(() => {
    setAnswer(null);
    if (row === undefined) return undefined;
    let isCurrent = true;
    void bench.call('draft.preview', { draft, row }).then((got) => {
      if (isCurrent) setAnswer(got);
    });
    return () => {
      isCurrent = false;
    };
  }, [bench, draft, row]);

  return (
    <Modal
      opened={line !== null}
      onClose={onClose}
      size="xl"
      title={t('draft.preview.title', { line: line?.line ?? '' })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {answer === null ? <Loader /> : answer.ok ? <Files files={answer.value} /> : <Trouble error={answer.error} />}
      {row === undefined ? null : <Asks draft={draft} row={row} />}
    </Modal>
  );
}

function Files({ files }: { readonly files: Output<'draft.preview'> }): ReactNode {
  const { t } = useWords();
  const first = files.find(({ file }) => file === 'device') ?? files[0];
  if (first === undefined) return null;
  return (
    <Tabs defaultValue={first.file} keepMounted={false}>
      <Tabs.List>
        {files.map(({ file }) => (
          <Tabs.Tab key={file} value={file}>
            {t(`draft.preview.${file}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {files.map(({ file, path, text }) => (
        <Tabs.Panel key={file} value={file} pt="sm">
          <p className={classes['lead']}>
            <span className="fixed">{path}</span> · {t('draft.preview.masked')}
          </p>
          <pre className={classes['text']} tabIndex={0} role="group" aria-label={t(`draft.preview.${file}`)}>
            {text.split(mask).map((part, index) => (
              <Fragment key={index}>
                {index === 0 ? null : <mark>{mask}</mark>}
                {part}
              </Fragment>
            ))}
          </pre>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
