/** The recipe's text: read, changed by hand or one value at a time with its comments kept, used and saved. */
import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallError, Output } from '../../engine/contract/calls.js';
import { saveFile } from '../api/save-file.js';
import { SaveButton } from '../look/save-button.js';
import { Trouble } from '../look/trouble.js';
import { useDraft, useStores } from '../stores/use-stores.js';
import { useWords } from '../words/use-words.js';
import classes from './recipe-editor.module.css';

type Problem = Output<'recipes.edit'>['problems'][number];
type Opened = { readonly name: string; readonly text: string; readonly problems: readonly Problem[] | null };

const places = ['parameters', 'handOff', 'columns'] as const;

/** A button that opens the chosen recipe. */
export function RecipeEditor(): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const recipe = useDraft((state) => state.recipe);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  if (recipe.kind === 'none') return null;

  async function open(): Promise<void> {
    if (recipe.kind === 'none') return;
    const id = recipe.kind === 'starter' ? `starter:${recipe.recipe.id}` : recipe.file.handle;
    const answer = await bench.call('recipes.read', { recipe: id });
    setError(answer.ok ? null : answer.error);
    if (answer.ok) setOpened({ ...answer.value, problems: null });
  }

  return (
    <>
      <Button variant="subtle" size="compact-md" mt="xs" w="fit-content" onClick={() => void open()}>
        {t('recipe.open')}
      </Button>
      {error === null ? null : <Trouble error={error} />}
      <Modal
        opened={opened !== null}
        onClose={() => setOpened(null)}
        size="xl"
        title={t('recipe.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {opened === null ? null : <Editor opened={opened} change={setOpened} />}
      </Modal>
    </>
  );
}

function Editor({ opened, change }: { readonly opened: Opened; readonly change: (opened: Opened | null) => void }): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const takeRecipe = useDraft((state) => state.takeRecipe);
  const [error, setError] = useState<CallError | null>(null);
  const { name, text, problems } = opened;

  async function use(): Promise<void> {
    const answer = await bench.call('recipes.take', { name, text });
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    const { problems: found, ...file } = answer.value;
    takeRecipe({ kind: 'file', file });
    if (found.some(({ severity }) => severity === 'error')) change({ ...opened, problems: found });
    else change(null);
  }

  return (
    <>
      <Textarea
        label={t('recipe.text')}
        autosize
        minRows={10}
        maxRows={20}
        spellCheck={false}
        classNames={{ input: 'fixed' }}
        value={text}
        onChange={(event) => change({ ...opened, text: event.currentTarget.value, problems: null })}
      />
      <OneValue opened={opened} change={change} fail={setError} />
      <Found problems={problems} />
      {error === null ? null : <Trouble error={error} />}
      <div className={classes['actions']}>
        <Button onClick={() => void use()}>{t('recipe.use')}</Button>
        <SaveButton done={t('recipe.saved')} save={() => saveFile(bench, { name, content: { text } })}>
          {t('recipe.save')}
        </SaveButton>
      </div>
    </>
  );
}

function OneValue(props: {
  readonly opened: Opened;
  readonly change: (opened: Opened) => void;
  readonly fail: (error: CallError) => void;
}): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const { opened, change, fail } = props;
  const [place, setPlace] = useState<(typeof places)[number]>('parameters');
  const [tag, setTag] = useState('');
  const [value, setValue] = useState('');

  async function edit(written: string | null): Promise<void> {
    const answer = await bench.call('recipes.edit', { text: opened.text, edits: [{ path: [place, tag.trim()], value: written }] });
    if (answer.ok) change({ ...opened, ...answer.value });
    else fail(answer.error);
  }

  return (
    <fieldset className={classes['one']}>
      <legend>{t('recipe.set')}</legend>
      <Select
        label={t('recipe.set.where')}
        allowDeselect={false}
        data={places.map((each) => ({ value: each, label: t(`recipe.set.${each}`) }))}
        value={place}
        onChange={(chosen) => setPlace(places.find((each) => each === chosen) ?? 'parameters')}
      />
      <TextInput label={t('recipe.set.name')} value={tag} onChange={(event) => setTag(event.currentTarget.value)} />
      <TextInput label={t('recipe.set.value')} value={value} onChange={(event) => setValue(event.currentTarget.value)} />
      <div className={classes['buttons']}>
        <Button variant="default" disabled={tag.trim() === ''} onClick={() => void edit(value)}>
          {t('recipe.set.do')}
        </Button>
        <Button variant="default" disabled={tag.trim() === ''} onClick={() => void edit(null)}>
          {t('recipe.set.remove')}
        </Button>
      </div>
      <p className={classes['help']}>{t('recipe.set.help')}</p>
    </fieldset>
  );
}

function Found({ problems }: { readonly problems: readonly Problem[] | null }): ReactNode {
  const { t, code } = useWords();
  if (problems === null) return null;
  return (
    <div role="status" className={classes['found']}>
      {problems.length === 0 ? t('recipe.fine') : null}
      {problems.map((each, index) => (
        <p key={index} className={each.severity === 'error' ? 'state-failed' : ''}>
          {each.line === null ? '' : `${t('draft.lineNumber', { line: each.line })}: `}
          {code(each.code, each.params)}
          {each.suggestion === null ? '' : ` ${t('draft.meant', { suggestion: each.suggestion })}`}
        </p>
      ))}
    </div>
  );
}
