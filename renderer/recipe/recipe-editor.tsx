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
type Opened = {
  readonly name: string;
  readonly text: string;
  /** As it was opened. */
  readonly before: string;
  readonly problems: readonly Problem[] | null;
  /** Why a value was not set. */
  readonly refused: readonly Problem[];
};

const places = ['parameters', 'handOff', 'columns'] as const;

/** A button that opens the chosen recipe. */
export function RecipeEditor(): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const recipe = useDraft((state) => state.recipe);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [leaving, setLeaving] = useState(false);
  if (recipe.kind === 'none') return null;

  async function open(): Promise<void> {
    if (recipe.kind === 'none') return;
    const id = recipe.kind === 'starter' ? `starter:${recipe.recipe.id}` : recipe.file.handle;
    const answer = await bench.call('recipes.read', { recipe: id });
    setError(answer.ok ? null : answer.error);
    if (answer.ok) setOpened({ ...answer.value, before: answer.value.text, problems: null, refused: [] });
  }

  /** What was typed is not thrown away without a word. */
  function close(): void {
    if (opened !== null && opened.text !== opened.before) setLeaving(true);
    else setOpened(null);
  }

  return (
    <>
      <Button variant="subtle" size="compact-md" mt="xs" w="fit-content" onClick={() => void open()}>
        {t('recipe.open')}
      </Button>
      {error === null ? null : <Trouble error={error} />}
      <Modal
        opened={opened !== null}
        onClose={close}
        size="xl"
        title={t('recipe.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {opened === null ? null : <Editor opened={opened} change={setOpened} />}
      </Modal>
      <Modal
        opened={leaving}
        onClose={() => setLeaving(false)}
        title={t('recipe.leave')}
        centered
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <div className={classes['actions']}>
          <Button data-autofocus onClick={() => setLeaving(false)}>
            {t('recipe.leave.stay')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setLeaving(false);
              setOpened(null);
            }}
          >
            {t('recipe.leave.go')}
          </Button>
        </div>
      </Modal>
    </>
  );
}

/** A template that is not there is asked for when the recipe is taken. */
function isInTheWay({ severity, code }: Problem): boolean {
  return severity === 'error' && code !== 'recipe.template-missing';
}

function Editor({ opened, change }: { readonly opened: Opened; readonly change: (opened: Opened | null) => void }): ReactNode {
  const { t } = useWords();
  const { bench } = useStores();
  const takeRecipe = useDraft((state) => state.takeRecipe);
  const [error, setError] = useState<CallError | null>(null);
  const { name, text, problems, refused } = opened;

  async function use(): Promise<void> {
    const answer = await bench.call('recipes.take', { name, text });
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    const { problems: found, ...file } = answer.value;
    if (found.some(isInTheWay)) {
      change({ ...opened, problems: found, refused: [] });
      return;
    }
    takeRecipe({ kind: 'file', file });
    change(null);
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
        onChange={(event) => change({ ...opened, text: event.currentTarget.value, problems: null, refused: [] })}
      />
      <OneValue opened={opened} change={change} fail={setError} />
      <Found problems={problems} refused={refused} />
      {error === null ? null : <Trouble error={error} />}
      <div className={classes['actions']}>
        <Button disabled={problems?.some(isInTheWay) === true} onClick={() => void use()}>
          {t('recipe.use')}
        </Button>
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

function Found(props: { readonly problems: readonly Problem[] | null; readonly refused: readonly Problem[] }): ReactNode {
  const { t, sentence } = useWords();
  const { problems, refused } = props;
  if (problems === null) return null;
  return (
    <div role="status" className={classes['found']}>
      {refused.map((each, index) => (
        <p key={index} className="state-failed">
          <b>{t('recipe.refused')}</b> {sentence(each.code, each.params)}
        </p>
      ))}
      {problems.length === 0 && refused.length === 0 ? t('recipe.fine') : null}
      {problems.map((each, index) => (
        <p key={index} className={each.severity === 'error' ? 'state-failed' : ''}>
          {each.line === null ? '' : `${t('draft.lineNumber', { line: each.line })}: `}
          {sentence(each.code, each.params)}
          {each.suggestion === null ? '' : ` ${t('draft.meant', { suggestion: each.suggestion })}`}
        </p>
      ))}
    </div>
  );
}
