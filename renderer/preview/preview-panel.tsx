/**
 * What a phone gets: each file as text or with the origin of every value, and what changed since it was served.
 * Passwords are shown to who asks, and are gone again with this view.
 */
import { Button, Loader, SegmentedControl, Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { Answer } from '../../engine/contract/calls.js';
import { Trouble } from '../look/trouble.js';
import { useWords } from '../words/use-words.js';
import { FileTable } from './file-table.js';
import { FileText } from './file-text.js';
import classes from './preview.module.css';
import { Since } from './since.js';

type Answered = Answer<'draft.preview'>;

/** `load` asks the engine anew, with secrets or without; it has to stay the same as long as the same phone is meant. */
export function PreviewPanel({ load }: { readonly load: (reveal: boolean) => Promise<Answered> }): ReactNode {
  const { t } = useWords();
  const [answer, setAnswer] = useState<Answered | null>(null);
  const [reveal, setReveal] = useState(false);
  const [asking, setAsking] = useState(false);
  const [view, setView] = useState('origins');
  useEffect(() => {
    let isCurrent = true;
    void load(reveal).then((got) => {
      if (isCurrent) setAnswer(got);
    });
    return () => {
      isCurrent = false;
    };
  }, [load, reveal]);

  if (answer === null) return <Loader />;
  if (!answer.ok) return <Trouble error={answer.error} />;
  const { files, revealed } = answer.value;
  const hasSecrets = files.some(({ parameters }) => parameters.some(({ secret }) => secret));
  return (
    <div className={classes['panel']} data-revealed={revealed}>
      <div className={classes['bar']}>
        <SegmentedControl
          size="xs"
          aria-label={t('preview.view')}
          value={view}
          data={[
            { value: 'origins', label: t('preview.view.origins') },
            { value: 'text', label: t('preview.view.text') },
          ]}
          onChange={setView}
        />
        {!hasSecrets || asking ? null : (
          <Button size="compact-sm" variant="default" onClick={() => (reveal ? setReveal(false) : setAsking(true))}>
            {t(reveal ? 'preview.hide' : 'preview.reveal')}
          </Button>
        )}
      </div>
      {asking ? (
        <div className={classes['confirm']} role="group" aria-label={t('preview.reveal')}>
          <span>{t('preview.reveal.sure')}</span>
          <Button
            size="compact-sm"
            onClick={() => {
              setAsking(false);
              setReveal(true);
            }}
          >
            {t('preview.reveal.yes')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
        </div>
      ) : null}
      <Tabs defaultValue={'device'} keepMounted={false}>
        <Tabs.List>
          {files.map(({ file }) => (
            <Tabs.Tab key={file} value={file}>
              {t(`preview.file.${file}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {files.map((file) => (
          <Tabs.Panel key={file.file} value={file.file} pt="sm">
            <div className={classes['panel']}>
              <p className={classes['path']}>
                <span className="fixed">{file.path}</span>
                {file.packed.gzip ? ` · ${t('preview.gzip')}` : ''}
                {file.packed.encrypted ? ` · ${t('preview.encrypted')}` : ''}
                {revealed ? '' : ` · ${t('draft.preview.masked')}`}
              </p>
              <Since file={file} />
              {view === 'text' ? (
                <FileText file={file} label={t(`preview.file.${file.file}`)} />
              ) : (
                <FileTable file={file} label={t(`preview.file.${file.file}`)} />
              )}
            </div>
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
