/** A template somebody has, made a recipe: what is in it, what has to be decided, and what it comes to. */
import { Button, Loader, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallError } from '../../engine/contract/calls.js';
import { saveFile } from '../api/save-file.js';
import { GroupMark } from '../look/marks.js';
import { SaveButton } from '../look/save-button.js';
import { Trouble } from '../look/trouble.js';
import type { TemplateReading } from '../stores/template.js';
import { useDraft, useStores, useTemplate } from '../stores/use-stores.js';
import { harmless } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import { FileList } from './file-list.js';
import { OpenTags } from './open-tags.js';
import { ProblemNote } from './problem-note.js';
import { ServerTags } from './server-tags.js';
import { TagTable } from './tag-table.js';
import classes from './template.module.css';

export function TemplateDialog(): ReactNode {
  const { t } = useWords();
  const { opened, busy, error, reading, chosen, close } = useTemplate((state) => state);
  const isReading = reading === null && error === null && chosen.length > 0;
  return (
    <Modal
      opened={opened !== null || busy || error !== null}
      onClose={close}
      size={920}
      title={t('template.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={classes['body']}>
        {error === null ? null : <Trouble error={error} />}
        {opened === null ? busy ? <Loader /> : null : <FileList files={opened.files} />}
        {isReading ? <Loader /> : null}
        {reading === null ? null : <Read reading={reading} />}
      </div>
    </Modal>
  );
}

function Read({ reading }: { readonly reading: TemplateReading }): ReactNode {
  const { t } = useWords();
  const { problems, serverTags, columns, recipe } = reading;
  return (
    <>
      {problems.length === 0 ? null : (
        <section className={classes['part']} aria-label={t('draft.whole')}>
          <h3>{t('draft.whole')}</h3>
          {problems.map((problem) => (
            <ProblemNote key={`${problem.code} ${problem.line} ${problem.column}`} problem={problem} />
          ))}
        </section>
      )}
      {serverTags.length === 0 ? null : <ServerTags tags={serverTags} />}
      <OpenTags reading={reading} />
      <TagTable tags={reading.tags} />
      {recipe === null ? null : (
        <section className={classes['part']} aria-label={t('template.text')}>
          <h3>{t('template.text')}</h3>
          <p>
            {t('template.columns')}: <code>{columns.map(harmless).join(', ')}</code>
          </p>
          <pre className={classes['text']} tabIndex={0} role="group" aria-label={t('template.text')}>
            {recipe}
          </pre>
        </section>
      )}
      <Foot reading={reading} />
    </>
  );
}

function Foot({ reading }: { readonly reading: TemplateReading }): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const { name, setName, use, close, busy } = useTemplate((state) => state);
  const takeRecipe = useDraft((state) => state.takeRecipe);
  const [saving, setSaving] = useState(false);
  const isReady = reading.recipe !== null;

  async function take(): Promise<void> {
    const made = await use();
    if (made === null) return;
    takeRecipe({ kind: 'file', file: made.file });
    close();
  }

  async function save(): Promise<boolean | CallError> {
    setSaving(true);
    const made = await use();
    const saved = made === null ? false : await saveFile(bench, { name: made.file.name, content: { text: made.text } });
    setSaving(false);
    return saved;
  }

  return (
    <>
      <div className={classes['state']} role="status">
        <GroupMark group={isReady ? 'ready' : 'hand'} size={20} />
        {isReady ? t('template.ready') : reading.open === 0 ? t('template.wrong') : t('template.openCount', { count: reading.open })}
      </div>
      <div className={classes['foot']}>
        <TextInput label={t('template.name')} value={name} maxLength={120} onChange={({ currentTarget }) => setName(currentTarget.value)} />
        {isReady ? (
          <SaveButton done={t('template.saved')} save={save}>
            {t('template.save')}
          </SaveButton>
        ) : null}
        <Button disabled={!isReady} loading={busy && !saving} onClick={() => void take()}>
          {t('template.use')}
        </Button>
      </div>
    </>
  );
}
