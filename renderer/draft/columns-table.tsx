/** What each column of the list was taken for; the person says otherwise by choosing, and may have it remembered in the recipe. */
import { Button, Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type KnownWord, knownWords } from '../../engine/contract/columns.js';
import { saveFile } from '../api/save-file.js';
import { GroupMark } from '../look/marks.js';
import type { Reading } from '../stores/draft.js';
import { useDraft, useStores } from '../stores/use-stores.js';
import { harmless, shortened } from '../words/foreign-text.js';
import { useWords } from '../words/use-words.js';
import classes from './columns-table.module.css';

type Role = Reading['columns'][number];

/** Columns shown; of a list with more, those that are something come first. */
const columnsShown = 100;

/** Closed unless there is something to decide; it stays open then. `wanted`: the recipe lacks a column that may be among them. */
export function ColumnsTable(props: { readonly columns: readonly Role[]; readonly wanted: boolean }): ReactNode {
  const { columns, wanted } = props;
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  if (columns.length === 0) return null;
  const undecided = columns.some(({ word, looks }) => word === null && (looks === 'mac' || looks === 'model'));
  const isOpen = wanted || undecided || opened;
  const inOrder = columns.length > columnsShown ? columns.toSorted((a, b) => Number(isSomething(b)) - Number(isSomething(a))) : columns;
  return (
    <details className={classes['columns']} open={isOpen} onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>{t('draft.columns', { columns: columns.length })}</summary>
      <p className={classes['lead']}>{t('draft.columns.text')}</p>
      {isOpen ? (
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{t('draft.columns.heading')}</th>
              <th scope="col">{t('draft.columns.word')}</th>
              <th scope="col">{t('draft.columns.use')}</th>
            </tr>
          </thead>
          <tbody>
            {inOrder.slice(0, columnsShown).map((role) => (
              <ColumnRow key={role.heading} role={role} columns={columns} />
            ))}
          </tbody>
        </table>
      ) : null}
      {columns.length > columnsShown ? <p>{t('draft.changed.more', { entries: columns.length - columnsShown })}</p> : null}
      <Remember />
    </details>
  );
}

function isSomething({ word, looks, use }: Role): boolean {
  return word !== null || looks !== null || use !== null;
}

function ColumnRow({ role, columns }: { readonly role: Role; readonly columns: readonly Role[] }): ReactNode {
  const { t } = useWords();
  const { busy, takeColumns } = useDraft((state) => state);
  const { heading, word, looks } = role;

  /** A word belongs to one column: what it was taken from before is nothing then. */
  function choose(chosen: string | null): void {
    const next = knownWords.find((each) => each === chosen);
    const freed = word === null || columns.some((each) => each.word === word && each.heading !== heading) ? {} : { [word]: '' };
    takeColumns({ ...freed, ...(next === undefined ? {} : { [next]: heading }) });
  }

  const name = harmless(shortened(heading, 60));
  return (
    <tr data-open={word === null && looks !== null}>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>
        <Select
          aria-label={t('draft.columns.for', { column: name })}
          value={word ?? ''}
          data={[
            { value: '', label: t('draft.columns.none') },
            ...knownWords.map((each) => ({ value: each, label: t(`draft.word.${each}`) })),
          ]}
          allowDeselect={false}
          disabled={busy}
          size="sm"
          onChange={choose}
        />
        {word === null && looks !== null ? (
          <Button size="compact-sm" variant="light" disabled={busy} onClick={() => choose(looks)}>
            {t(`draft.looks.${looks}`)}
          </Button>
        ) : null}
      </td>
      <td>{useOf(role, t)}</td>
    </tr>
  );
}

function useOf({ word, by, use }: Role, t: ReturnType<typeof useWords>['t']): ReactNode {
  const known = word === null || by === null || by === 'heading' ? '' : t(`draft.columns.by.${by}`);
  const used = use === null ? t('draft.columns.unused') : t(`draft.columns.use.${use}`);
  return known === '' ? used : `${used} · ${known}`;
}

/** Writes what was said into the recipe: a new file, taken in its place and saved where the person wants it. */
function Remember(): ReactNode {
  const { t, code } = useWords();
  const { bench } = useStores();
  const { recipe, columns, takeRecipe } = useDraft((state) => state);
  const [said, setSaid] = useState('');
  const named = recipe.kind === 'starter' ? `starter:${recipe.recipe.id}` : recipe.kind === 'file' ? recipe.file.handle : null;
  const any = (Object.keys(columns) as KnownWord[]).length > 0;

  async function remember(handle: string): Promise<void> {
    const answer = await bench.call('draft.remember', { recipe: handle, columns });
    if (!answer.ok) {
      setSaid(code(answer.error.code, answer.error.params));
      return;
    }
    const { file, text } = answer.value;
    takeRecipe({ kind: 'file', file });
    const saved = await saveFile(bench, { name: file.name, content: { text } });
    setSaid(saved === true ? t('draft.columns.remembered') : typeof saved === 'object' ? code(saved.code, saved.params) : '');
  }

  if (!any && said === '') return null;
  return (
    <div className={classes['remember']}>
      {named === null || !any ? null : (
        <Button variant="default" onClick={() => void remember(named)}>
          {t('draft.columns.remember')}
        </Button>
      )}
      <span role="status">
        {said === '' ? null : <GroupMark group="ready" />} {said}
      </span>
    </div>
  );
}
